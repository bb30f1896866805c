package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles the schemas of one contract; what several of them share is compiled once.
///
/// One compiler serves one thread; the schemas it makes serve any number.
public final class SchemaCompiler {
  private static final int MOST_RULES = 400_000;
  private static final int MOST_PER_SCHEMA = 20_000;
  private static final int MANY_RULES = 100_000;

  private final Options options;
  private final List<Problem> problems = new ArrayList<>();
  private final Resources resources;
  private final Marks marks;
  private final Patterns patterns = new Patterns();
  private final Withholding withholding;
  private final IdentityHashMap<Node, Facts> facts = new IdentityHashMap<>();
  private final Map<Part, Integer> types = new HashMap<>();
  private final Map<Part, List<Part>> targets = new HashMap<>();
  private final Map<Part, Map<String, Part>> kinds = new HashMap<>();
  private final Kinds kindred;
  private final Map<Conjunction, Rule> rules = new HashMap<>();
  private final Map<Conjunction, Branching.Branch> branches = new HashMap<>();
  private int made;
  private int madeBefore;
  private int ids;

  public SchemaCompiler(Options options) {
    this.options = options;
    resources = new Resources(options, problems);
    marks = new Marks(facts);
    kindred = new Kinds(this, resources);
    withholding = new Withholding(this);
  }

  /// Compiles one schema by itself.
  ///
  /// @throws ProblemsException with everything in it that cannot be judged
  public static Schema compile(Node schema, Options options) {
    return new SchemaCompiler(options).compile(schema, List.of());
  }

  /// Compiles a schema whose documents are to be marked.
  ///
  /// @throws ProblemsException with everything in it that cannot be judged
  public Schema compile(Node schema, List<Mark> wishes) {
    problems.clear();
    madeBefore = made;
    List<Part> parts = new ArrayList<>();
    Part root = resources.root(schema);
    parts.add(root);
    if (!wishes.isEmpty()) {
      parts.add(
          new Part(marks.path(wishes, schema.place()), root.base(), Map.of(), root.language()));
    }
    Rule rule = value(parts, true, List.of(), Travel.PLAIN);
    if (!problems.isEmpty()) {
      List<Problem> all = problems.stream().distinct().toList();
      forget();
      throw new ProblemsException(all);
    }
    return new Schema(rule, options.bounds().holding(longest(root)));
  }

  /// The most characters a text may have; looked for only where some schema states more than is
  /// usual.
  private int longest(Part root) {
    for (Facts each : facts.values()) {
      for (StringRule.Length length : each.lengths) {
        if (length.word() == Keyword.MAX_LENGTH
            && options.bounds().holding(length.limit()) != options.bounds()) {
          return new LongestText(this).of(root);
        }
      }
    }
    return 0;
  }

  /// Whether another compiler had better go on, because this one has made as many rules as one
  /// contract usually needs.
  public boolean isFull() {
    return made > MANY_RULES;
  }

  /// What was learned beside a fault may rest on it, and the next schema must meet the fault again.
  private void forget() {
    rules.clear();
    branches.clear();
    facts.clear();
    types.clear();
    targets.clear();
    kinds.clear();
    kindred.forget();
    marks.forget();
    withholding.forget();
  }

  /// Whether `format` is a promise where a schema stands.
  boolean assertsFormats(Part part) {
    return options.assertFormats() || part.language().formats();
  }

  Options options() {
    return options;
  }

  Withholding withholding() {
    return withholding;
  }

  Patterns patterns() {
    return patterns;
  }

  int nextId() {
    return ids++;
  }

  void problem(Node at, String message, String advice) {
    problems.add(new Problem(at.place(), message, advice));
  }

  Facts facts(Part part) {
    Facts known = facts.get(part.schema());
    if (known == null) {
      known = new FactsReader(part.language(), options.labels(), problems).read(part.schema());
      facts.put(part.schema(), known);
    }
    return known;
  }

  Part child(Part parent, Node schema) {
    return resources.child(parent, schema);
  }

  /// What a schema refers to.
  List<Part> targets(Part part) {
    List<Part> known = targets.get(part);
    if (known != null) {
      return known;
    }
    Facts facts = facts(part);
    List<Part> found = new ArrayList<>();
    if (facts.reference != null) {
      add(found, resources.target(part, facts.reference));
    }
    if (facts.dynamicReference != null) {
      add(found, resources.dynamicTarget(part, facts.dynamicReference));
    }
    targets.put(part, found);
    return found;
  }

  /// The schemas a discriminator without branches chooses among: those its mapping names, and those
  /// that build on it.
  Map<String, Part> kinds(Part part) {
    Map<String, Part> known = kinds.get(part);
    if (known == null) {
      known = kindred.of(part);
      kinds.put(part, known);
    }
    return known;
  }

