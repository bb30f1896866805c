package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.ObjectType.Unknown;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads how the gate comes to know whose an object is.
final class KnowingReader {
  private final Notes notes;

  KnowingReader(Notes notes) {
    this.notes = notes;
  }

  /// @param hidden whether nothing shows the owner or the tenant
  List<KnownBy> knownBy(Fields fields, @Nullable String readBy, boolean hidden) {
    List<Node> list = fields.list("known-by");
    if (list == null && hidden) {
      return List.of(KnownBy.RELATION);
    }
    if (list == null) {
      return readBy == null
          ? List.of(KnownBy.RELATION, KnownBy.RESPONSE)
          : List.of(KnownBy.RELATION, KnownBy.RESPONSE, KnownBy.LOOK_UP);
    }
    List<KnownBy> known = new ArrayList<>();
    for (Node each : list) {
      KnownBy way = Fields.choice(each, "known-by", KnownBy.class, notes);
      if (way == KnownBy.LOOK_UP && readBy == null) {
        notes.problem(
            each.place(), "`look-up` needs `read-by`: the operation that reads one object");
      }
      if (way != null && !known.contains(way)) {
        known.add(way);
      }
    }
    if (list.isEmpty()) {
      notes.problem(fields.place("known-by"), "`known-by` names no way to know an owner");
    } else if (hidden && !known.isEmpty() && known.getFirst() != KnownBy.RELATION) {
      notes.problem(
          fields.place("known-by"),
          "only a relation knows what nothing shows: an owner or tenant without `at`",
          "write `known-by: [relation]`, or where it stands: `at: /ownerId`");
    }
    return known;
  }

  Unknown unknown(Fields fields, @Nullable String readBy) {
    Unknown unknown = fields.choice("unknown", Unknown.class);
    if (unknown == Unknown.LOOK_UP && readBy == null) {
      notes.problem(
          fields.place("unknown"),
          "`look-up` needs `read-by`: the operation that reads one object");
    }
    return unknown != null ? unknown : readBy == null ? Unknown.DENY : Unknown.LOOK_UP;
  }

  boolean unchanged(Fields fields, @Nullable String readBy) {
    Node.Text text = fields.text("write-if");
    if (text == null) {
      return false;
    }
    if (!text.value().equals("unchanged")) {
      notes.problem(text.place(), "`write-if` can only be `unchanged`");
    } else if (readBy == null) {
      notes.problem(
          text.place(),
          "`write-if: unchanged` needs `read-by`: the operation that tells the `ETag`");
    }
    return true;
  }
}
