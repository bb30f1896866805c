package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that counts for one value of one type, as far as it is known before the value is:
/// `allOf` and references are followed, and so is a choice of which the type leaves one branch.
/// What remains is open.
final class Closure {

  /// One schema of the composition and what it brought along.
  static final class Member {
    final Part part;
    final Facts facts;
    final List<Member> below = new ArrayList<>();

    Member(Part part, Facts facts) {
      this.part = part;
      this.facts = facts;
    }

    /// Itself and all it brought along.
    Set<Member> all() {
      Set<Member> found = new LinkedHashSet<>();
      collect(found);
      return found;
    }

    private void collect(Set<Member> found) {
      if (found.add(this)) {
        below.forEach(member -> member.collect(found));
      }
    }
  }

  /// A question only the value can answer.
  ///
  /// @param branches the schemas it is about; for `if` the condition, then, else
  /// @param name     the member a dependent schema waits for, or empty
  record Open(Member at, Keyword word, List<@Nullable Part> branches, String name) {

    /// What a branch learns of what does not travel: under `not` and `if` nothing is left out.
    Travel travel(int branch, Travel outer) {
      boolean asks = word == Keyword.NOT || (word == Keyword.IF && branch == 0);
      return asks ? new Travel(outer.member(), true, Set.of()) : outer;
    }
  }

  /// Identifies a choice that was answered before the value was judged.
  record Choice(Part part, Keyword word) {}

  final Type type;
  final List<Open> open = new ArrayList<>();
  final List<Member> roots = new ArrayList<>();
  @Nullable Node refusedBy;
  Keyword refusedWord = Keyword.NEVER;

  private final SchemaCompiler compiler;
  private final Map<Choice, Part> choices;
  private final Map<Part, Member> members = new LinkedHashMap<>();
  private final Map<Member, Part> meant = new HashMap<>();
  private final List<Part> path = new ArrayList<>();

  Closure(SchemaCompiler compiler, List<Part> parts, Type type, Map<Choice, Part> choices) {
    this.compiler = compiler;
    this.type = type;
    this.choices = choices;
    for (Part part : parts) {
      roots.add(visit(part));
    }
  }

  Collection<Member> members() {
    return members.values();
  }

  boolean refused() {
    return refusedBy != null;
  }

  private Member visit(Part part) {
    Member known = members.get(part);
    if (known != null) {
      return known;
    }
    Member member = new Member(part, compiler.facts(part));
    members.put(part, member);
    path.add(part);
    Facts facts = member.facts;
    if (facts.never) {
      refuse(facts.owner, Keyword.NEVER);
    }
    if ((facts.types & type.bit()) == 0) {
      refuse(facts.owner, Keyword.TYPE);
    }
    if (facts.values != null && facts.values.stream().noneMatch(this::typed)) {
      refuse(facts.owner, Keyword.ENUM);
    }
    if (facts.constant != null && !typed(facts.constant)) {
      refuse(facts.owner, Keyword.CONST);
    }
    compiler.targets(part).forEach(target -> member.below.add(visit(target)));
    facts.allOf.forEach(schema -> member.below.add(visit(compiler.child(part, schema))));
    choose(member, Keyword.ANY_OF, facts.anyOf);
    choose(member, Keyword.ONE_OF, facts.oneOf);
    mapped(member);
    conditions(member);
    path.removeLast();
    return member;
  }

  private void choose(Member member, Keyword word, List<Node> schemas) {
    if (schemas.isEmpty()) {
      return;
    }
    List<Part> candidates = new ArrayList<>();
    for (Node schema : schemas) {
      Part branch = compiler.child(member.part, schema);
      if ((compiler.types(branch) & type.bit()) != 0) {
        candidates.add(branch);
      }
    }
    settle(member, word, candidates);
  }

  private void settle(Member member, Keyword word, List<Part> candidates) {
    Part chosen = choices.get(new Choice(member.part, word));
    if (chosen != null) {
      member.below.add(visit(chosen));
    } else if (candidates.isEmpty()) {
      refuse(member.facts.owner, word);
    } else if (candidates.size() == 1 && member.facts.discriminator == null) {
      member.below.add(visit(candidates.getFirst()));
    } else {
      open.add(new Open(member, word, List.copyOf(candidates), ""));
    }
  }

  /// A discriminator without branches of its own tells apart what builds on its schema: all of it
  /// where the schema itself is meant, else what builds on the kind that is meant. That kind is the
  /// first schema on the way here to which the contract gives a name; a composition without one is
  /// no kind, and adds to whichever the tag says.
  private void mapped(Member member) {
    Facts facts = member.facts;
    boolean alone = facts.anyOf.isEmpty() && facts.oneOf.isEmpty();
    if (type != Type.OBJECT || facts.discriminator == null || !alone) {
      return;
    }
    Part chosen = choices.get(new Choice(member.part, Keyword.DISCRIMINATOR));
    if (chosen != null) {
      member.below.add(visit(chosen));
      return;
    }
    Part meant = path.stream().filter(compiler::named).findFirst().orElse(member.part);
    List<Part> kinds = compiler.kinds(member.part, meant).values().stream().distinct().toList();
    boolean settled = !choices.isEmpty() && kinds.size() < 2;
    if (!kinds.isEmpty() && !settled) {
      this.meant.put(member, meant);
      open.add(new Open(member, Keyword.DISCRIMINATOR, List.copyOf(kinds), ""));
    }
  }

  /// The kind that is meant where a discriminator tells kinds apart.
  Part meant(Member member) {
    return meant.getOrDefault(member, member.part);
  }

  /// Whether another tag was answered before.
  boolean chosen() {
    return !choices.isEmpty();
  }

  private void conditions(Member member) {
    Part part = member.part;
    Facts facts = member.facts;
    if (facts.not != null) {
      open.add(new Open(member, Keyword.NOT, List.of(compiler.child(part, facts.not)), ""));
    }
    if (facts.condition != null && (facts.then != null || facts.otherwise != null)) {
      List<@Nullable Part> branches = new ArrayList<>();
      branches.add(compiler.child(part, facts.condition));
      branches.add(facts.then == null ? null : compiler.child(part, facts.then));
      branches.add(facts.otherwise == null ? null : compiler.child(part, facts.otherwise));
      open.add(new Open(member, Keyword.IF, branches, ""));
    } else if (facts.condition != null && dependsOnAnnotations()) {
      List<@Nullable Part> branches = new ArrayList<>();
      branches.add(compiler.child(part, facts.condition));
      branches.add(null);
      branches.add(null);
      open.add(new Open(member, Keyword.IF, branches, ""));
    }
    if (type == Type.OBJECT) {
      facts.dependentSchemas.forEach(
          (name, schema) ->
              open.add(
                  new Open(
                      member,
                      Keyword.DEPENDENT_SCHEMAS,
                      List.of(compiler.child(part, schema)),
                      name)));
    }
  }

  private boolean dependsOnAnnotations() {
    return type == Type.OBJECT || type == Type.ARRAY;
  }

  private boolean typed(Node value) {
    return compiler.type(value) == type;
  }

  private void refuse(Node owner, Keyword word) {
    if (refusedBy == null) {
      refusedBy = owner;
      refusedWord = word;
    }
  }
}
