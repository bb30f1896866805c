package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out what `unevaluatedProperties`, `unevaluatedItems` and the rule for unknown fields mean
/// for one composition.
///
/// Where nothing open can evaluate anything more, the answer is part of the main rule; otherwise it
/// becomes a question of its own.
final class Evaluated {

  /// A set of schemas whose members and items count as evaluated, and the rule for the rest.
  ///
  /// @param rest   what the rest must obey; null where the fields are unknown to the contract
  /// @param within the schemas that count
  record Scope(@Nullable Part rest, Node owner, Set<Closure.Member> within, Set<Facts> ignored) {

    /// Whether a schema evaluates everything there is.
    private boolean all(Facts facts, Type type) {
      if (ignored.contains(facts)) {
        return type == Type.OBJECT && facts.additional != null
            || type == Type.ARRAY && facts.items != null;
      }
      return type == Type.OBJECT
          ? facts.additional != null || facts.unevaluatedProperties != null
          : facts.items != null || facts.unevaluatedItems != null;
    }

    boolean all(Type type) {
      return within.stream().anyMatch(member -> all(member.facts, type));
    }

    boolean covers(Patterns patterns, String name) {
      for (Closure.Member member : within) {
        Facts facts = member.facts;
        if (facts.properties.containsKey(name) || name.equals(facts.discriminator)) {
          return true;
        }
        for (String pattern : facts.patterned.keySet()) {
          if (patterns.finds(pattern, name)) {
            return true;
          }
        }
      }
      return all(Type.OBJECT);
    }

    /// The names that are declared.
    List<String> names() {
      return within.stream()
          .flatMap(member -> member.facts.properties.keySet().stream())
          .distinct()
          .toList();
    }

    /// How many items from the first on are evaluated.
    int prefix() {
      return within.stream().mapToInt(member -> member.facts.prefix.size()).max().orElse(0);
    }
  }

  /// What a branch learns of the composition around it.
  private record Outer(List<Part> also, Travel travel) {}

  private final SchemaCompiler compiler;
  private final Closure closure;
  private final Type type;
  private final Travel travel;
  private final List<Part> also;
  private final List<Scope> scopes = new ArrayList<>();
  private final List<Branching> questions = new ArrayList<>();

