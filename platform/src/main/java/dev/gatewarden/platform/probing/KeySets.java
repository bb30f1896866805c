package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/// Looks for an issuer's published keys where the API itself shows them: at an operation whose path
/// speaks of keys, or where the issuer's metadata says (RFC 8414, OpenID Connect Discovery).
final class KeySets {
  private static final List<String> METADATA =
      List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration");

  private KeySets() {}

  /// The keys in the forms in which they are mistaken for secrets; none where none are shown.
  ///
  /// @param base what the contract's paths stand below, without a slash at its end
  static List<byte[]> shown(
      List<Operation> operations, String base, Function<Draft, Answer> sender) {
    if (operations.isEmpty()) {
      return List.of();
    }
    Draft any = Draft.of(operations.getFirst(), Identity.NOBODY).method("GET");
    Set<String> paths = new LinkedHashSet<>();
    for (Operation each : operations) {
      String path = each.path().text();
      String lower = path.toLowerCase(Locale.ROOT);
      if (each.method().equals("GET") && !path.contains("{") && lower.contains("jwks")) {
        paths.add(path);
      }
    }
    for (String each : paths.isEmpty() ? METADATA : List.<String>of()) {
      Answer answer = sender.apply(any.raw(each));
      String address = Json.scalar(Json.at(answer.json(), List.of("jwks_uri")));
      if (address != null && address.startsWith(base + "/")) {
        paths.add(address.substring(base.length()));
        break;
      }
    }
    List<byte[]> keys = new ArrayList<>();
    for (String each : paths) {
      Answer answer = sender.apply(any.raw(each));
      try {
        keys.addAll(answer.ok() ? PublicKeys.asSecrets(answer.body()) : List.of());
      } catch (ProblemsException | IllegalArgumentException none) {
        // no key set: what else an API may show there
      }
    }
    return keys;
  }
}
