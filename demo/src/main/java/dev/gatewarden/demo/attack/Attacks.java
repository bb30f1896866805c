package dev.gatewarden.demo.attack;

import java.util.List;

/// Every family of attacks that the demonstration shows, in the order it shows them.
public final class Attacks {

  private Attacks() {}

  public static List<Family> all() {
    return List.of(
        ObjectAttacks.family(),
        PropertyAttacks.family(),
        InputAttacks.family(),
        WebhookAttacks.family(),
        CacheAttacks.family(),
        TokenAttacks.family(),
        KeyAttacks.family(),
        UnlistedAttacks.family());
  }
}
