package dev.gatewarden.platform.discovery;

import static dev.gatewarden.platform.discovery.Proposal.quoted;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.platform.discovery.Proposal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A kind of object, as the binding language has it.
final class TypeLines {
  private TypeLines() {}

  /// @param bound the operations that say what they touch
  static Entry of(Kind kind, Map<String, Kind> kinds, Set<Operation> bound) {
    List<String> lines = new ArrayList<>();
    Guess id = java.util.Objects.requireNonNull(kind.id);
    String as = kind.as.equals("string") ? "" : ", as: " + kind.as;
    lines.add("id: {at: " + at(id) + as + "}   # " + id.evidence());
    fact(lines, "owner", kind.owner);
    Guess creator = kind.creator;
    if (kind.owner == null && creator != null) {
      lines.add(
          "owner: {is: "
              + creator.is()
              + "}   # "
              + creator.confidence()
              + ": nothing shows it; "
              + creator.evidence());
    }
    if (kind.told && kind.owner == null) {
      lines.add("known-by: [relation]");
    }
    fact(lines, "tenant", kind.tenant);
    links(lines, "parent", kind.parents, kinds);
    links(lines, "refs", kind.refs, kinds);
    if (kind.open) {
      lines.add(
          "access: {read: [anyone], write: ["
              + (kind.owner == null ? "'role:admin'" : "owner")
              + "]}   # whoever asks may read one, says the contract"
              + (kind.owner == null ? "; who may write?" : ""));
    } else if (!kind.raised.isEmpty() && (kind.owner != null || creator != null)) {
      StringBuilder who = new StringBuilder("[owner");
      kind.raised.forEach(
          role -> who.append(", 'role:").append(role.replace("'", "''")).append('\''));
      lines.add("access: {read: " + who + "], write: " + who + "]}");
    } else if (kind.owner == null && creator == null) {
      lines.add("access: {read: [tenant], write: [tenant]}   # who within it may write?");
    }
    if (kind.read != null
        && !kind.listed
        && bound.contains(kind.read)
        && kind.read.id().name().indexOf(' ') < 0) {
      lines.add("read-by: " + quoted(kind.read.id().name()));
    }
    return new Entry("", lines);
  }

  private static void fact(List<String> lines, String word, @Nullable Guess guess) {
    if (guess != null) {
      lines.add(
          word
              + ": {at: "
              + at(guess)
              + ", is: "
              + guess.is()
              + "}   # "
              + guess.confidence()
              + ": "
              + guess.evidence());
    }
  }

  private static void links(
      List<String> lines, String word, Map<String, Guess> links, Map<String, Kind> kinds) {
    List<String> each = new ArrayList<>();
    links.forEach(
        (name, guess) -> {
          Kind other = kinds.get(name);
          if (other != null && other.id != null && other.decided()) {
            each.add(quoted(name) + ": " + at(guess));
          }
        });
    if (!each.isEmpty()) {
      lines.add(word + ": {" + String.join(", ", each) + "}");
    }
  }

  private static String at(Guess guess) {
    return "'" + guess.at().replace("'", "''") + "'";
  }
}
