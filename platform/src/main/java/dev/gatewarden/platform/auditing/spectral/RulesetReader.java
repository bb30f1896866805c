package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.Sources;
import dev.gatewarden.core.finding.Tree;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a ruleset of Spectral, and those it extends, for one contract.
///
/// What is not understood is a problem, so that no rule is skipped without a word.
public final class RulesetReader {
  private static final int MOST_FILES = 64;
  private static final Bounds BOUNDS = new Bounds(4 << 20, 128, 500_000);
  private static final List<String> WORDS =
      List.of(
          "extends",
          "rules",
          "aliases",
          "overrides",
          "formats",
          "documentationUrl",
          "parserOptions",
          "functions",
          "functionsDir",
          "description",
          "summary");
  private final Sources sources;
  private final Set<String> kinds;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> notes = new ArrayList<>();
  private final Overrides overrides;
  private final FunctionReader functions = new FunctionReader(problems);
  private final Set<URI> open = new LinkedHashSet<>();
  private int files;

  /// What stands in a file and in those it extends.
  ///
  /// @param builtIn whether one of them extends what comes with Spectral
  record Scope(
      Map<String, SpectralRule> rules, Map<String, List<String>> aliases, boolean builtIn) {}

  /// @param document the contract as it was written
  private RulesetReader(Sources sources, Node document) {
    this.sources = sources;
    this.kinds = Kinds.of(document);
    this.overrides = new Overrides(this, document.place().origin().address());
  }

  /// @param document the contract as it was written
  /// @throws ProblemsException with everything that is not understood
  public static Ruleset read(Sources sources, Origin ruleset, Node document) {
    RulesetReader reader = new RulesetReader(sources, document);
    Node.Obj root = reader.document(ruleset, new Place(ruleset, 1, 1, Place.Path.ROOT));
    Scope scope = root == null ? new Scope(Map.of(), Map.of(), false) : reader.scope(root, true);
    if (!reader.problems.isEmpty()) {
      throw new ProblemsException(reader.problems.stream().distinct().toList());
    }
    return new Ruleset(
        scope.rules.values().stream().filter(each -> each.concerns(reader.kinds)).toList(),
        reader.overrides.exemptions(),
        reader.notes);
  }

  private Node.@Nullable Obj document(Origin origin, Place from) {
    String path = origin.name().toLowerCase(Locale.ROOT);
    if (path.endsWith(".js")
        || path.endsWith(".mjs")
        || path.endsWith(".cjs")
        || path.endsWith(".ts")) {
      problem(
          from,
          "`" + origin.name() + "` is a program, and rulesets written as programs are not run",
          "write it as YAML or JSON");
      return null;
    }
    if (++files > MOST_FILES) {
      problem(from, "more than " + MOST_FILES + " rulesets extend one another", "");
      return null;
    }
    try {
      Node node = new DocumentReader(BOUNDS).read(origin, sources.read(origin.address()));
      if (node instanceof Node.Obj object) {
        return object;
      }
      problem(node.place(), "a ruleset is a map", "it begins with `rules:` or `extends:`");
    } catch (IOException wrong) {
      problem(from, "the ruleset `" + origin.name() + "` cannot be read", "is the path right?");
    } catch (ProblemsException wrong) {
      problems.addAll(wrong.problems());
    }
    return null;
  }

  private Scope scope(Node.Obj root, boolean first) {
    URI address = root.place().origin().address();
    open.add(address);
    functions.known(root, WORDS, "a ruleset");
    Scope scope = own(root, new Scope(new LinkedHashMap<>(), new HashMap<>(), false));
    Node over = root.get("overrides");
    // as in Spectral, those of a ruleset that is extended count for nothing
    if (first && over != null) {
      scope = overrides.of(over, scope);
    } else if (over != null) {
      notes.add(
          new Problem(
              over.place(), "`overrides` count in the first ruleset alone", "move them there"));
    }
    open.remove(address);
    return scope;
  }

