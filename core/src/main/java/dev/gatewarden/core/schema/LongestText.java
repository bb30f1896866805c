package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The most characters that a schema, or any that it leads to, grants to a text.
final class LongestText {
  private final SchemaCompiler compiler;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Part> open = new ArrayDeque<>();

  LongestText(SchemaCompiler compiler) {
    this.compiler = compiler;
  }

  int of(Part root) {
    int longest = 0;
    open.add(root);
    while (!open.isEmpty()) {
      Part part = open.pop();
      if (seen.add(part.schema())) {
        Facts facts = compiler.facts(part);
        for (StringRule.Length length : facts.lengths) {
          longest = Math.max(longest, length.word() == Keyword.MAX_LENGTH ? length.limit() : 0);
        }
        open.addAll(compiler.targets(part));
        for (Node schema : below(facts)) {
          open.add(compiler.child(part, schema));
        }
      }
    }
    return longest;
  }

  private static List<Node> below(Facts facts) {
    List<Node> all = new ArrayList<>();
    all.addAll(facts.allOf);
    all.addAll(facts.anyOf);
    all.addAll(facts.oneOf);
    all.addAll(facts.prefix);
    all.addAll(facts.properties.values());
    all.addAll(facts.patterned.values());
    all.addAll(facts.dependentSchemas.values());
    add(all, facts.then);
    add(all, facts.otherwise);
    add(all, facts.condition);
    add(all, facts.items);
    add(all, facts.contains);
    add(all, facts.unevaluatedItems);
    add(all, facts.additional);
    add(all, facts.propertyNames);
    add(all, facts.unevaluatedProperties);
    return all;
  }

  private static void add(List<Node> all, @Nullable Node schema) {
    if (schema != null) {
      all.add(schema);
    }
  }
}
