package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the rules of one file.
///
/// @param formats of the file, for rules that say none
/// @param link where more is said of all of them
record RuleReader(
    Aliases aliases,
    Set<String> formats,
    @Nullable String link,
    RulesetReader to,
    FunctionReader functions) {
  private static final List<String> WORDS =
      List.of(
          "given",
          "then",
          "severity",
          "description",
          "message",
          "formats",
          "resolved",
          "recommended",
          "documentationUrl",
          "type",
          "tags",
          "enabled",
          "extensions",
          "summary");

  /// Whether a rule runs, and at which level; null where that is not said.
  record Said(boolean on, @Nullable Level level) {}

  /// A rule, or null after a problem.
  ///
  /// @param known what is inherited under that name
  @Nullable SpectralRule read(Node.Member member, @Nullable SpectralRule known) {
    if (member.value() instanceof Node.Obj object) {
      return defined(member, object, known);
    }
    Said said = said(member, to);
    if (known == null) {
      to.problem(
          member.namePlace(),
          "there is no rule `" + member.name() + "` whose severity could be set",
          "extend the ruleset that has it, or define it by `given` and `then`");
      return null;
    }
    return known.at(said.level() == null ? known.level() : said.level(), said.on());
  }

  /// What a bare severity says.
  static Said said(Node.Member member, RulesetReader to) {
    if (member.value() instanceof Node.Bool bool) {
      return new Said(bool.value(), null);
    }
    return severity(member.value(), to);
  }

  private static Said severity(Node node, RulesetReader to) {
    String word =
        node instanceof Node.Num number ? number.literal() : String.valueOf(Tree.text(node));
    return switch (word) {
      case "error", "0" -> new Said(true, Level.ERROR);
      case "warn", "1" -> new Said(true, Level.WARN);
      case "info", "2" -> new Said(true, Level.INFO);
      case "hint", "3" -> new Said(true, Level.HINT);
      case "off", "-1" -> new Said(false, null);
      default -> {
        to.problem(
            node.place(), "this is no severity", "say error, warn, info, hint, off, or 0 to 3");
        yield new Said(true, null);
      }
    };
  }

  private @Nullable SpectralRule defined(
      Node.Member member, Node.Obj object, @Nullable SpectralRule known) {
    functions.known(object, WORDS, "a rule");
    Node givenNode = object.get("given");
    Node thenNode = object.get("then");
    if (known == null && (givenNode == null || thenNode == null)) {
      to.problem(
          member.namePlace(),
          "the rule `" + member.name() + "` lacks `" + (givenNode == null ? "given" : "then") + "`",
          "");
      return null;
    }
    Node severity = object.get("severity");
    Said said =
        severity == null
            ? new Said(true, known == null ? Level.WARN : known.level())
            : severity(severity, to);
    Node recommendedNode = object.get("recommended");
    boolean recommended =
        recommendedNode == null
            ? known == null || known.recommended()
            : !Tree.isFalse(recommendedNode);
    Node resolved = object.get("resolved");
    Node kinds = object.get("formats");
    return new SpectralRule(
        member.name(),
        either(Tree.text(object, "description"), known == null ? null : known.description()),
        either(Tree.text(object, "message"), known == null ? null : known.message()),
        said.level() == null ? Level.WARN : said.level(),
        givenNode == null && known != null ? known.given() : given(givenNode),
        thenNode == null && known != null ? known.then() : then(thenNode),
        kinds != null ? to.formats(kinds) : known != null ? known.formats() : formats,
        resolved == null ? known == null || known.resolved() : !Tree.isFalse(resolved),
        recommended,
        either(
            either(
                Tree.text(object, "documentationUrl"),
                link == null ? null : link + "#" + member.name()),
            known == null ? null : known.link()),
        member.namePlace(),
        said.on() && recommended && !Tree.isFalse(object.get("enabled")));
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  private List<JsonPath> given(@Nullable Node node) {
    List<JsonPath> paths = new ArrayList<>();
    if (node == null || Tree.texts(node).isEmpty()) {
      if (node != null) {
        to.problem(node.place(), "`given` is a path, or a list of paths", "");
      }
      return paths;
    }
    for (Node each : node instanceof Node.Arr list ? list.items() : List.of(node)) {
      if (!(each instanceof Node.Text(var _, String text))) {
        to.problem(each.place(), "this is no path", "");
        continue;
      }
      try {
        for (String path : aliases.expanded(text)) {
          paths.add(JsonPath.parse(path));
        }
      } catch (Malformed wrong) {
        to.problem(
            each.place(), "the path `" + text + "` is not understood: " + wrong.getMessage(), "");
      }
    }
    return paths;
  }

  private List<Then> then(@Nullable Node node) {
    List<Then> all = new ArrayList<>();
    if (node != null) {
      for (Node each : node instanceof Node.Arr list ? list.items() : List.of(node)) {
        Then then = functions.read(each);
        if (then != null) {
          all.add(then);
        }
      }
    }
    return all;
  }
}