  /// What a ruleset or an override says, on what was said before.
  Scope own(Node.Obj root, Scope before) {
    Scope scope = new Scope(before.rules, before.aliases, extended(root, before));
    Aliases aliases = new AliasReader(this).read(root.get("aliases"), scope.aliases);
    Set<String> formats = formats(root.get("formats"));
    String link = Tree.text(root, "documentationUrl");
    List<String> foreign = new ArrayList<>();
    Node rules = root.get("rules");
    if (rules instanceof Node.Obj all) {
      RuleReader reader = new RuleReader(aliases, formats, link, this, functions);
      for (Node.Member each : all.entries()) {
        SpectralRule known = scope.rules.get(each.name());
        if (known == null && scope.builtIn && !(each.value() instanceof Node.Obj)) {
          foreign.add(each.name());
          continue;
        }
        SpectralRule rule = reader.read(each, known);
        if (rule != null) {
          scope.rules.put(each.name(), rule);
        }
      }
    } else if (rules != null) {
      problem(rules.place(), "`rules` is a map of rules by their names", "");
    }
    if (!foreign.isEmpty() && rules != null) {
      notes.add(
          new Problem(
              rules.place(),
              "what is said of `"
                  + String.join("`, `", foreign.subList(0, Math.min(3, foreign.size())))
                  + "`"
                  + (foreign.size() > 3 ? " and " + (foreign.size() - 3) + " more" : "")
                  + " has no effect: rules that come with Spectral are not run",
              "the rules of the audit stand for them"));
    }
    return scope;
  }

  private boolean extended(Node.Obj root, Scope scope) {
    Node node = root.get("extends");
    boolean builtIn = scope.builtIn;
    if (node == null) {
      return builtIn;
    }
    for (Node each : node instanceof Node.Arr list ? list.items() : List.of(node)) {
      Node name = each;
      String mode = "recommended";
      if (each instanceof Node.Arr(var _, List<Node> pair) && pair.size() == 2) {
        name = pair.getFirst();
        mode =
            pair.getLast() instanceof Node.Bool ? "off" : String.valueOf(Tree.text(pair.getLast()));
      }
      if (!(name instanceof Node.Text(var _, String target))) {
        problem(each.place(), "`extends` is a file, or `[file, off|recommended|all]`", "");
      } else if (!Set.of("off", "recommended", "all").contains(mode)) {
        problem(each.place(), "`" + mode + "` is none of off, recommended and all", "");
      } else {
        builtIn |= extend(name.place(), target, mode, scope);
      }
    }
    return builtIn;
  }

  /// Whether what is extended comes with Spectral.
  private boolean extend(Place from, String target, String mode, Scope into) {
    if (target.startsWith("spectral:")) {
      if (!mode.equals("off")) {
        notes.add(
            new Problem(
                from,
                "`" + target + "` is not run: the audit's own rules stand for it",
                "leave it for Spectral; own rules beside it are run here"));
      }
      return true;
    }
    if (target.contains("://") || target.startsWith("//")) {
      problem(
          from,
          "`" + target + "` lies elsewhere, and rulesets are not fetched",
          "download it beside this file and extend the copy");
      return false;
    }
    boolean file = target.matches("(?i).*\\.(ya?ml|json|m?js|cjs|ts)") || target.startsWith(".");
    if (!file && !target.startsWith("/")) {
      problem(
          from,
          "`" + target + "` is a package, and packages are not installed",
          "extend the file within it, as `./node_modules/" + target + "/…`");
      return false;
    }
    URI address;
    try {
      address = from.origin().address().resolve(new URI(null, null, target, null));
    } catch (java.net.URISyntaxException | IllegalArgumentException wrong) {
      problem(from, "`" + target + "` is no path", "");
      return false;
    }
    if (open.contains(address)) {
      problem(from, "`" + target + "` is extended by what it extends", "");
      return false;
    }
    Node.Obj root = document(new Origin(address, shown(from, target)), from);
    if (root == null) {
      return false;
    }
    Scope scope = scope(root, false);
    into.aliases.putAll(scope.aliases);
    scope.rules.forEach((name, rule) -> into.rules.put(name, inherited(rule, mode)));
    return scope.builtIn;
  }

  private static SpectralRule inherited(SpectralRule rule, String mode) {
    return switch (mode) {
      case "off" -> rule.on(false);
      case "all" -> rule.on(true);
      default -> rule;
    };
  }

  private static String shown(Place from, String target) {
    String name = from.origin().name();
    int slash = name.lastIndexOf('/');
    String plain = target.startsWith("./") ? target.substring(2) : target;
    return target.startsWith("/") || slash < 0 ? plain : name.substring(0, slash + 1) + plain;
  }

  Set<String> formats(@Nullable Node node) {
    Set<String> formats = new LinkedHashSet<>();
    for (String each : Tree.texts(node)) {
      if (Kinds.KNOWN.contains(each)) {
        formats.add(each);
      } else if (node != null) {
        problem(
            node.place(),
            "`" + each + "` is no format",
            "those of contracts are oas2, oas3, oas3_0, oas3_1 and oas3_2");
      }
    }
    return formats;
  }

  /// The formats that the contract is of.
  Set<String> kinds() {
    return kinds;
  }

  FunctionReader functions() {
    return functions;
  }

  void problem(Place place, String message, String advice) {
    problems.add(new Problem(place, message, advice));
  }
}