  /// Those kinds of a base that are of a kind themselves.
  Map<String, Part> kinds(Part base, Part kind) {
    return kindred.of(base, kind);
  }

  /// Whether a schema has a name in its contract, and is not only another name for what it refers
  /// to.
  boolean named(Part part) {
    Facts facts = facts(part);
    boolean alias = facts.reference != null && !facts.declaresMembers();
    return !alias && kindred.name(part) != null;
  }

  /// Where one value of a mapping leads: a reference, or the bare name of a schema (OpenAPI 3.0.3,
  /// Discriminator Object).
  @Nullable Part mapped(Part part, String target) {
    boolean bare =
        target.matches("[A-Za-z0-9._-]+") && !target.endsWith(".json") && !target.endsWith(".yaml");
    return resources.target(part, bare ? "#/components/schemas/" + target : target);
  }

  private static void add(List<Part> parts, @Nullable Part part) {
    if (part != null) {
      parts.add(part);
    }
  }

  /// The types of value a schema may let pass; never too few.
  int types(Part part) {
    Integer known = types.get(part);
    if (known != null) {
      return known;
    }
    types.put(part, Type.ALL);
    Facts facts = facts(part);
    int found = facts.never ? 0 : facts.types;
    if (facts.values != null) {
      found &=
          facts.values.stream().mapToInt(value -> type(value).bit()).reduce(0, (a, b) -> a | b);
    }
    if (facts.constant != null) {
      found &= type(facts.constant).bit();
    }
    for (Part target : targets(part)) {
      found &= types(target);
    }
    for (Node schema : facts.allOf) {
      found &= types(child(part, schema));
    }
    for (List<Node> choice : List.of(facts.anyOf, facts.oneOf)) {
      int any = choice.isEmpty() ? Type.ALL : 0;
      for (Node schema : choice) {
        any |= types(child(part, schema));
      }
      found &= any;
    }
    types.put(part, found);
    return found;
  }

  Type type(Node value) {
    return switch (value) {
      case Node.Obj _ -> Type.OBJECT;
      case Node.Arr _ -> Type.ARRAY;
      case Node.Text _ -> Type.STRING;
      case Node.Num _ -> Type.NUMBER;
      case Node.Bool _ -> Type.BOOLEAN;
      case Node.Null _ -> Type.NULL;
    };
  }

  /// The rule for a value that several schemas describe.
  Rule value(List<Part> parts, boolean closed, List<Part> also, Travel travel) {
    return parts.isEmpty()
        ? BasicRules.Anything.RULE
        : rule(new Conjunction(parts, closed, also, withholding.relevant(parts, travel)));
  }

  /// The schemas whose fields a composition's branches need not declare again.
  List<Part> declaring(Closure closure, List<Part> also) {
    if (options.unknownFields() == UnknownFields.ALLOW) {
      return List.of();
    }
    List<Part> declaring = new ArrayList<>(also);
    for (Closure.Member member : closure.members()) {
      Facts facts = member.facts;
      if (facts.declaresMembers() || (facts.additional != null && !facts.ghost)) {
        declaring.add(member.part);
      }
    }
    return declaring;
  }

  /// What a composition's branches learn of what it withholds.
  Travel travel(Closure closure, Travel travel) {
    Set<String> names = new HashSet<>(withholding.names(closure));
    names.addAll(travel.withheld());
    return new Travel(travel.member(), travel.literal(), names);
  }

  /// A schema that is tried on a value which others describe too.
  ///
  /// @param also the others
  Branching.Branch branch(Part part, List<Part> also, Travel travel) {
    List<Part> parts = List.of(part);
    Conjunction conjunction =
        new Conjunction(parts, false, also, withholding.relevant(parts, travel));
    Branching.Branch known = branches.get(conjunction);
    if (known == null) {
      int id = nextId();
      known =
          new Branching.Branch(
              rule(conjunction),
              id,
              withholding.marks(part),
              withholding.reaches(part),
              Sentences.name(part.schema()));
      branches.put(conjunction, known);
    }
    return known;
  }

  private Rule rule(Conjunction conjunction) {
    Rule known = rules.get(conjunction);
    if (known != null) {
      return known;
    }
    Node owner = conjunction.parts().getFirst().schema();
    if (++made > MOST_RULES || made - madeBefore > MOST_PER_SCHEMA) {
      problem(owner, "this composition unfolds into too many cases", "name its parts with `$ref`");
      return BasicRules.Anything.RULE;
    }
    BasicRules.Late late = new BasicRules.Late();
    rules.put(conjunction, late);
    Rule made = new Composition(this, conjunction).rule();
    late.become(made);
    rules.put(conjunction, made);
    return made;
  }
}
