package dev.gatewarden.demo.attack;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;

import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Order;
import dev.gatewarden.demo.shop.Profile;
import dev.gatewarden.demo.shop.Shelves;
import java.io.IOException;
import java.util.List;

/// Properties one may not write, or should not see (OWASP API3, mass assignment and excessive
/// data).
final class PropertyAttacks {

  private static final String WHY =
      """
      The shop copies whatever JSON it gets onto its own record, so whoever guesses the word `role` picks
      one. In the contract the property says who may write it, and the gate refuses the rest before the
      shop sees it. The other way round, what the shop lets slip and the contract never promised is cut
      out of the answer.\
      """;

  private PropertyAttacks() {}

  static Family family() {
    return new Family(
        "A property too many (mass assignment, excessive data)",
        WHY,
        List.of(
            Row.attack(
                "alice makes herself admin",
                Fault.MASS_ASSIGNMENT,
                side -> profile(side, ALICE, "{\"displayName\":\"Al\",\"role\":\"admin\"}")),
            Row.attack(
                "alice marks her order as paid", Fault.MASS_ASSIGNMENT, PropertyAttacks::pay),
            Row.attack(
                "alice's profile tells her password hash", Fault.EXPOSURE, PropertyAttacks::hash),
            Row.good(
                "alice changes her name", side -> profile(side, ALICE, "{\"displayName\":\"Al\"}")),
            Row.good(
                "an admin sets a role",
                side -> profile(side, ADMIN, "{\"displayName\":\"Al\",\"role\":\"admin\"}"))));
  }

  private static Outcome profile(Side side, Person person, String change)
      throws IOException, InterruptedException {
    Seen seen = side.patch("/v1/profile", side.token(person), change);
    Profile profile = side.shelves().profile(person.subject());
    boolean reached =
        profile != null
            && profile.displayName().equals("Al")
            && (!change.contains("role") || profile.role().equals("admin"));
    return Outcome.of(
        reached, seen, change.contains("role") && person == ALICE ? "alice is admin" : "");
  }

  private static Outcome pay(Side side) throws IOException, InterruptedException {
    Seen seen =
        side.patch(
            ObjectAttacks.path(Shelves.OF_ALICE), side.token(ALICE), "{\"status\":\"paid\"}");
    Order order = side.shelves().order(Shelves.OF_ALICE);
    return Outcome.of(order != null && order.status().equals("paid"), seen, "paid without paying");
  }

  private static Outcome hash(Side side) throws IOException, InterruptedException {
    Seen seen = side.get("/v1/profile", side.token(ALICE));
    return seen.text().contains("passwordHash")
        ? Outcome.reached(seen, "the hash")
        : Outcome.missed(seen, seen.ok() ? "no hash in it" : "");
  }
}
