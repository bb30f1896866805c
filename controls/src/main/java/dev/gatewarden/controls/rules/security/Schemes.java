package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Tree;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What several rules ask of security schemes.
final class Schemes {
  private Schemes() {}

  /// The operations that ask for a scheme, alone or among others.
  static List<Operation> users(Audited contract, SecurityScheme scheme) {
    return contract.operations().stream()
        .filter(
            each ->
                each.security().alternatives().stream()
                    .flatMap(alternative -> alternative.needs().stream())
                    .anyMatch(need -> need.scheme().equals(scheme.name())))
        .toList();
  }

  /// A scheme as it is written, or null.
  static Node.@Nullable Obj source(Audited contract, SecurityScheme scheme) {
    Node.Obj components = Tree.object(contract.source(), "components");
    Node.Obj schemes = Tree.object(components, "securitySchemes");
    return schemes == null ? null : contract.object(schemes.get(scheme.name()));
  }

  /// Whether it is a signature over the request, which OpenAPI has no type for.
  static boolean signed(Audited contract, SecurityScheme scheme) {
    Node.Obj source = source(contract, scheme);
    if (source == null) {
      return false;
    }
    String said = scheme.name() + " " + Tree.text(source, "description");
    String lower = said.toLowerCase(Locale.ROOT);
    return source.get("x-amazon-apigateway-authtype") != null
        || lower.contains("signature")
        || lower.contains("hmac")
        || lower.contains("digest")
        || lower.contains("basic");
  }

  /// Whether a URL is reached over plain HTTP by others than its own machine.
  static boolean plain(@Nullable String url) {
    if (url == null || !url.strip().toLowerCase(Locale.ROOT).startsWith("http://")) {
      return false;
    }
    try {
      String host = new URI(url.strip()).getHost();
      return host == null || !Hosts.nearby(host);
    } catch (URISyntaxException wrong) {
      return true;
    }
  }
}
