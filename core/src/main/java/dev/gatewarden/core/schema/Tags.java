package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A member whose text tells the branches of a choice apart.
///
/// @param branches the branch for each text
/// @param otherwise what holds where the member is missing or says something else; null where that
///     is refused
/// @param refused   texts that are refused in any case
/// @param optional  whether some branch lets the member be missing, so that without it the branches
///     are tried as if they had no tag
record Tags(
    String name,
    Map<String, Part> branches,
    @Nullable Part otherwise,
    Set<String> refused,
    boolean optional) {

  /// The tag of a choice among objects, or null when it has none.
  static @Nullable Tags of(SchemaCompiler compiler, Closure closure, Closure.Open open) {
    if (open.word() != Keyword.ANY_OF
        && open.word() != Keyword.ONE_OF
        && open.word() != Keyword.DISCRIMINATOR) {
      return null;
    }
    if (open.word() == Keyword.DISCRIMINATOR) {
      return kinds(compiler, closure, open.at());
    }
    if (open.at().facts.discriminator != null) {
      Tags stated = stated(compiler, closure, open);
      if (stated != null) {
        return stated;
      }
    }
    return found(compiler, open);
  }

  /// Without a mapping the names are only the contract's own, which services often spell otherwise:
  /// such a value is judged by the base alone.
  ///
  /// The tag of a kind that is not meant is refused all the same, unless another tag was answered
  /// before, whose mapping may spell it otherwise.
  private static @Nullable Tags kinds(
      SchemaCompiler compiler, Closure closure, Closure.Member member) {
    String name = member.facts.discriminator;
    if (name == null) {
      return null;
    }
    Part meant = closure.meant(member);
    Map<String, Part> kinds = compiler.kinds(member.part, meant);
    boolean lenient = member.facts.mapping.isEmpty() || closure.chosen();
    Set<String> others = new LinkedHashSet<>(compiler.kinds(member.part).keySet());
    others.removeAll(kinds.keySet());
    return new Tags(
        name, kinds, lenient ? meant : null, closure.chosen() ? Set.of() : others, false);
  }

  private static @Nullable Tags stated(
      SchemaCompiler compiler, Closure closure, Closure.Open open) {
    Part at = open.at().part;
    Facts facts = open.at().facts;
    String name = facts.discriminator;
    Map<String, Part> branches = new LinkedHashMap<>();
    Set<Part> mapped = new LinkedHashSet<>();
    Map<Part, Part> byTarget = new HashMap<>();
    for (Part branch : open.branches()) {
      if (branch != null) {
        byTarget.put(branch, branch);
        compiler.targets(branch).forEach(target -> byTarget.put(target, branch));
      }
    }
    for (Map.Entry<String, String> entry : facts.mapping.entrySet()) {
      Part target = compiler.mapped(at, entry.getValue());
      Part branch = target == null ? null : byTarget.get(target);
      if (branch != null) {
        branches.put(entry.getKey(), branch);
        mapped.add(branch);
      }
    }
    for (Part branch : open.branches()) {
      String reference = branch == null ? null : compiler.facts(branch).reference;
      if (branch == null || mapped.contains(branch)) {
        continue;
      }
      if (reference == null) {
        return null;
      }
      branches.putIfAbsent(reference.substring(reference.lastIndexOf('/') + 1), branch);
    }
    if (name == null || branches.isEmpty()) {
      return null;
    }
    boolean optional =
        !required(closure).contains(name)
            && open.branches().stream().anyMatch(branch -> !requires(compiler, branch, name));
    return new Tags(name, branches, null, Set.of(), optional);
  }

  private static @Nullable Tags found(SchemaCompiler compiler, Closure.Open open) {
    List<Closure> closures = new ArrayList<>();
    for (Part branch : open.branches()) {
      if (branch == null) {
        return null;
      }
      closures.add(new Closure(compiler, List.of(branch), Type.OBJECT, Map.of()));
    }
    for (String name : required(closures.getFirst())) {
      Map<String, Part> branches = new LinkedHashMap<>();
      boolean apart = true;
      for (int i = 0; i < closures.size() && apart; i++) {
        Set<String> texts =
            required(closures.get(i)).contains(name)
                ? texts(compiler, closures.get(i), name)
                : Set.of();
        apart = !texts.isEmpty();
        for (String text : texts) {
          apart &=
              branches.put(text, java.util.Objects.requireNonNull(open.branches().get(i))) == null;
        }
      }
      if (apart) {
        return new Tags(name, branches, null, Set.of(), false);
      }
    }
    return null;
  }

  private static boolean requires(SchemaCompiler compiler, @Nullable Part branch, String name) {
    return branch != null
        && required(new Closure(compiler, List.of(branch), Type.OBJECT, Map.of())).contains(name);
  }

  private static Set<String> required(Closure closure) {
    Set<String> names = new LinkedHashSet<>();
    closure.members().forEach(member -> names.addAll(member.facts.required));
    return names;
  }

  /// The only texts a member may have, or none when it may have others.
  private static Set<String> texts(SchemaCompiler compiler, Closure closure, String name) {
    List<Part> parts = new ArrayList<>();
    for (Closure.Member member : closure.members()) {
      Node schema = member.facts.properties.get(name);
      if (schema != null) {
        parts.add(compiler.child(member.part, schema));
      }
    }
    if (parts.isEmpty()) {
      return Set.of();
    }
    for (Type type : List.of(Type.NUMBER, Type.BOOLEAN, Type.NULL, Type.OBJECT, Type.ARRAY)) {
      if (!new Closure(compiler, parts, type, Map.of()).refused()) {
        return Set.of();
      }
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Closure.Member member : new Closure(compiler, parts, Type.STRING, Map.of()).members()) {
      List<Node> values =
          member.facts.constant != null ? List.of(member.facts.constant) : member.facts.values;
      if (values == null) {
        continue;
      }
      Set<String> here = new LinkedHashSet<>();
      for (Node value : values) {
        if (value instanceof Node.Text(var place, String text)) {
          here.add(text);
        }
      }
      if (texts.isEmpty()) {
        texts.addAll(here);
      } else {
        texts.retainAll(here);
      }
    }
    return texts;
  }
}
