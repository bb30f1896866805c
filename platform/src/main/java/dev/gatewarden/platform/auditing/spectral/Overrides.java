package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.PercentCoding;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.finding.Tree;
import dev.gatewarden.platform.auditing.spectral.RulesetReader.Scope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `overrides`: what a ruleset says of some contracts, or of parts of one, alone.
final class Overrides {
  private static final List<String> WORDS =
      List.of(
          "files", "formats", "rules", "aliases", "extends", "parserOptions", "documentationUrl");

  private final RulesetReader reader;
  private final URI contract;
  private final List<Ruleset.Exemption> exemptions = new ArrayList<>();

  /// @param contract where the contract stands that is judged
  Overrides(RulesetReader reader, URI contract) {
    this.reader = reader;
    this.contract = contract;
  }

  /// What holds of parts of the contract alone.
  List<Ruleset.Exemption> exemptions() {
    return exemptions;
  }

  /// What holds once the overrides that meet the contract are laid over it.
  Scope of(Node node, Scope before) {
    Scope scope = before;
    if (!(node instanceof Node.Arr list)) {
      reader.problem(node.place(), "`overrides` is a list", "");
      return scope;
    }
    for (Node each : list.items()) {
      if (each instanceof Node.Obj override) {
        scope = override(override, scope);
      } else {
        reader.problem(
            each.place(), "an override is a map with `files` or `formats`, and `rules`", "");
      }
    }
    return scope;
  }

  private Scope override(Node.Obj override, Scope scope) {
    reader.functions().known(override, WORDS, "an override");
    List<String> files = Tree.texts(override.get("files"));
    Set<String> formats = reader.formats(override.get("formats"));
    if (files.isEmpty() && formats.isEmpty()) {
      reader.problem(override.place(), "an override says `files` or `formats`", "");
    }
    boolean kind = formats.isEmpty() || formats.stream().anyMatch(reader.kinds()::contains);
    boolean whole = files.isEmpty();
    List<List<String>> below = new ArrayList<>();
    String path = relative(override.place().origin().address(), contract);
    for (String file : files) {
      int hash = file.indexOf('#');
      if (matches(hash < 0 ? file : file.substring(0, hash), path, override)) {
        Pointer pointer =
            hash < 0 ? null : Pointer.parse(PercentCoding.decoded(file.substring(hash + 1)));
        whole |= hash < 0;
        if (pointer != null) {
          below.add(pointer.tokens());
        } else if (hash >= 0) {
          reader.problem(
              override.place(), "what follows `#` in `" + file + "` is no JSON pointer", "");
        }
      }
    }
    if (kind && whole) {
      return reader.own(override, scope);
    }
    if (kind && !below.isEmpty()) {
      exempt(override, scope, below);
    }
    return scope;
  }

  private boolean matches(String glob, String path, Node at) {
    try {
      return new Glob(glob).matches(path);
    } catch (Malformed | Budget.Spent wrong) {
      reader.problem(at.place(), "`" + glob + "` is no pattern of files", "");
      return false;
    }
  }

  /// The contract's path as the ruleset sees it.
  private static String relative(URI ruleset, URI contract) {
    String folder = ruleset.resolve(".").getPath();
    String path = contract.getPath();
    if (folder == null || path == null) {
      return contract.toString();
    }
    return path.startsWith(folder) ? path.substring(folder.length()) : path;
  }

  private void exempt(Node.Obj override, Scope scope, List<List<String>> below) {
    if (!(override.get("rules") instanceof Node.Obj rules)) {
      reader.problem(override.place(), "this override has no `rules`", "");
      return;
    }
    for (Node.Member each : rules.entries()) {
      if (each.value() instanceof Node.Obj) {
        reader.problem(
            each.namePlace(),
            "an override with a JSON pointer sets severities alone",
            "say `" + each.name() + ": \"off\"` or another severity");
      } else if (scope.rules().containsKey(each.name())) {
        RuleReader.Said said = RuleReader.said(each, reader);
        below.forEach(
            at -> exemptions.add(new Ruleset.Exemption(at, each.name(), level(said, scope, each))));
      } else if (!scope.builtIn()) {
        reader.problem(each.namePlace(), "there is no rule `" + each.name() + "`", "");
      }
    }
  }

  private static @Nullable Level level(RuleReader.Said said, Scope scope, Node.Member rule) {
    SpectralRule known = scope.rules().get(rule.name());
    Level usual = known == null ? Level.WARN : known.level();
    return said.on() ? (said.level() == null ? usual : said.level()) : null;
  }
}
