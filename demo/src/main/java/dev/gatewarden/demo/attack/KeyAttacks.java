package dev.gatewarden.demo.attack;

import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.demo.shop.Fault;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;

/// API keys that should open nothing, or not this (OWASP API2, broken authentication).
final class KeyAttacks {
  private static final String STOCK = "/v1/stock";
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String WHY =
      """
      The shop takes whatever looks like a key, and a key that was given out once opens for ever. The gate
      keeps a keyed digest of each key it issued: what it opens, until when, and that it was taken back. A
      key has a checksum, so a typing error is told from a guess and scanners find leaked ones; none
      counts in an address, where logs and histories keep it, and one of the gate's own that stands there
      opens nothing from that moment on.\
      """;

  private KeyAttacks() {}

  static Family family() {
    return new Family(
        "A key that opens too much",
        WHY,
        List.of(
            bad("a key that somebody made up", _ -> madeUp("live")),
            bad("a key with a typing error", keys -> mistyped(keys.warehouse())),
            bad("a key of the test environment", _ -> madeUp("test")),
            bad("a key that was taken back", Keys::ended),
            bad("a key for another operation", Keys::auditor),
            Row.attack("a key in the address", Fault.KEYS, KeyAttacks::inAddress),
            Row.good("the warehouse's key", side -> read(side, side.keys().warehouse()))));
  }

  private static Row bad(String title, Function<Keys, String> key) {
    return Row.attack(title, Fault.KEYS, side -> read(side, key.apply(side.keys())));
  }

  private static Outcome read(Side side, String key) throws IOException, InterruptedException {
    return stock(side.send(side.request(STOCK, null).header("x-api-key", key).GET()));
  }

  private static Outcome inAddress(Side side) throws IOException, InterruptedException {
    return stock(side.get(STOCK + "?key=" + madeUp("live"), null));
  }

  private static Outcome stock(Seen seen) {
    return Outcome.of(seen.text().contains("GRINDER-2"), seen, "all the stock");
  }

  /// Right in every letter, and issued by nobody.
  private static String madeUp(String environment) {
    byte[] id = new byte[KeyText.ID_BYTES];
    byte[] secret = new byte[KeyText.SECRET_BYTES];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(secret);
    return KeyText.of(environment, id, secret).text();
  }

  private static String mistyped(String key) {
    int at = key.length() - 20;
    char other = key.charAt(at) == 'x' ? 'y' : 'x';
    return key.substring(0, at) + other + key.substring(at + 1);
  }
}
