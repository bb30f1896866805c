package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles what is known beforehand about an object: the rules of all its schemas, merged name by
/// name.
final class ObjectBuilder {
  private final SchemaCompiler compiler;
  private final Closure closure;
  private final Evaluated evaluated;
  private final Patterns patterns;
  private final Set<String> loose;
  private final Map<String, Boolean> withheld = new HashMap<>();

  ObjectBuilder(
      SchemaCompiler compiler, Closure closure, Conjunction conjunction, Evaluated evaluated) {
    this.compiler = compiler;
    this.closure = closure;
    this.evaluated = evaluated;
    patterns = compiler.patterns();
    loose = new HashSet<>(conjunction.loose());
    for (Closure.Open open : closure.open) {
      for (Part part : open.branches()) {
        if (part != null) {
          loose.addAll(namesWithin(part, new HashSet<>()));
        }
      }
    }
  }

  Rule rule() {
    Set<String> all = names();
    List<String> texts = List.copyOf(all);
    Names names = new Names(texts);
    Rule propertyNames = propertyNames();
    Rule[] rules = new Rule[texts.size()];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = member(texts.get(i), propertyNames);
    }
    List<ObjectRule.Required> required = new ArrayList<>();
    List<ObjectRule.Dependent> dependents = new ArrayList<>();
    List<ObjectRule.Size> sizes = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      for (String name : facts.required) {
        if (!withheld(name)) {
          required.add(new ObjectRule.Required(facts.owner, names.index(name), name));
        }
      }
      facts.dependentRequired.forEach(
          (name, others) ->
              dependents.add(
                  new ObjectRule.Dependent(
                      facts.owner,
                      names.index(name),
                      others.stream().mapToInt(names::index).toArray(),
                      others.stream().map(other -> other + Sentences.SPLIT + name).toList())));
      sizes.addAll(facts.memberCounts);
    }
    return new ObjectRule(names, rules, others(propertyNames), required, dependents, sizes);
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      names.addAll(facts.properties.keySet());
      names.addAll(facts.required);
      facts.dependentRequired.forEach(
          (name, others) -> {
            names.add(name);
            names.addAll(others);
          });
    }
    return names;
  }

  private Rule member(String name, @Nullable Rule propertyNames) {
    if (propertyNames != null && !obeys(name, propertyNames)) {
      return new BasicRules.Nothing(namer(), Keyword.PROPERTY_NAMES, labelled(), List.of());
    }
    List<Part> parts = partsFor(name);
    BasicRules.@Nullable Nothing refusal = refusal(parts);
    if (refusal != null) {
      return refusal;
    }
    for (Evaluated.Scope scope : evaluated.scopes()) {
      if (scope.covers(patterns, name)) {
        continue;
      }
      Part rest = scope.rest();
      if (rest == null) {
        return unknown(compiler, scope);
      }
      parts.add(rest);
    }
    return compiler.value(parts, !loose.contains(name), loose.contains(name) ? loose : Set.of());
  }

  private List<Part> partsFor(String name) {
    List<Part> parts = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      boolean found = false;
      Node schema = facts.properties.get(name);
      if (schema != null) {
        parts.add(compiler.child(member.part, schema));
        found = true;
      }
      for (Map.Entry<String, Node> entry : facts.patterned.entrySet()) {
        if (patterns.finds(entry.getKey(), name)) {
          parts.add(compiler.child(member.part, entry.getValue()));
          found = true;
        }
      }
      if (!found && facts.additional != null) {
        parts.add(compiler.child(member.part, facts.additional));
      }
    }
    return parts;
  }

  /// Whether a field does not travel this way, so that nobody can ask for it.
  private boolean withheld(String name) {
    return withheld.computeIfAbsent(name, key -> refusal(partsFor(key)) != null);
  }

  private BasicRules.@Nullable Nothing refusal(List<Part> parts) {
    Direction direction = compiler.options().direction();
    if (direction == Direction.BOTH) {
      return null;
    }
    for (Part part : parts) {
      Facts facts = flagged(part, direction, new HashSet<>());
      if (facts != null) {
        return new BasicRules.Nothing(
            facts.owner,
            direction == Direction.REQUEST ? Keyword.READ_ONLY : Keyword.WRITE_ONLY,
            labelled(),
            List.of());
      }
    }
    return null;
  }

  private boolean labelled() {
    return compiler.options().labels() != Labels.NONE;
  }

  private @Nullable Facts flagged(Part part, Direction direction, Set<Part> seen) {
    if (!seen.add(part)) {
      return null;
    }
    Facts facts = compiler.facts(part);
    if (direction == Direction.REQUEST ? facts.readOnly : facts.writeOnly) {
      return facts;
    }
    List<Part> below = new ArrayList<>(compiler.targets(part));
    facts.allOf.forEach(schema -> below.add(compiler.child(part, schema)));
    for (Part next : below) {
      Facts found = flagged(next, direction, seen);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private ObjectRule.Others others(@Nullable Rule propertyNames) {
    List<ObjectRule.Others.Patterned> patterned = new ArrayList<>();
    List<ObjectRule.Others.Remainder> remainders = new ArrayList<>();
    Map<Closure.Member, Long> bits = new HashMap<>();
    for (Closure.Member member : closure.members()) {
      long own = 0;
      for (Map.Entry<String, Node> entry : member.facts.patterned.entrySet()) {
        own |= 1L << patterned.size();
        Rule rule = rest(compiler.child(member.part, entry.getValue()));
        patterned.add(new ObjectRule.Others.Patterned(test(member, entry.getKey()), rule));
      }
      bits.put(member, own);
    }
    if (patterned.size() > 63) {
      compiler.problem(
          closure.roots.getFirst().facts.owner,
          "more than 63 patterns describe the names of one object",
          "join some of them with `|`");
      return new ObjectRule.Others(null, List.of(), List.of());
    }
    if (patterned.isEmpty()) {
      Rule only = remainder();
      if (only != null) {
        remainders.add(new ObjectRule.Others.Remainder(0, only));
      }
      return new ObjectRule.Others(propertyNames, patterned, remainders);
    }
    for (Closure.Member member : closure.members()) {
      if (member.facts.additional != null) {
        Rule rule = rest(compiler.child(member.part, member.facts.additional));
        remainders.add(
            new ObjectRule.Others.Remainder(bits.getOrDefault(member, 0L), memoised(rule)));
      }
    }
    for (Evaluated.Scope scope : evaluated.scopes()) {
      if (!scope.all(Type.OBJECT)) {
        long own = 0;
        for (Closure.Member member : scope.within()) {
          own |= bits.getOrDefault(member, 0L);
        }
        remainders.add(new ObjectRule.Others.Remainder(own, memoised(rest(compiler, scope))));
      }
    }
    patterned.replaceAll(
        one -> new ObjectRule.Others.Patterned(one.pattern(), memoised(one.rule())));
    return new ObjectRule.Others(propertyNames, patterned, remainders);
  }

  /// What a name must obey that nobody mentions, where no patterns are in play.
  private @Nullable Rule remainder() {
    List<Part> parts = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      if (member.facts.additional != null) {
        parts.add(compiler.child(member.part, member.facts.additional));
      }
    }
    for (Evaluated.Scope scope : evaluated.scopes()) {
      if (scope.all(Type.OBJECT)) {
        continue;
      }
      Part rest = scope.rest();
      if (rest == null) {
        return unknown(compiler, scope);
      }
      parts.add(rest);
    }
    if (parts.isEmpty()) {
      return null;
    }
    for (Part part : parts) {
      if (compiler.facts(part).never) {
        return never(compiler, part, List.copyOf(names()));
      }
    }
    BasicRules.@Nullable Nothing refusal = refusal(parts);
    return refusal != null ? refusal : compiler.value(parts, true, Set.of());
  }

  private Rule rest(Part part) {
    BasicRules.@Nullable Nothing refusal = refusal(List.of(part));
    return refusal != null ? refusal : compiler.value(List.of(part), true, Set.of());
  }

  /// Several rules may read the same value, so what each says is remembered.
  private Rule memoised(Rule rule) {
    return rule instanceof BasicRules.Nothing ? rule : new Composite(rule, compiler.nextId());
  }

  /// The rule for what a scope leaves over.
  static Rule rest(SchemaCompiler compiler, Evaluated.Scope scope) {
    Part rest = scope.rest();
    if (rest == null) {
      return unknown(compiler, scope);
    }
    return compiler.facts(rest).never
        ? never(compiler, rest, scope.names())
        : compiler.value(List.of(rest), true, Set.of());
  }

  private static Rule never(SchemaCompiler compiler, Part part, List<String> declared) {
    boolean labelled = compiler.options().labels() != Labels.NONE;
    return new BasicRules.Nothing(part.schema(), Keyword.NEVER, labelled, declared);
  }

  private static Rule unknown(SchemaCompiler compiler, Evaluated.Scope scope) {
    return compiler.options().unknownFields() == UnknownFields.OBSERVE
        ? new BasicRules.Labelled(BasicRules.Anything.RULE, 1L << Spans.UNKNOWN)
        : new BasicRules.Nothing(scope.owner(), Keyword.UNKNOWN_FIELD, false, scope.names());
  }

  private StringRule.TextTest test(Closure.Member member, String pattern) {
    try {
      return patterns.test(pattern);
    } catch (IllegalArgumentException e) {
      compiler.problem(
          member.facts.owner,
          String.valueOf(e.getMessage()),
          "write it without what is not supported");
      return (text, from, to) -> false;
    }
  }

  private @Nullable Rule propertyNames() {
    List<Part> parts = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      if (member.facts.propertyNames != null) {
        parts.add(compiler.child(member.part, member.facts.propertyNames));
      }
    }
    return parts.isEmpty() ? null : compiler.value(parts, true, Set.of());
  }

  private Node namer() {
    for (Closure.Member member : closure.members()) {
      if (member.facts.propertyNames != null) {
        return member.facts.owner;
      }
    }
    return closure.roots.getFirst().facts.owner;
  }

  private static boolean obeys(String name, Rule rule) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      json.append(c < 0x20 || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
    }
    byte[] bytes = json.append('"').toString().getBytes(StandardCharsets.UTF_8);
    Visit v = new Visit(0);
    v.begin(bytes, 0, bytes.length, Bounds.DEFAULT);
    return rule.scan(v, 0) >= 0;
  }

  /// The names a branch declares, however deep in its composition.
  private Set<String> namesWithin(Part part, Set<Part> seen) {
    Set<String> names = new HashSet<>();
    if (!seen.add(part)) {
      return names;
    }
    Facts facts = compiler.facts(part);
    names.addAll(facts.properties.keySet());
    List<Part> below = new ArrayList<>(compiler.targets(part));
    for (List<Node> list : List.of(facts.allOf, facts.anyOf, facts.oneOf)) {
      list.forEach(schema -> below.add(compiler.child(part, schema)));
    }
    below.forEach(next -> names.addAll(namesWithin(next, seen)));
    return names;
  }
}
