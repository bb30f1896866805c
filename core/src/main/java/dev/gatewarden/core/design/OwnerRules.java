package dev.gatewarden.core.design;

import static java.util.stream.Collectors.joining;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.design.OwnerRule.Condition;
import dev.gatewarden.core.design.OwnerRule.Kind;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who answers for which operations, by a file of rules; as in a CODEOWNERS file, the last rule
/// that meets an operation counts.
public final class OwnerRules {
  /// No rule at all.
  public static final OwnerRules NONE = new OwnerRules(List.of());

  private static final List<String> WORDS = List.of("path", "tag", "operation", "owner");
  private static final int MOST_NAMED = 5;
  private static final String FORM =
      "write `owners:` and a list of `{path: '/admin/**', owner: …}`";

  private final List<OwnerRule> rules;

  private OwnerRules(List<OwnerRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// Reads `owners: [{path: …, tag: …, operation: …, owner: …}]`.
  ///
  /// @throws ProblemsException with everything that is wrong with it
  public static OwnerRules read(Node node) {
    List<Problem> problems = new ArrayList<>();
    List<OwnerRule> rules = new ArrayList<>();
    if (!(node instanceof Node.Obj root) || !(root.get("owners") instanceof Node.Arr list)) {
      throw new ProblemsException(
          List.of(new Problem(node.place(), "this is no file of owner rules", FORM)));
    }
    unknown(root, List.of("owners"), "beside `owners`", problems);
    for (Node each : list.items()) {
      OwnerRule rule = rule(each, problems);
      if (rule != null) {
        rules.add(rule);
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new OwnerRules(rules);
  }

  private static @Nullable OwnerRule rule(Node node, List<Problem> problems) {
    if (!(node instanceof Node.Obj object)) {
      problems.add(new Problem(node.place(), "an owner rule is a map", FORM));
      return null;
    }
    unknown(object, WORDS, "in an owner rule", problems);
    List<Condition> conditions = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Node patterns = object.get(kind.word());
      if (patterns != null) {
        conditions.add(new Condition(kind, patterns(kind, patterns, problems)));
      }
    }
    if (conditions.isEmpty()) {
      problems.add(
          new Problem(
              object.place(),
              "an owner rule needs `path`, `tag` or `operation`",
              "write `path: /**` for whoever answers for everything else"));
    }
    Node owner = object.get("owner");
    List<String> owners = Owners.names(owner);
    if (owners.isEmpty()) {
      problems.add(
          new Problem(
              owner == null ? object.place() : owner.place(),
              owner == null ? "an owner rule needs `owner`" : "`owner` names nobody",
              "write a text, a list of texts, or `{team: …, email: …}`"));
    }
    return new OwnerRule(conditions, owners, object.place());
  }

  private static List<Node.Text> patterns(Kind kind, Node node, List<Problem> problems) {
    List<Node.Text> all = new ArrayList<>();
    List<Node> written = node instanceof Node.Arr list ? list.items() : List.of(node);
    for (Node each : written) {
      if (each instanceof Node.Text text && !text.value().isBlank()) {
        all.add(text);
        if (kind == Kind.PATH) {
          wrong(text, problems);
        }
      } else {
        problems.add(
            new Problem(each.place(), "`" + kind.word() + "` is a text, or a list of texts"));
      }
    }
    if (written.isEmpty()) {
      problems.add(new Problem(node.place(), "`" + kind.word() + "` is empty, and meets nothing"));
    }
    return all;
  }

  private static void wrong(Node.Text path, List<Problem> problems) {
    String text = path.value();
    if (!text.startsWith("/")) {
      problems.add(
          new Problem(
              path.place(),
              "`" + text + "` is no path of a contract",
              "begin it with `/`, or with `/**/` where it may stand anywhere"));
      return;
    }
    for (String each : text.split("/", -1)) {
      if (each.contains("**") && !each.equals("**")) {
        problems.add(
            new Problem(
                path.place(),
                "`" + each + "` is no segment of a path",
                "`**` stands alone between slashes, `*` for a part of a segment"));
      }
    }
  }

  private static void unknown(
      Node.Obj object, List<String> known, String where, List<Problem> problems) {
    for (Node.Member member : object.entries()) {
      if (!known.contains(member.name())) {
        String near = Nearest.advice(member.name(), known);
        problems.add(
            new Problem(
                member.namePlace(),
                "`" + member.name() + "` means nothing " + where,
                near.isEmpty() ? "its words are `" + String.join("`, `", known) + "`" : near));
      }
    }
  }

  /// The rule that counts for an operation, or null.
  public @Nullable OwnerRule of(Operation operation) {
    for (OwnerRule each : rules.reversed()) {
      if (each.meets(operation)) {
        return each;
      }
    }
    return null;
  }

  /// Rules and patterns that a contract leaves nothing to, in the order of the file.
  public List<Problem> idle(Contract contract) {
    List<Problem> idle = new ArrayList<>();
    Set<Place> counting = new LinkedHashSet<>();
    for (Operation each : contract.operations()) {
      OwnerRule rule = of(each);
      if (rule != null) {
        counting.add(rule.place());
      }
    }
    for (OwnerRule rule : rules) {
      int before = idle.size();
      rule.conditions().forEach(each -> idle(each, contract, idle));
      if (idle.size() > before || counting.contains(rule.place())) {
        continue;
      }
      boolean met = contract.operations().stream().anyMatch(rule::meets);
      idle.add(
          met
              ? new Problem(
                  rule.place(),
                  "later rules name the owner of everything that this one meets",
                  "the last that meets an operation counts: write first what is general")
              : new Problem(
                  rule.place(), "no operation meets all that this rule asks for together"));
    }
    return idle;
  }

  private static void idle(Condition condition, Contract contract, List<Problem> to) {
    for (Node.Text each : condition.patterns()) {
      if (contract.operations().stream().noneMatch(one -> condition.meets(each.value(), one))) {
        Set<String> known = new LinkedHashSet<>();
        contract.operations().forEach(one -> known.addAll(condition.kind().of(one)));
        to.add(
            new Problem(
                each.place(),
                "`" + condition.kind().word() + ": " + each.value() + "` meets no operation",
                advice(condition.kind(), each.value(), known)));
      }
    }
  }

  private static String advice(Kind kind, String wrong, Set<String> known) {
    if (known.isEmpty()) {
      return "no operation of the contract has a " + kind.word();
    }
    String near = Nearest.advice(wrong, known);
    String some =
        known.stream().limit(MOST_NAMED).map(each -> "`" + each + "`").collect(joining(", "));
    return !near.isEmpty()
        ? near
        : "there "
            + (known.size() == 1 ? "is " : "are ")
            + some
            + (known.size() > MOST_NAMED ? " and others" : "");
  }
}
