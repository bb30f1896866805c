package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.TypeSchemas;
import dev.gatewarden.core.contract.Writers;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.schema.JsonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of an object that not everybody may write, and that a `PUT` resets by leaving them
/// out: it says the whole state of the object (RFC 9110, section 9.3.4).
final class LeftOut {
  /// Who may write each, by its name.
  private final Map<String, List<List<Grant>>> writers;

  private LeftOut(Map<String, List<List<Grant>>> writers) {
    this.writers = writers;
  }

  /// What an operation would reset; null where it resets nothing.
  static @Nullable LeftOut of(Operation operation, Map<String, DataClass> classes) {
    RequestBody body = operation.body();
    if (body == null || !operation.method().equals("PUT") || !isWhole(operation)) {
      return null;
    }
    Map<String, List<List<Grant>>> writers = new LinkedHashMap<>();
    for (Content.MediaType type : body.content().types().values()) {
      SchemaSource source = type.schema();
      if (source != null) {
        members(source, classes, writers);
      }
    }
    return writers.isEmpty() ? null : new LeftOut(writers);
  }

  private static boolean isWhole(Operation operation) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == Does.UPDATE
          && PointerPattern.ROOT.equals(TypeSchemas.takenAt(binding))) {
        return true;
      }
    }
    return false;
  }

  private static void members(
      SchemaSource source, Map<String, DataClass> classes, Map<String, List<List<Grant>>> writers) {
    for (Node.Obj schema :
        NamedProperties.expanded(List.of(source.schema()), source.references())) {
      if (!(schema.get("properties") instanceof Node.Obj properties)) {
        continue;
      }
      for (Node.Member member : properties.entries()) {
        for (Node.Obj value :
            NamedProperties.expanded(List.of(member.value()), source.references())) {
          Writers by = writers(value, classes);
          if (by != null) {
            writers.computeIfAbsent(member.name(), _ -> new ArrayList<>(1)).add(by.by());
          }
        }
      }
    }
  }

  private static @Nullable Writers writers(Node.Obj value, Map<String, DataClass> classes) {
    Node said = value.get(PropertyWords.WRITE);
    if (said != null) {
      return PropertyWords.writers(said);
    }
    DataClass known =
        value.get(PropertyWords.CLASS) instanceof Node.Text name ? classes.get(name.value()) : null;
    return known == null ? null : known.write();
  }

  /// Judges one member that is left out.
  @FunctionalInterface
  interface Absent {
    void by(String name, List<Grant> writers);
  }

  /// Tells of each member that a body leaves out, with each list of who may write it.
  void each(Reading body, Absent absent) {
    Set<String> there = names(body.bytes());
    writers.forEach(
        (name, lists) -> {
          if (!there.contains(name)) {
            lists.forEach(list -> absent.by(name, list));
          }
        });
  }

  /// The names at the top of a JSON document that was read.
  private static Set<String> names(Bytes body) {
    Set<String> names = new HashSet<>();
    byte[] json = body.array();
    int at = space(json, body.from(), body.to());
    if (at >= body.to() || json[at] != '{') {
      return names;
    }
    at = space(json, at + 1, body.to());
    while (at < body.to() && json[at] == '"') {
      int end = JsonText.endOfString(json, at);
      names.add(JsonText.decode(json, at, end));
      int value = space(json, space(json, end, body.to()) + 1, body.to());
      at = space(json, JsonText.end(json, value), body.to());
      at = at < body.to() && json[at] == ',' ? space(json, at + 1, body.to()) : body.to();
    }
    return names;
  }

  private static int space(byte[] json, int from, int to) {
    int at = from;
    while (at < to && json[at] <= ' ') {
      at++;
    }
    return at;
  }
}
