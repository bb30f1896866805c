package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.Writers;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import java.util.List;
import java.util.Map;

/// Reads what the contract says about single properties: `x-gatewarden-write`, `x-gatewarden-read`,
/// `x-gatewarden-class`.
public final class Annotations implements Labels {
  private final Direction direction;
  private final Map<String, DataClass> classes;
  private final Meanings meanings;
  private final List<Problem> problems;

  /// @param direction in requests counts who may write, in responses who may see
  /// @param classes what the contract says of data classes
  public Annotations(
      Direction direction,
      Map<String, DataClass> classes,
      Meanings meanings,
      List<Problem> problems) {
    this.direction = direction;
    this.classes = classes;
    this.meanings = meanings;
    this.problems = problems;
  }

  /// The annotation that counts.
  String word() {
    return direction == Direction.REQUEST ? PropertyWords.WRITE : PropertyWords.READ;
  }

  @Override
  public long of(Node.Obj schema) {
    return direction == Direction.REQUEST
        ? written(schema) | classWritten(schema)
        : read(schema) | classified(schema) | part(schema);
  }

  private long written(Node.Obj schema) {
    Node said = schema.get(PropertyWords.WRITE);
    if (said == null) {
      return 0;
    }
    Writers writers = PropertyWords.writers(said);
    return writers == null
        ? wrong(said, PropertyWords.WRITE, "who may write it", "[owner, role:admin]")
        : label(new Meaning.Writable(writers.by(), writers.strip()), said);
  }

  private long classWritten(Node.Obj schema) {
    Node said = schema.get(PropertyWords.CLASS);
    DataClass known = said instanceof Node.Text name ? classes.get(name.value()) : null;
    Writers writers = known == null ? null : known.write();
    return writers == null || said == null
        ? 0
        : label(new Meaning.Writable(writers.by(), writers.strip()), said);
  }

  private long read(Node.Obj schema) {
    Node said = schema.get(PropertyWords.READ);
    if (said == null) {
      return 0;
    }
    List<Grant> by = PropertyWords.readers(said);
    if (by == null) {
      return wrong(said, PropertyWords.READ, "a list of who may see it", "[owner, role:admin]");
    }
    Node mask = schema.get(PropertyWords.MASK);
    Masking masking = mask == null ? Masking.REMOVED : PropertyWords.masking(mask);
    return masking == null
        ? wrong(said, PropertyWords.MASK, "what others see", "last-four")
        : label(new Meaning.Readable(by, masking), said);
  }

  private long classified(Node.Obj schema) {
    Node said = schema.get(PropertyWords.CLASS);
    if (said == null) {
      return 0;
    }
    return said instanceof Node.Text text && !text.value().isBlank()
        ? label(new Meaning.Classified(text.value()), said)
        : wrong(said, PropertyWords.CLASS, "the name of a data class", "personal");
  }

  private long part(Node.Obj schema) {
    if (!(schema.get(PropertyWords.PART) instanceof Node.Text said)) {
      return 0;
    }
    int space = said.value().indexOf(' ');
    String type = said.value().substring(space + 1);
    return switch (said.value().substring(0, space)) {
      case "owner" -> label(new Meaning.TypedPart(type, Role.OWNER), said);
      case "tenant" -> label(new Meaning.TypedPart(type, Role.TENANT), said);
      case "id" -> 0;
      default -> label(new Meaning.Typed(type), said);
    };
  }

  private long wrong(Node said, String word, String what, String example) {
    problems.add(
        new Problem(
            said.place(),
            "`" + word + "` is not " + what,
            "write for example `" + word + ": " + example + "`"));
    return 0;
  }

  private long label(Meaning meaning, Node said) {
    int label = meanings.label(meaning);
    if (label < 0) {
      problems.add(
          new Problem(
              said.place(),
              "more than " + Meanings.MOST + " differently restricted properties in one body",
              "restrict the object that holds them"));
      return 0;
    }
    return 1L << label;
  }
}
