package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles one conjunction: a rule for each type, each as static as it can be.
final class Composition {
  private final SchemaCompiler compiler;
  private final Conjunction conjunction;
  private final Set<Closure.Choice> untold = new HashSet<>();

  Composition(SchemaCompiler compiler, Conjunction conjunction) {
    this.compiler = compiler;
    this.conjunction = conjunction;
  }

  Rule rule() {
    Rule[] rules = new Rule[Type.values().length];
    long labels = 0;
    for (Type type : Type.values()) {
      Closure closure = new Closure(compiler, conjunction.parts(), type, Map.of());
      rules[type.ordinal()] = withheld(closure, typed(closure, type, Map.of()));
      labels |= labels(closure);
    }
    Rule byType = direct(rules, new BasicRules.ByType(rules));
    return labels == 0 ? byType : new BasicRules.Labelled(byType, labels);
  }

  /// The rule of the type that is likeliest meant, if it can tell other types by itself: that saves
  /// a step for each value.
  private static Rule direct(Rule[] rules, Rule byType) {
    for (Type type : List.of(Type.OBJECT, Type.STRING, Type.ARRAY, Type.NUMBER)) {
      Rule rule = rules[type.ordinal()];
      if (rule instanceof ObjectRule
          || rule instanceof StringRule
          || rule instanceof ArrayRule
          || rule instanceof NumberRule) {
        rule.otherwise = byType;
        return rule;
      }
    }
    return byType;
  }

  /// The rule of a member's value that one of its schemas withholds.
  private Rule withheld(Closure closure, Rule rule) {
    if (!conjunction.travel().member() || rule instanceof BasicRules.Withheld) {
      return rule;
    }
    for (Closure.Member member : closure.members()) {
      if (compiler.withholding().flags(member.facts)) {
        return new BasicRules.Withheld(rule, compiler.withholding().refusal(member.facts));
      }
    }
    return rule;
  }

  private static long labels(Closure closure) {
    long labels = 0;
    for (Closure.Member member : closure.members()) {
      labels |= member.facts.labels;
    }
    return labels;
  }

  private Rule typed(Closure closure, Type type, Map<Closure.Choice, Part> choices) {
    Node refusedBy = closure.refusedBy;
    if (refusedBy != null) {
      return new BasicRules.Nothing(refusedBy, closure.refusedWord, leads(), List.of());
    }
    if (type == Type.OBJECT) {
      for (Closure.Open open : closure.open) {
        boolean told = !untold.contains(new Closure.Choice(open.at().part, open.word()));
        Tags tags = told ? Tags.of(compiler, closure, open) : null;
        if (tags != null && !compiler.withholding().withholds(closure, tags.name())) {
          return tagged(closure, open, tags, choices);
        }
      }
    }
    Evaluated evaluated = new Evaluated(compiler, closure, conjunction);
    Rule main =
        switch (type) {
          case OBJECT -> new ObjectBuilder(compiler, closure, conjunction, evaluated).rule();
          case ARRAY -> new ArrayBuilder(compiler, closure, evaluated, conjunction.travel()).rule();
          case STRING -> ScalarBuilder.string(compiler, closure);
          case NUMBER -> ScalarBuilder.number(compiler, closure);
          case BOOLEAN -> ScalarBuilder.bool(closure);
          case NULL -> new BasicRules.Word(null, null);
        };
    List<Branching> questions = new ArrayList<>();
    if (type == Type.OBJECT || type == Type.ARRAY) {
      listed(closure, questions);
    }
    for (Closure.Open open : closure.open) {
      questions.add(question(closure, open));
    }
    questions.addAll(evaluated.questions());
    if (questions.isEmpty()) {
      return main;
    }
    boolean withholds = conjunction.parts().stream().anyMatch(compiler.withholding()::reaches);
    return new Composite(main, compiler.nextId(), withholds).asking(questions);
  }

