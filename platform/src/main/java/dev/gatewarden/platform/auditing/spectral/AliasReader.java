package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `aliases`: names that stand for paths, in all contracts or in those of some formats.
record AliasReader(RulesetReader reader) {

  /// @param to the aliases known before, which these are added to
  Aliases read(@Nullable Node node, Map<String, List<String>> to) {
    if (node instanceof Node.Obj all) {
      for (Node.Member each : all.entries()) {
        to.put(each.name(), alias(each));
      }
    } else if (node != null) {
      reader.problem(node.place(), "`aliases` is a map of lists of paths", "");
    }
    return new Aliases(to);
  }

  private List<String> alias(Node.Member member) {
    Node node = member.value();
    List<String> paths = new ArrayList<>(Tree.texts(node));
    if (node instanceof Node.Obj object && object.get("targets") instanceof Node.Arr targets) {
      for (Node each : targets.items()) {
        Set<String> formats =
            each instanceof Node.Obj target ? reader.formats(target.get("formats")) : Set.of();
        if (each instanceof Node.Obj target
            && (formats.isEmpty() || formats.stream().anyMatch(reader.kinds()::contains))) {
          paths.addAll(Tree.texts(target.get("given")));
        }
      }
    } else if (paths.isEmpty()) {
      reader.problem(
          member.namePlace(),
          "the alias `" + member.name() + "` is neither a list of paths nor has `targets`",
          "");
    }
    return paths;
  }
}
