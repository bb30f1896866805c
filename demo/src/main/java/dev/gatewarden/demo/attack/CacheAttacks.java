package dev.gatewarden.demo.attack;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;

import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.demo.shop.Fault;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Private answers out of a shared cache.
final class CacheAttacks {

  private static final String WHY =
      """
      One header, `Cache-Control: public`, allows every cache on the way to keep alice's answer and hand
      it to whoever asks next; the cache does nothing wrong. The gate knows from the contract that the
      answer belongs to one person and says `private, no-store` whatever the shop says.\
      """;

  private CacheAttacks() {}

  static Family family() {
    return new Family(
        "Somebody else's answer (cache leak)",
        WHY,
        List.of(
            Row.attack(
                "bob asks for his profile after alice",
                Fault.CACHE,
                side -> after(side, side.token(BOB))),
            Row.attack("anybody asks, without a token", Fault.CACHE, side -> after(side, null)),
            Row.good("alice sees her own profile, twice", side -> twice(side, ALICE)),
            Row.good("bob sees his own profile, twice", side -> twice(side, BOB))));
  }

  private static Outcome after(Side side, @Nullable String token)
      throws IOException, InterruptedException {
    side.getThroughCache("/v1/profile", side.token(ALICE));
    Seen seen = side.getThroughCache("/v1/profile", token);
    if (whose(seen).equals("alice")) {
      return Outcome.reached(seen, "alice's profile");
    }
    return Outcome.missed(seen, whose(seen).equals("bob") ? "bob's own profile" : "");
  }

  private static Outcome twice(Side side, Person person) throws IOException, InterruptedException {
    side.getThroughCache("/v1/profile", side.token(person));
    Seen seen = side.getThroughCache("/v1/profile", side.token(person));
    return Outcome.of(whose(seen).equals(person.subject()), seen, "");
  }

  private static String whose(Seen seen) {
    return seen.json().path("id").asString("");
  }
}
