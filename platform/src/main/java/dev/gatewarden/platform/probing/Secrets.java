package dev.gatewarden.platform.probing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// What no report and no log may hold: the credentials of everybody who plays a part.
final class Secrets {
  /// Shorter ones occur by chance.
  private static final int LEAST = 4;

  private final Set<String> all =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(each -> each));

  void add(String secret) {
    if (secret.length() >= LEAST) {
      all.add(secret);
      // as it stands in addresses, forms, JSON and XML
      all.add(Draft.encoded(secret));
      all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      String json = Json.text(Json.of(secret));
      all.add(json.substring(1, json.length() - 1));
      all.add(
          secret
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;"));
    }
  }

  /// What somebody presents, and what they log in by.
  void add(Identity identity) {
    identity.presents().forEach(one -> add(one.secret()));
    Identity.Login login = identity.login();
    if (login != null) {
      login
          .members()
          .forEach(
              (name, value) -> {
                if (name.toLowerCase(Locale.ROOT).matches(".*(pass|pwd|secret|pin|token|otp).*")) {
                  add(value);
                }
              });
    }
  }

  /// A text without them.
  String hidden(String text) {
    String here = text;
    for (String each : all) {
      here = here.replace(each, "…");
    }
    return here;
  }

  /// A body without them.
  byte[] hidden(byte[] body) {
    if (body.length == 0) {
      return body;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    String without = hidden(text);
    return without.equals(text) ? body : without.getBytes(StandardCharsets.UTF_8);
  }
}
