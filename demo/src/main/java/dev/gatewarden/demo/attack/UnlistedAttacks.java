package dev.gatewarden.demo.attack;

import static dev.gatewarden.demo.issuer.Person.ADMIN;

import dev.gatewarden.demo.shop.Fault;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Doors that nobody listed (OWASP API9, improper inventory).
final class UnlistedAttacks {

  private static final String WHY =
      """
      Developers leave doors open and forget them. Only what the contract lists can be called; everything
      else is not there, for an admin as for anybody.\
      """;

  private UnlistedAttacks() {}

  static Family family() {
    return new Family(
        "A page that nobody listed",
        WHY,
        List.of(
            Row.attack("anybody opens /debug/orders", Fault.DEBUG, side -> debug(side, false)),
            Row.attack("an admin opens /debug/orders", Fault.DEBUG, side -> debug(side, true)),
            Row.good("an admin opens /v1/orders", UnlistedAttacks::listed)));
  }

  private static Outcome debug(Side side, boolean asAdmin)
      throws IOException, InterruptedException {
    @Nullable String token = asAdmin ? side.token(ADMIN) : null;
    Seen seen = side.get("/debug/orders", token);
    int orders = seen.json().path("data").size();
    return Outcome.of(orders > 0, seen, "all " + orders + " orders");
  }

  private static Outcome listed(Side side) throws IOException, InterruptedException {
    Seen seen = side.get("/v1/orders", side.token(ADMIN));
    return Outcome.of(seen.ok(), seen, "");
  }
}
