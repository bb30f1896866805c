package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// What no report and no log may hold: the credentials of everybody who plays a part.
final class Secrets {
  /// Shorter ones occur by chance.
  private static final int LEAST = 4;

  private final List<String> all;

  private Secrets(List<String> all) {
    this.all = all;
  }

  static Secrets of(Collection<Identity> identities) {
    TreeSet<String> all =
        new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(each -> each));
    for (Identity each : identities) {
      each.presents().forEach(one -> all.add(one.secret()));
      Identity.Login login = each.login();
      if (login != null) {
        login
            .members()
            .forEach(
                (name, value) -> {
                  if (name.toLowerCase(Locale.ROOT)
                      .matches(".*(pass|pwd|secret|pin|token|otp).*")) {
                    all.add(value);
                  }
                });
      }
    }
    all.removeIf(each -> each.length() < LEAST);
    return new Secrets(List.copyOf(all));
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
