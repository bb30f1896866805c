package dev.gatewarden.platform.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operation does to objects, before it is written down.
///
/// @param kind the object's kind
/// @param words as the binding language has it, without braces and parents
/// @param within by the parent's kind: where the request names it
/// @param objects where the objects stand in its answer: a JSON pointer, ending in `/*` for a list;
///     empty text for the whole, `-` for nowhere
record Binding(String kind, String words, Map<String, String> within, String objects, String why) {

  /// Whether it brings objects into being.
  boolean creates() {
    return words.contains("does: create");
  }

  /// The same, where whoever creates one need not own it.
  Binding unlearned() {
    return new Binding(
        kind, words.replace(", learn: owner", ""), within, objects, "brings one into being");
  }

  /// The binding, with those parents of which something is known.
  String text(Set<String> known) {
    List<String> parents = new ArrayList<>();
    within.forEach(
        (parent, selector) -> {
          if (known.contains(parent)) {
            parents.add(Proposal.quoted(parent) + ": " + selector);
          }
        });
    String named = parents.isEmpty() ? "" : ", within: {" + String.join(", ", parents) + "}";
    return "{type: " + Proposal.quoted(kind) + words + named + "}";
  }
}