  Evaluated(SchemaCompiler compiler, Closure closure, Conjunction conjunction) {
    this.compiler = compiler;
    this.closure = closure;
    type = closure.type;
    travel = conjunction.travel();
    also = conjunction.also();
    if (type != Type.OBJECT && type != Type.ARRAY) {
      return;
    }
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      Node rest = type == Type.OBJECT ? facts.unevaluatedProperties : facts.unevaluatedItems;
      if (rest != null) {
        Part part = compiler.child(member.part, rest);
        place(new Scope(part, facts.owner, member.all(), Set.of(facts)));
      }
    }
    if (type == Type.OBJECT
        && conjunction.closed()
        && compiler.options().unknownFields() != UnknownFields.ALLOW) {
      close();
    }
  }

  /// The scopes that are known beforehand.
  List<Scope> scopes() {
    return scopes;
  }

  /// The scopes that depend on the value.
  List<Branching> questions() {
    return questions;
  }

  private void close() {
    Set<Closure.Member> within = new LinkedHashSet<>();
    for (Closure.Member member : closure.members()) {
      if (!member.facts.ghost) {
        within.add(member);
      }
    }
    boolean declares = within.stream().anyMatch(member -> member.facts.declaresMembers());
    for (Closure.Open open : closure.open) {
      declares |= above(open).stream().anyMatch(part -> compiler.facts(part).declaresMembers());
    }
    if (!declares || within.isEmpty()) {
      return;
    }
    Node owner = within.iterator().next().facts.owner;
    also.forEach(part -> within.add(new Closure.Member(part, compiler.facts(part))));
    Scope scope = new Scope(null, owner, within, Set.of());
    if (!scope.all(Type.OBJECT)) {
      place(scope);
    }
  }

  private void place(Scope scope) {
    List<Closure.Open> asks = new ArrayList<>();
    for (Closure.Open open : closure.open) {
      if (scope.within().contains(open.at()) && contributes(scope, open)) {
        asks.add(open);
      }
    }
    boolean contains =
        type == Type.ARRAY
            && scope.within().stream()
                .anyMatch(
                    member -> member.facts.containsEvaluates && member.facts.contains != null);
    if (asks.isEmpty() && !contains) {
      scopes.add(scope);
    } else {
      questions.add(question(scope, asks));
    }
  }

  private boolean contributes(Scope scope, Closure.Open open) {
    for (Part part : above(open)) {
      Facts facts = compiler.facts(part);
      if (type == Type.ARRAY) {
        if (!facts.prefix.isEmpty()
            || facts.items != null
            || (facts.contains != null && facts.containsEvaluates)
            || facts.unevaluatedItems != null) {
          return true;
        }
      } else if (!facts.patterned.isEmpty()
          || facts.additional != null
          || facts.unevaluatedProperties != null
          || !facts.properties.keySet().stream()
              .allMatch(name -> scope.covers(compiler.patterns(), name))) {
        return true;
      }
    }
    return false;
  }

  /// Every schema an open question might bring along.
  Set<Part> above(Closure.Open open) {
    Set<Part> found = new LinkedHashSet<>();
    if (open.word() != Keyword.NOT) {
      for (Part part : open.branches()) {
        above(part, found);
      }
    }
    return found;
  }

  /// A schema and every schema it might bring along for the same value.
  void above(@Nullable Part part, Set<Part> found) {
    if (part == null || !found.add(part)) {
      return;
    }
    Facts facts = compiler.facts(part);
    compiler.targets(part).forEach(target -> above(target, found));
    List<@Nullable Node> below = new ArrayList<>();
    below.addAll(facts.allOf);
    below.addAll(facts.anyOf);
    below.addAll(facts.oneOf);
    below.addAll(facts.dependentSchemas.values());
    below.add(facts.condition);
    below.add(facts.then);
    below.add(facts.otherwise);
    for (Node schema : below) {
      if (schema != null) {
        above(compiler.child(part, schema), found);
      }
    }
  }

  private Branching question(Scope scope, List<Closure.Open> asks) {
    Travel below = type == Type.OBJECT ? travel.toMember() : travel.toItem();
    Rule rest = ObjectBuilder.rest(compiler, scope, below);
    Set<String> names = new LinkedHashSet<>();
    Unevaluated.Gather root =
        gather(
            scope.within(),
            scope.ignored(),
            asks,
            new Outer(compiler.declaring(closure, also), compiler.travel(closure, travel)),
            names,
            new HashSet<>());
    return type == Type.OBJECT
        ? new Unevaluated.OfMembers(scope.owner(), root, new Names(names), rest)
        : new Unevaluated.OfItems(scope.owner(), root, rest);
  }

  private Unevaluated.Gather gather(
      Set<Closure.Member> within,
      Set<Facts> ignored,
      List<Closure.Open> asks,
      Outer outer,
      Set<String> names,
      Set<Part> path) {
    Scope scope = new Scope(null, closure.roots.getFirst().facts.owner, within, ignored);
    List<String> here = new ArrayList<>();
    List<StringRule.TextTest> patterns = new ArrayList<>();
    List<Branching.Branch> contains = new ArrayList<>();
    for (Closure.Member member : within) {
      here.addAll(member.facts.properties.keySet());
      for (String pattern : member.facts.patterned.keySet()) {
        patterns.add(compiler.patterns().test(pattern));
      }
      Node some = member.facts.contains;
      if (type == Type.ARRAY && some != null && member.facts.containsEvaluates) {
        contains.add(
            compiler.branch(compiler.child(member.part, some), List.of(), outer.travel().toItem()));
      }
    }
    names.addAll(here);
    List<Unevaluated.Ask> below = new ArrayList<>();
    for (Closure.Open open : asks) {
      below.add(ask(open, outer, names, path));
    }
    return new Unevaluated.Gather(here, patterns, scope.all(type), scope.prefix(), contains, below);
  }

  private Unevaluated.Ask ask(Closure.Open open, Outer outer, Set<String> names, Set<Part> path) {
    List<Branching.@Nullable Branch> branches = new ArrayList<>();
    List<Unevaluated.@Nullable Gather> gathers = new ArrayList<>();
    if (open.word() == Keyword.DEPENDENT_SCHEMAS) {
      branches.add(Branching.Branch.question(new Presence(open.name()), compiler.nextId()));
    }
    for (int i = 0; i < open.branches().size(); i++) {
      Part part = open.branches().get(i);
      Travel way = open.travel(i, outer.travel());
      if (open.word() != Keyword.DEPENDENT_SCHEMAS) {
        branches.add(part == null ? null : compiler.branch(part, outer.also(), way));
      }
      gathers.add(part == null ? null : gather(part, new Outer(outer.also(), way), names, path));
    }
    return new Unevaluated.Ask(open.word(), branches, gathers);
  }

  private Unevaluated.@Nullable Gather gather(
      Part part, Outer outer, Set<String> names, Set<Part> path) {
    if (!path.add(part)) {
      return null;
    }
    Closure branch = new Closure(compiler, List.of(part), type, Map.of());
    List<Closure.Open> asks =
        branch.open.stream().filter(open -> open.word() != Keyword.NOT).toList();
    Unevaluated.Gather gather =
        gather(
            new LinkedHashSet<>(branch.members()),
            Set.of(),
            asks,
            new Outer(
                compiler.declaring(branch, outer.also()), compiler.travel(branch, outer.travel())),
            names,
            path);
    path.remove(part);
    return gather;
  }
}
