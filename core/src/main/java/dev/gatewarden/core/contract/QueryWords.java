package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which query parameters of an operation name properties of its objects, and what for, as
/// `x-gatewarden-queries` says of an operation, a path or the whole contract.
///
/// A parameter that nobody speaks of is judged by its name, where that is a usual one.
///
/// @param uses by the name of the parameter; those that name no property are not among them
/// @param guessed those that only their name tells of
public record QueryWords(Map<String, Use> uses, Set<String> guessed) {
  static final String WORD = "queries";
  private static final String ADVICE =
      "write `{fields: query.fields, sort: [query.sort, query.order]}`";

  public QueryWords {
    uses = Collections.unmodifiableMap(new LinkedHashMap<>(uses));
    guessed = Set.copyOf(guessed);
  }

  /// What properties are named for.
  public enum Use {
    /// Only those are to come back.
    FIELDS,
    /// Those are not to come back.
    OMIT,
    /// What they refer to is to come back with them.
    INCLUDE,
    SORT,
    FILTER_BY,
    GROUP_BY,
    /// The parameter names no property, whatever it is called.
    FREE
  }

  /// What holds for an operation of a checked contract.
  public static QueryWords of(Operation operation) {
    Map<String, Use> stated = stated(operation.extensions().get(WORD), new Notes());
    Map<String, Use> uses = new LinkedHashMap<>();
    Set<String> guessed = new TreeSet<>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() != Parameter.In.QUERY) {
        continue;
      }
      String name = parameter.name();
      String bare = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
      Use said = stated.containsKey(name) ? stated.get(name) : stated.get(bare);
      Use use = said == null ? usual(bare) : said;
      if (use == null || use == Use.FREE) {
        continue;
      }
      uses.put(bare, use);
      if (said == null) {
        guessed.add(bare);
      }
    }
    return new QueryWords(uses, guessed);
  }

  /// What a parameter of that name is for nearly everywhere, or null.
  private static @Nullable Use usual(String name) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < name.length() && name.charAt(i) != '['; i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        plain.append(name.charAt(i));
      }
    }
    return switch (plain.toString().toLowerCase(Locale.ROOT)) {
      case "fields", "field", "select", "columns", "fieldset", "fieldmask", "projection" ->
          Use.FIELDS;
      case "omit", "exclude", "excludefields", "except" -> Use.OMIT;
      case "include", "includes", "expand", "embed", "populate" -> Use.INCLUDE;
      case "sort", "sortby", "sortfield", "sortkey", "orderby", "order", "ordering" -> Use.SORT;
      case "filter", "filters", "where", "rsql", "fiql" -> Use.FILTER_BY;
      case "groupby", "facet", "facets" -> Use.GROUP_BY;
      default -> null;
    };
  }

  static void read(Node node, Notes notes) {
    stated(node, notes);
  }

  private static Map<String, Use> stated(@Nullable Node node, Notes notes) {
    Map<String, Use> stated = new LinkedHashMap<>();
    if (node == null) {
      return stated;
    }
    if (!(node instanceof Obj object)) {
      notes.problem(
          node.place(), "`x-gatewarden-queries` should be a map, not " + Nodes.kind(node), ADVICE);
      return stated;
    }
    List<String> words = new ArrayList<>();
    for (Use use : Use.values()) {
      words.add(Fields.word(use));
    }
    Fields fields = new Fields(object, notes, words.toArray(String[]::new));
    for (Use use : Use.values()) {
      Node said = fields.node(Fields.word(use));
      List<Node> each =
          said == null ? List.of() : said instanceof Node.Arr list ? list.items() : List.of(said);
      for (Node one : each) {
        parameter(one, use, stated, notes);
      }
    }
    return stated;
  }

  private static void parameter(Node node, Use use, Map<String, Use> stated, Notes notes) {
    String text = Nodes.text(node);
    if (text == null) {
      notes.problem(node.place(), "a query parameter should be a text", ADVICE);
    } else if (!(SelectorReader.read(text)
        instanceof SelectorReader.Outcome.Read(Selector.QueryParameter(String name)))) {
      notes.problem(node.place(), "`" + Nodes.shown(text) + "` selects no query parameter", ADVICE);
    } else if (stated.putIfAbsent(name, use) != null) {
      notes.problem(
          node.place(), "`query." + Nodes.shown(name) + "` is named twice", "a word has one use");
    }
  }

  /// What an operation says of its own parameters has to be there; what is only guessed is told.
  static void check(Operation operation, Notes notes) {
    Node own = operation.source().get(Extensions.PREFIX + WORD);
    if (own != null) {
      for (String name : stated(own, new Notes()).keySet()) {
        if (operation.parameter(Parameter.In.QUERY, name) == null
            && operation.parameter(Parameter.In.QUERY, name + "[]") == null) {
          notes.problem(
              own.place(),
              "`" + operation.id().name() + "` has no query parameter `" + Nodes.shown(name) + "`");
        }
      }
    }
    if (!(operation.objects() instanceof ObjectBindings.Bound)) {
      return;
    }
    QueryWords words = of(operation);
    for (String name : words.guessed()) {
      Parameter parameter = operation.parameter(Parameter.In.QUERY, name);
      Use use = words.uses().get(name);
      if (parameter != null && use != null) {
        notes.warning(
            parameter.place(),
            "`query."
                + Nodes.shown(name)
                + "` of `"
                + operation.id().name()
                + "` is taken to name properties, by its name",
            "write `x-gatewarden-queries: {"
                + Fields.word(use)
                + ": query."
                + Nodes.shown(name)
                + "}`, or `{free: query."
                + Nodes.shown(name)
                + "}` if it names none");
      }
    }
  }
}
