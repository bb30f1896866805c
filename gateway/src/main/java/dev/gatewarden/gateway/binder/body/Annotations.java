package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Path;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.schema.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what the contract says about single properties: `x-gatewarden-write`, `x-gatewarden-read`,
/// `x-gatewarden-class`.
public final class Annotations implements Labels {
  /// The data class of a property.
  public static final String CLASS = "x-gatewarden-class";

  private final String word;
  private final Meanings meanings;
  private final List<Problem> problems;

  /// @param word the annotation that counts in this direction: `x-gatewarden-write` in requests,
  ///     `x-gatewarden-read` in responses, where the data class counts too
  public Annotations(String word, Meanings meanings, List<Problem> problems) {
    this.word = word;
    this.meanings = meanings;
    this.problems = problems;
  }

  /// The annotation that counts.
  String word() {
    return word;
  }

  @Override
  public long of(Node.Obj schema) {
    return word.endsWith("read") ? restricted(schema) | classified(schema) : restricted(schema);
  }

  private long classified(Node.Obj schema) {
    Node said = schema.get(CLASS);
    if (said == null) {
      return 0;
    }
    if (!(said instanceof Node.Text text) || text.value().isBlank()) {
      problems.add(
          new Problem(
              said.place(),
              "`" + CLASS + "` is not the name of a data class",
              "write for example `" + CLASS + ": personal`"));
      return 0;
    }
    return label(new Meaning.Classified(name(schema), text.value()), said);
  }

  private long restricted(Node.Obj schema) {
    Node said = schema.get(word);
    if (said == null) {
      return 0;
    }
    List<Grant> grants = grants(said);
    if (grants == null) {
      problems.add(
          new Problem(
              said.place(),
              "`" + word + "` is not a list of who may",
              "write for example `" + word + ": [owner, role:admin]`"));
      return 0;
    }
    String name = name(schema);
    return label(
        word.endsWith("write")
            ? new Meaning.Writable(name, grants)
            : new Meaning.Readable(name, grants),
        said);
  }

  private static String name(Node.Obj schema) {
    return schema.place().path() instanceof Path.Step(Path _, String token) ? token : "";
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

  private static @Nullable List<Grant> grants(Node said) {
    if (!(said instanceof Node.Arr array)) {
      return null;
    }
    List<Grant> grants = new ArrayList<>();
    for (Node each : array.items()) {
      Grant grant = each instanceof Node.Text text ? Grant.parse(text.value()) : null;
      if (grant == null) {
        return null;
      }
      grants.add(grant);
    }
    return grants;
  }
}
