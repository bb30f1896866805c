package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.document.Place;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares where two contracts say the API stands.
final class ServerComparison {
  private final Ledger ledger;

  ServerComparison(Ledger ledger) {
    this.ledger = ledger;
  }

  void compare(Contract old, Contract now) {
    Map<String, Server> before = byUrl(old);
    Map<String, Server> after = byUrl(now);
    before.forEach(
        (url, server) -> {
          if (!after.containsKey(url)) {
            String sentence = "the server `" + Literals.shown(url) + "` is gone";
            note(Kind.SERVER_REMOVED, url, server.place(), now.source().place(), sentence);
          }
        });
    after.forEach(
        (url, server) -> {
          if (!before.containsKey(url)) {
            boolean plain = plain(url, server.host());
            note(
                plain ? Kind.SERVER_PLAIN_HTTP : Kind.SERVER_ADDED,
                url,
                old.source().place(),
                server.place(),
                "the server `"
                    + Literals.shown(url)
                    + (plain ? "` is new, and speaks plain http" : "` is new"));
          }
        });
  }

  private static Map<String, Server> byUrl(Contract contract) {
    Map<String, Server> byUrl = new LinkedHashMap<>();
    for (Server server : contract.servers()) {
      String url = server.url().strip();
      while (url.length() > 1 && url.endsWith("/")) {
        url = url.substring(0, url.length() - 1);
      }
      byUrl.putIfAbsent(url, server);
    }
    return byUrl;
  }

  private static boolean plain(String url, @Nullable String host) {
    return url.toLowerCase(Locale.ROOT).startsWith("http:")
        && host != null
        && !host.equals("localhost")
        && !host.startsWith("127.")
        && !host.equals("[::1]");
  }

  private void note(Kind kind, String url, Place before, Place after, String sentence) {
    ledger.note(kind, url, before, after, sentence);
  }
}
