package dev.gatewarden.demo.attack;

import static dev.gatewarden.demo.issuer.Person.ADMIN;
import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static dev.gatewarden.demo.issuer.Person.PARTNER;

import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Order;
import dev.gatewarden.demo.shop.Shelves;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// Other people's orders (OWASP API1, broken object level authorization).
final class ObjectAttacks {

  private static final String WHY =
      """
      Bob is logged in and his token is good; he only writes another id into the address. The shop asks
      who he is and forgets to ask whose the order is. The contract says once where an order's owner
      stands; the gate looks there before it releases or forwards anything, and answers as if the order
      did not exist.\
      """;

  private ObjectAttacks() {}

  static Family family() {
    return new Family(
        "Somebody else's order (BOLA)",
        WHY,
        List.of(
            Row.attack("bob reads alice's order", Fault.BOLA, side -> read(side, BOB)),
            Row.attack(
                "bob sends alice's order to himself",
                Fault.BOLA,
                side -> redirect(side, BOB, "1 Bob's Yard")),
            Row.attack("bob cancels alice's order", Fault.BOLA, side -> cancel(side, BOB)),
            Row.attack("bob lists orders", Fault.BOLA, ObjectAttacks::listForeign),
            Row.attack(
                "south's admin reads an order of north", Fault.BOLA, side -> read(side, PARTNER)),
            Row.good("alice reads her order", side -> read(side, ALICE)),
            Row.good(
                "alice changes her address", side -> redirect(side, ALICE, "14 Harbour Street")),
            Row.good("alice cancels her order", side -> cancel(side, ALICE)),
            Row.good("bob finds his own order in the list", ObjectAttacks::listOwn),
            Row.good("north's admin reads an order of north", side -> read(side, ADMIN))));
  }

  static String path(UUID order) {
    return "/v1/orders/" + order;
  }

  private static Outcome read(Side side, Person person) throws IOException, InterruptedException {
    Seen seen = side.get(path(Shelves.OF_ALICE), side.token(person));
    return Outcome.of(
        seen.text().contains(Shelves.ALICES_ADDRESS),
        seen,
        person == ALICE ? "" : "alice's address");
  }

  private static Outcome redirect(Side side, Person person, String address)
      throws IOException, InterruptedException {
    Seen seen =
        side.patch(path(Shelves.OF_ALICE), side.token(person), "{\"shipTo\":\"" + address + "\"}");
    Order order = side.shelves().order(Shelves.OF_ALICE);
    return Outcome.of(order != null && order.shipTo().equals(address), seen, "goes to " + address);
  }

  private static Outcome cancel(Side side, Person person) throws IOException, InterruptedException {
    Seen seen = side.delete(path(Shelves.OF_ALICE_TOO), side.token(person));
    return Outcome.of(side.shelves().order(Shelves.OF_ALICE_TOO) == null, seen, "order is gone");
  }

  private static Outcome listForeign(Side side) throws IOException, InterruptedException {
    Seen seen = side.get("/v1/orders", side.token(BOB));
    int foreign = 0;
    for (var order : seen.json().path("data")) {
      foreign += order.path("customerId").asString("").equals("bob") ? 0 : 1;
    }
    return foreign > 0
        ? Outcome.reached(seen, foreign + " orders of others")
        : Outcome.missed(seen, "nobody else's in it");
  }

  private static Outcome listOwn(Side side) throws IOException, InterruptedException {
    Seen seen = side.get("/v1/orders", side.token(BOB));
    return Outcome.of(seen.text().contains(Shelves.OF_BOB.toString()), seen, "");
  }
}
