package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a contract or a short file says of data classes, and holds the names in schemas to
/// it.
final class ClassReader {
  private final Notes notes;
  private final Map<String, DataClass> classes = new LinkedHashMap<>();

  ClassReader(Notes notes) {
    this.notes = notes;
  }

  Map<String, DataClass> classes() {
    return classes;
  }

  /// Whether it takes the object around some property to tell who may see it.
  boolean asksForOwner() {
    for (DataClass each : classes.values()) {
      List<Grant> read = each.read();
      if (read != null && (read.contains(new Grant.Owner()) || read.contains(new Grant.Tenant()))) {
        return true;
      }
    }
    return false;
  }

  /// All classes of one map, later ones in the place of earlier ones of the same name.
  void read(@Nullable Node node) {
    if (node == null) {
      return;
    }
    if (!(node instanceof Obj named)) {
      notes.problem(node.place(), "the data classes should be a map, not " + Nodes.kind(node));
      return;
    }
    for (Node.Member member : named.entries()) {
      if (member.value() instanceof Obj object) {
        classes.put(member.name(), dataClass(member, object));
      } else {
        notes.problem(
            member.value().place(),
            "the data class `"
                + Nodes.shown(member.name())
                + "` should be a map, not "
                + Nodes.kind(member.value()),
            "write for example `{read: [owner, 'role:support'], mask: last-four}`");
      }
    }
  }

  private DataClass dataClass(Node.Member member, Obj object) {
    Fields fields = new Fields(object, notes, "read", "write", "mask");
    Node read = fields.node("read");
    Node write = fields.node("write");
    Node mask = fields.node("mask");
    if (mask != null && read == null) {
      notes.problem(
          mask.place(), "`mask` has no effect without `read`: who sees the value itself?");
    }
    Masking masking = mask == null ? null : PropertyWords.masking(mask, "mask", notes);
    return new DataClass(
        member.name(),
        read == null ? null : PropertyWords.readers(read, "read", notes),
        write == null ? null : PropertyWords.writers(write, "write", notes),
        masking == null ? Masking.REMOVED : masking,
        member.namePlace());
  }

  /// A class of which nothing is said would be open to everybody, for want of a letter.
  ///
  /// @param used where the contract names classes
  void check(List<Node.Text> used) {
    if (classes.isEmpty()) {
      return;
    }
    for (Node.Text name : used) {
      if (!classes.containsKey(name.value())) {
        notes.problem(
            name.place(),
            "there is no data class `" + Nodes.shown(name.value()) + "`",
            Nearest.advice(name.value(), classes.keySet()));
      }
    }
  }
}
