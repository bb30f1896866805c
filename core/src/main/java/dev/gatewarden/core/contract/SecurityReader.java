package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the security schemes of a contract, and which of them a call must prove.
final class SecurityReader {
  private static final String REFERENCE = "#/components/securitySchemes/";

  private final Resolver resolver;
  private final Notes notes;
  private final Map<String, SecurityScheme> schemes = new LinkedHashMap<>();

  /// Schemes that stand in the contract but could not be read, so that their use is not a second
  /// problem.
  private final Set<String> faulty = new TreeSet<>();

  SecurityReader(Resolver resolver, Notes notes) {
    this.resolver = resolver;
    this.notes = notes;
  }

  /// The schemes under `components.securitySchemes`.
  Map<String, SecurityScheme> schemes(@Nullable Obj components) {
    Obj named = Nodes.object(components, "securitySchemes");
    if (named != null) {
      for (Node.Member member : named.entries()) {
        if (!member.name().startsWith("x-")) {
          scheme(member);
        }
      }
    }
    return schemes;
  }

  private void scheme(Node.Member member) {
    Obj object = resolver.object(member.value());
    SecurityScheme.Kind kind = object == null ? null : kind(object, member);
    if (object == null || kind == null) {
      if (object == null) {
        notes.problem(
            member.namePlace(),
            "the security scheme `" + Nodes.shown(member.name()) + "` is no map");
      }
      faulty.add(member.name());
      return;
    }
    schemes.put(
        member.name(),
        new SecurityScheme(member.name(), kind, ExtensionReader.words(object), member.namePlace()));
  }

  private SecurityScheme.@Nullable Kind kind(Obj object, Node.Member member) {
    String type = Nodes.text(object.get("type"));
    String what = "the security scheme `" + Nodes.shown(member.name()) + "`";
    if (type == null) {
      notes.problem(member.namePlace(), what + " has no `type`");
      return null;
    }
    return switch (type) {
      case "apiKey" -> apiKey(object, what, member);
      case "http" -> http(object, what, member);
      case "oauth2" -> oauth2(object, what, member);
      case "openIdConnect" -> {
        String url = Nodes.text(object.get("openIdConnectUrl"));
        yield new SecurityScheme.OpenIdConnect(url == null ? "" : url);
      }
      case "mutualTLS" -> new SecurityScheme.MutualTls();
      default -> {
        List<String> known = List.of("apiKey", "http", "oauth2", "openIdConnect", "mutualTLS");
        notes.problem(
            object.place(),
            what + " has the unknown type `" + Nodes.shown(type) + "`",
            type.equals("basic")
                ? "write `type: http` and `scheme: basic`"
                : Nearest.advice(type, known));
        yield null;
      }
    };
  }

  private SecurityScheme.@Nullable Kind apiKey(Obj object, String what, Node.Member member) {
    String name = Nodes.text(object.get("name"));
    String in = Nodes.text(object.get("in"));
    Parameter.In where =
        switch (in) {
          case "query" -> Parameter.In.QUERY;
          case "header" -> Parameter.In.HEADER;
          case "cookie" -> Parameter.In.COOKIE;
          case null, default -> null;
        };
    if (name == null || name.isBlank() || where == null) {
      notes.problem(
          member.namePlace(), what + " needs a `name`, and `in` as query, header or cookie");
      return null;
    }
    return new SecurityScheme.ApiKey(where, name);
  }

  private SecurityScheme.@Nullable Kind http(Obj object, String what, Node.Member member) {
    String scheme = Nodes.text(object.get("scheme"));
    if (scheme == null || scheme.isBlank()) {
      notes.problem(member.namePlace(), what + " has no `scheme`, such as `bearer`");
      return null;
    }
    String format = Nodes.text(object.get("bearerFormat"));
    return new SecurityScheme.Http(scheme.toLowerCase(Locale.ROOT), format == null ? "" : format);
  }