  /// Whether a value that is refused for its type stands where marked values may stand.
  private boolean leads() {
    if (compiler.options().labels() == Labels.NONE) {
      return false;
    }
    int types = Type.ALL;
    for (Part part : conjunction.parts()) {
      types &= compiler.types(part);
    }
    return types == 0 || (types & (Type.OBJECT.bit() | Type.ARRAY.bit())) != 0;
  }

  private Rule tagged(
      Closure closure, Closure.Open open, Tags tags, Map<Closure.Choice, Part> choices) {
    Map<Part, Rule> cases = new HashMap<>();
    Map<String, Rule> rules = new HashMap<>();
    for (Map.Entry<String, Part> branch : tags.branches().entrySet()) {
      rules.put(branch.getKey(), chosen(open, branch.getValue(), choices, cases));
    }
    Part otherwise = tags.otherwise();
    Rule fallback = otherwise == null ? null : chosen(open, otherwise, choices, cases);
    Closure.Choice choice = new Closure.Choice(open.at().part, open.word());
    untold.add(choice);
    Rule missing = tags.optional() ? typed(closure, Type.OBJECT, choices) : fallback;
    untold.remove(choice);
    return new Tagged(
        open.at().facts.owner, open.word(), tags.name(), rules, tags.refused(), fallback, missing);
  }

  private Rule chosen(
      Closure.Open open, Part branch, Map<Closure.Choice, Part> choices, Map<Part, Rule> cases) {
    Rule known = cases.get(branch);
    if (known == null) {
      Map<Closure.Choice, Part> more = new HashMap<>(choices);
      more.put(new Closure.Choice(open.at().part, open.word()), branch);
      Closure closure = new Closure(compiler, conjunction.parts(), Type.OBJECT, more);
      known = withheld(closure, labelled(closure, typed(closure, Type.OBJECT, more), choices));
      cases.put(branch, known);
    }
    return known;
  }

  /// Labels a chosen branch brings along, beyond those that hold for every choice.
  private Rule labelled(Closure closure, Rule rule, Map<Closure.Choice, Part> choices) {
    long before = labels(new Closure(compiler, conjunction.parts(), Type.OBJECT, choices));
    long labels = labels(closure) & ~before;
    return labels == 0 ? rule : new BasicRules.Labelled(rule, labels);
  }

  private static void listed(Closure closure, List<Branching> questions) {
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      if (facts.values != null) {
        questions.add(new Branching.Listed(facts.owner, Keyword.ENUM, facts.values));
      }
      if (facts.constant != null) {
        questions.add(new Branching.Listed(facts.owner, Keyword.CONST, List.of(facts.constant)));
      }
    }
  }

  private Branching question(Closure closure, Closure.Open open) {
    Node owner = open.at().facts.owner;
    List<Branching.@Nullable Branch> branches = new ArrayList<>();
    List<Part> declaring = compiler.declaring(closure, conjunction.also());
    Travel travel = compiler.travel(closure, conjunction.travel());
    for (int i = 0; i < open.branches().size(); i++) {
      Part part = open.branches().get(i);
      branches.add(part == null ? null : compiler.branch(part, declaring, open.travel(i, travel)));
    }
    return switch (open.word()) {
      case NOT -> new Branching.Not(owner, present(branches, 0));
      case IF ->
          new Branching.Condition(owner, present(branches, 0), branches.get(1), branches.get(2));
      case DEPENDENT_SCHEMAS ->
          new Branching.Condition(
              owner,
              Branching.Branch.question(new Presence(open.name()), compiler.nextId()),
              present(branches, 0),
              null);
      default ->
          new Branching.Choice(
              owner,
              open.word(),
              branches.stream().map(branch -> java.util.Objects.requireNonNull(branch)).toList());
    };
  }

  private static Branching.Branch present(List<Branching.@Nullable Branch> branches, int index) {
    return java.util.Objects.requireNonNull(branches.get(index));
  }
}
