package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.PercentCoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What functions see beside their value: where references lead, and what they cost.
final class Sight {
  /// A value that unfolds into more keeps the references that are left.
  private static final int MOST_UNFOLDED = 100_000;

  private final Node document;
  private final UnaryOperator<Node> follow;
  private final Budget budget;
  private int unfolded;

  Sight(Node document, UnaryOperator<Node> follow, Budget budget) {
    this.document = document;
    this.follow = follow;
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  /// A value with all references followed, except those that lead back to where they stand.
  Node whole(Node value) {
    unfolded = 0;
    return whole(value, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private Node whole(Node value, Set<Node> above) {
    budget.step();
    Node target = ++unfolded > MOST_UNFOLDED ? value : follow.apply(value);
    if (above.size() > 128 || !above.add(target)) {
      return value;
    }
    Node whole =
        switch (target) {
          case Node.Obj object -> {
            Map<String, Node.Member> members = new LinkedHashMap<>();
            for (Node.Member each : object.entries()) {
              members.put(
                  each.name(),
                  new Node.Member(each.name(), each.namePlace(), whole(each.value(), above)));
            }
            yield new Node.Obj(object.place(), members);
          }
          case Node.Arr array -> {
            List<Node> items = new ArrayList<>();
            array.items().forEach(each -> items.add(whole(each, above)));
            yield new Node.Arr(array.place(), items);
          }
          case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> target;
        };
    above.remove(target);
    return whole;
  }

  /// What the references of the document point to within it, as pointers.
  Set<String> referenced() {
    Set<String> pointers = new HashSet<>();
    gather(document, pointers);
    return pointers;
  }

  private void gather(Node node, Set<String> to) {
    budget.step();
    switch (node) {
      case Node.Obj object -> {
        if (object.get("$ref") instanceof Node.Text(var _, String reference)
            && reference.startsWith("#")) {
          to.add(PercentCoding.decoded(reference.substring(1)));
        }
        object.entries().forEach(each -> gather(each.value(), to));
      }
      case Node.Arr array -> array.items().forEach(each -> gather(each, to));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }
}
