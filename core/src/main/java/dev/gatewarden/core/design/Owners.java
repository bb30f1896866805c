package dev.gatewarden.core.design;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classified.Confidence;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who answers for the operations of one contract.
///
/// The first that says somebody counts: `x-gatewarden-owner` of the operation or its path, of one
/// of its tags; an owner rule; `x-gatewarden-owner` of the contract; the CODEOWNERS file; the
/// contact; a tag by itself.
public final class Owners {
  private static final String WORD = "x-gatewarden-owner";

  private final Audited contract;
  private final OwnerRules rules;
  private final List<String> files;
  private final Map<String, List<String>> tags = new HashMap<>();

  /// Somebody, and what says so.
  public record Owner(String name, String source, Confidence confidence) {
    @Override
    public String toString() {
      return name + " (" + source + ", " + confidence.word() + ")";
    }
  }

  /// @param files the owners of the contract's file, by a CODEOWNERS file
  public Owners(Audited contract, OwnerRules rules, List<String> files) {
    this.contract = contract;
    this.rules = rules;
    this.files = List.copyOf(files);
    for (Node each : Tree.items(contract.source().get("tags"))) {
      Node.Obj tag = Tree.object(each);
      String name = Tree.text(tag, "name");
      if (tag != null && name != null && tag.get(WORD) != null) {
        tags.put(name, names(tag.get(WORD)));
      }
    }
  }

  /// Who answers for an operation; nobody where nothing says.
  public List<Owner> of(Operation operation) {
    Node effective = operation.extensions().get("owner");
    Node top = contract.contract().extensions().get("owner");
    if (effective != null && effective != top && !names(effective).isEmpty()) {
      return told(names(effective), WORD, Confidence.STATED);
    }
    for (String tag : Tree.texts(operation.source().get("tags"))) {
      List<String> known = tags.getOrDefault(tag, List.of());
      if (!known.isEmpty()) {
        return told(known, WORD + " of the tag " + tag, Confidence.STATED);
      }
    }
    OwnerRule rule = rules.of(operation);
    if (rule != null) {
      return told(rule.owners(), rule.source(), Confidence.STATED);
    }
    List<Owner> all = whole(top);
    if (!all.isEmpty()) {
      return all;
    }
    return told(Tree.texts(operation.source().get("tags")), "tag", Confidence.LOW);
  }

  private List<Owner> whole(@Nullable Node top) {
    if (!names(top).isEmpty()) {
      return told(names(top), WORD, Confidence.STATED);
    }
    if (!files.isEmpty()) {
      return told(files, "CODEOWNERS", Confidence.HIGH);
    }
    Node.Obj contact = Tree.object(Tree.object(contract.source(), "info"), "contact");
    for (String member : List.of("name", "email", "url")) {
      String text = Tree.text(contact, member);
      if (text != null && !text.isBlank()) {
        return told(List.of(text), "contact", Confidence.MEDIUM);
      }
    }
    return List.of();
  }

  private static List<Owner> told(List<String> names, String source, Confidence confidence) {
    return names.stream().map(each -> new Owner(each, source, confidence)).toList();
  }

  /// A text, a list of texts, or a map that names a team, a person or an address.
  static List<String> names(@Nullable Node node) {
    List<String> all = new ArrayList<>(Tree.texts(node));
    if (node instanceof Node.Obj object) {
      for (String member : List.of("team", "name", "email", "contact")) {
        String text = Tree.text(object, member);
        if (text != null) {
          all.add(text);
        }
      }
    }
    all.removeIf(String::isBlank);
    return all;
  }
}
