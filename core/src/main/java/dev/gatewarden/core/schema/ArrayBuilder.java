package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles what is known beforehand about an array: the rules of all its schemas, merged place by
/// place.
final class ArrayBuilder {
  private static final int MOST_PREFIX = 10_000;

  private final SchemaCompiler compiler;
  private final Closure closure;
  private final Evaluated evaluated;
  private final Travel travel;

  ArrayBuilder(SchemaCompiler compiler, Closure closure, Evaluated evaluated, Travel travel) {
    this.compiler = compiler;
    this.closure = closure;
    this.evaluated = evaluated;
    this.travel = travel.toItem();
  }

  Rule rule() {
    int length = 0;
    List<ArrayRule.Size> sizes = new ArrayList<>();
    List<ArrayRule.Contains> contains = new ArrayList<>();
    @Nullable Node unique = null;
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      length = Math.max(length, facts.prefix.size());
      sizes.addAll(facts.itemCounts);
      unique = facts.unique ? facts.owner : unique;
      if (facts.contains != null) {
        Branching.Branch branch =
            compiler.branch(compiler.child(member.part, facts.contains), List.of(), travel);
        contains.add(
            new ArrayRule.Contains(
                facts.owner,
                branch,
                facts.minContains,
                facts.maxContains,
                facts.minContainsStated));
      }
    }
    Rule[] prefix = new Rule[Math.min(length, MOST_PREFIX)];
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] = compiler.value(partsFor(i), true, List.of(), travel);
    }
    Rule rest = compiler.value(partsFor(length), true, List.of(), travel);
    return new ArrayRule(prefix, rest, sizes, contains, unique);
  }

  private List<Part> partsFor(int index) {
    List<Part> parts = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      if (index < facts.prefix.size()) {
        parts.add(compiler.child(member.part, facts.prefix.get(index)));
        if (facts.ghost && facts.items != null) {
          parts.add(compiler.child(member.part, facts.items));
        }
      } else if (facts.items != null) {
        parts.add(compiler.child(member.part, facts.items));
      }
    }
    for (Evaluated.Scope scope : evaluated.scopes()) {
      Part rest = scope.rest();
      if (rest != null && index >= scope.prefix() && !scope.all(Type.ARRAY)) {
        parts.add(rest);
      }
    }
    return parts;
  }
}
