package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
  private final Conjunction conjunction;
  private final Set<Part> branches = new LinkedHashSet<>();
  private final Travel travel;
  private final Map<String, Boolean> withheld = new HashMap<>();

  ObjectBuilder(
      SchemaCompiler compiler, Closure closure, Conjunction conjunction, Evaluated evaluated) {
    this.compiler = compiler;
    this.closure = closure;
    this.evaluated = evaluated;
    patterns = compiler.patterns();
    travel = conjunction.travel();
    this.conjunction = conjunction;
    if (compiler.options().unknownFields() != UnknownFields.ALLOW) {
      for (Closure.Open open : closure.open) {
        branches.addAll(evaluated.above(open));
      }
    }
  }

  Rule rule() {
    List<String> texts = List.copyOf(names());
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
          (name, all) -> {
            List<String> others = all.stream().filter(one -> !withheld(one)).toList();
            int[] indexes = others.stream().mapToInt(names::index).toArray();
            dependents.add(
                new ObjectRule.Dependent(
                    facts.owner,
                    names.index(name),
                    indexes,
                    others.stream().map(other -> other + Sentences.SPLIT + name).toList()));
          });
      sizes.addAll(facts.memberCounts);
    }
    ObjectRule.Others others = others(propertyNames);
    ObjectRule rule = new ObjectRule(names, rules, others, required, dependents, sizes);
    boolean sent = compiler.options().direction() == Direction.REQUEST && conjunction.closed();
    return sent && others.open()
        ? rule.refusing(new NearNames(declared(texts)), closure.roots.getFirst().facts.owner)
        : rule;
  }

  /// Every name that any part of the composition declares.
  private Set<String> declared(List<String> known) {
    Set<String> declared = new LinkedHashSet<>(known);
    for (Closure.Open open : closure.open) {
      for (Part part : evaluated.above(open)) {
        declared.addAll(compiler.facts(part).properties.keySet());
      }
    }
    return declared;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      names.addAll(facts.properties.keySet());
      names.addAll(facts.required);
      if (facts.discriminator != null) {
        names.add(facts.discriminator);
      }
      facts.dependentRequired.forEach(
          (name, others) -> {
            names.add(name);
            names.addAll(others);
          });
    }
    if (conjunction.closed()) {
      conjunction.also().forEach(part -> names.addAll(compiler.facts(part).properties.keySet()));
    }
    return names;
  }

  private Rule member(String name, @Nullable Rule propertyNames) {
    if (propertyNames != null && !obeys(name, propertyNames)) {
      boolean labelled = compiler.options().labels() != Labels.NONE;
      return new BasicRules.Nothing(namer(), Keyword.PROPERTY_NAMES, labelled, List.of());
    }
    List<Part> parts = partsFor(name);
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
    boolean closed =
        conjunction.closed() || describing(conjunction.also(), name, new ArrayList<>()).isEmpty();
    return compiler.value(parts, closed, elsewhere(name), travel.toMember());
  }

  private List<Part> partsFor(String name) {
    List<Part> parts = new ArrayList<>();
    closure.members().forEach(member -> describing(member.part, name, parts));
    return parts;
  }

  /// Everything the rest of the composition says of a member, with all it might bring along.
  private List<Part> elsewhere(String name) {
    if (compiler.options().unknownFields() == UnknownFields.ALLOW) {
      return List.of();
    }
    List<Part> parts = describing(conjunction.also(), name, new ArrayList<>());
    describing(branches, name, parts);
    Set<Part> all = new LinkedHashSet<>();
    parts.forEach(part -> evaluated.above(part, all));
    return List.copyOf(all);
  }

  private List<Part> describing(Collection<Part> schemas, String name, List<Part> parts) {
    schemas.forEach(schema -> describing(schema, name, parts));
    return parts;
  }

  /// What a schema says of a member of that name.
  private void describing(Part schema, String name, List<Part> parts) {
    Facts facts = compiler.facts(schema);
    boolean found = false;
    Node member = facts.properties.get(name);
    if (member != null) {
      parts.add(compiler.child(schema, member));
      found = true;
    }
    for (Map.Entry<String, Node> entry : facts.patterned.entrySet()) {
      if (patterns.finds(entry.getKey(), name)) {
        parts.add(compiler.child(schema, entry.getValue()));
        found = true;
      }
    }
    if (!found && facts.additional != null) {
      parts.add(compiler.child(schema, facts.additional));
    }
  }

  /// Whether a field does not travel this way, so that nobody can ask for it.
  private boolean withheld(String name) {
    if (travel.literal()) {
      return false;
    }
    return withheld.computeIfAbsent(
        name,
        key ->
            travel.withheld().contains(key)
                || compiler.withholding().withholds(partsFor(key))
                || compiler.withholding().withholds(closure, key));
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
    for (Evaluated.Scope scope : evaluated.scopes()) {
      for (Closure.Member member : scope.within()) {
        if (!bits.containsKey(member)) {
          bits.put(member, allowed(member, patterned));
        }
      }
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
        remainders.add(
            new ObjectRule.Others.Remainder(
                own, memoised(rest(compiler, scope, travel.toMember()))));
      }
    }
    patterned.replaceAll(
        one -> new ObjectRule.Others.Patterned(one.pattern(), memoised(one.rule())));
    return new ObjectRule.Others(propertyNames, patterned, remainders);
  }

  /// The patterns of a schema that is judged elsewhere: their names are known here.
  private long allowed(Closure.Member member, List<ObjectRule.Others.Patterned> patterned) {
    long own = 0;
    for (String pattern : member.facts.patterned.keySet()) {
      own |= 1L << patterned.size();
      patterned.add(
          new ObjectRule.Others.Patterned(test(member, pattern), BasicRules.Anything.RULE));
    }
    return own;
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
    return compiler.value(parts, true, List.of(), travel.toMember());
  }

  private Rule rest(Part part) {
    return compiler.value(List.of(part), true, List.of(), travel.toMember());
  }

  /// Several rules may read the same value, so what each says is remembered.
  private Rule memoised(Rule rule) {
    return rule instanceof BasicRules.Nothing
        ? rule
        : new Composite(rule, compiler.nextId(), compiler.options().direction() != Direction.BOTH);
  }

  /// The rule for what a scope leaves over.
  static Rule rest(SchemaCompiler compiler, Evaluated.Scope scope, Travel travel) {
    Part rest = scope.rest();
    if (rest == null) {
      return unknown(compiler, scope);
    }
    return compiler.facts(rest).never
        ? never(compiler, rest, scope.names())
        : compiler.value(List.of(rest), true, List.of(), travel);
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
    return parts.isEmpty() ? null : compiler.value(parts, true, List.of(), Travel.PLAIN);
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
}