  private SecurityScheme.Kind oauth2(Obj object, String what, Node.Member member) {
    Set<String> scopes = new TreeSet<>();
    Map<String, String> urls = new HashMap<>();
    Obj flows = Nodes.object(object, "flows");
    if (flows == null) {
      notes.warning(member.namePlace(), what + " has no `flows`");
      return new SecurityScheme.OAuth2(scopes, urls);
    }
    for (Node.Member flow : flows.entries()) {
      Obj each = Nodes.object(flow.value());
      if (each != null && !flow.name().startsWith("x-")) {
        Obj named = Nodes.object(each, "scopes");
        if (named != null) {
          scopes.addAll(named.members().keySet());
        }
        String url = Nodes.text(each.get("tokenUrl"));
        urls.put(flow.name(), url == null ? "" : url);
      }
    }
    return new SecurityScheme.OAuth2(scopes, urls);
  }

  /// What a `security` member demands; the fallback holds where there is none.
  Security security(@Nullable Node node, Security fallback) {
    if (node == null) {
      return fallback;
    }
    if (!(node instanceof Node.Arr list)) {
      notes.problem(node.place(), "`security` should be a list, not " + Nodes.kind(node));
      return new Security(false, List.of(), node.place());
    }
    List<Security.Alternative> alternatives = new ArrayList<>();
    for (Node each : list.items()) {
      if (each instanceof Obj needs) {
        alternatives.add(alternative(needs));
      } else {
        notes.problem(
            each.place(), "an alternative of `security` should be a map, not " + Nodes.kind(each));
      }
    }
    // what could not be read must not read as `nothing is asked for`
    boolean whole = alternatives.size() == list.items().size();
    return new Security(whole, whole ? alternatives : List.of(), node.place());
  }

  private Security.Alternative alternative(Obj object) {
    List<Security.Need> needs = new ArrayList<>();
    for (Node.Member member : object.entries()) {
      List<String> scopes = new ArrayList<>();
      for (Node scope : Nodes.items(member.value())) {
        String text = Nodes.scalar(scope);
        if (text != null) {
          scopes.add(text);
        }
      }
      if (!(member.value() instanceof Node.Arr)) {
        notes.problem(
            member.value().place(),
            "the scopes of `"
                + Nodes.shown(member.name())
                + "` should be a list, not "
                + Nodes.kind(member.value()),
            "write `[]` where it needs none");
      }
      known(member, scopes);
      needs.add(new Security.Need(name(member), scopes));
    }
    return new Security.Alternative(needs);
  }

  /// A scheme by its name, or by a reference to it (OpenAPI 3.2, Security Requirement Object).
  private String name(Node.Member member) {
    String name = member.name();
    return !schemes.containsKey(name) && name.startsWith(REFERENCE)
        ? name.substring(REFERENCE.length())
        : name;
  }

  private void known(Node.Member member, List<String> scopes) {
    SecurityScheme scheme = schemes.get(name(member));
    if (scheme == null) {
      if (!faulty.contains(name(member))) {
        notes.problem(
            member.namePlace(),
            "there is no security scheme `" + Nodes.shown(member.name()) + "`",
            schemes.isEmpty()
                ? "state it under `components.securitySchemes`"
                : Nearest.advice(member.name(), schemes.keySet()));
      }
      return;
    }
    if (scheme.kind() instanceof SecurityScheme.OAuth2 oauth && !oauth.scopes().isEmpty()) {
      for (String scope : scopes) {
        if (!oauth.scopes().contains(scope)) {
          notes.warning(
              member.value().place(),
              "the scheme `" + member.name() + "` names no scope `" + Nodes.shown(scope) + "`",
              Nearest.advice(scope, oauth.scopes()));
        }
      }
    }
  }

  /// What holds where a contract says nothing at its top.
  static Security unstated(Place place) {
    return new Security(false, List.of(), place);
  }
}
