package dev.gatewarden.demo.attack;

import static dev.gatewarden.demo.issuer.Person.ALICE;

import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Order;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/// Values that the contract does not promise (OWASP API8 and API3, input that nobody checked).
final class InputAttacks {

  private static final String WHY =
      """
      The contract says that a quantity lies between 1 and 100 and what a product number looks like; the
      shop never asks. The gate holds each request against the contract in one pass over its bytes: what
      is not promised does not pass, and the refusal names the place and the rule, so that an honest
      client can be mended.\
      """;

  private InputAttacks() {}

  static Family family() {
    return new Family(
        "A value that nobody promised (unchecked input)",
        WHY,
        List.of(
            Row.attack(
                "alice orders minus four grinders",
                Fault.UNCHECKED,
                side ->
                    order(side, "GRINDER-2", "-4", "", order -> order.total() < 0, "money back")),
            Row.attack(
                "alice orders until the price overflows",
                Fault.UNCHECKED,
                side ->
                    order(side, "CUP-6", "1481040", "", order -> order.total() < 0, "money back")),
            Row.attack(
                "alice orders a script",
                Fault.UNCHECKED,
                side ->
                    order(
                        side,
                        "<script>",
                        "1",
                        "",
                        order -> order.items().getFirst().sku().startsWith("<"),
                        "script is kept")),
            Row.attack(
                "alice's note is a book",
                Fault.UNCHECKED,
                side ->
                    order(
                        side,
                        "CUP-6",
                        "1",
                        "All happy families. ".repeat(500),
                        order -> order.note().length() > 500,
                        "book is kept")),
            Row.attack(
                "alice says the quantity twice",
                Fault.UNCHECKED,
                side ->
                    order(
                        side,
                        "CUP-6",
                        "1,\"quantity\":-1",
                        "",
                        order -> order.total() < 0,
                        "money back")),
            Row.good(
                "alice orders two cups",
                side ->
                    order(
                        side,
                        "CUP-6",
                        "2",
                        "",
                        order -> order.items().getFirst().equals(new Order.Item("CUP-6", 2)),
                        ""))));
  }

  private static Outcome order(
      Side side, String sku, String quantity, String note, Predicate<Order> wanted, String gain)
      throws IOException, InterruptedException {
    Seen seen =
        side.post(
            "/v1/orders",
            side.token(ALICE),
            "{\"items\":[{\"sku\":\"%s\",\"quantity\":%s}],\"shipTo\":\"12 Harbour Street\",\"note\":\"%s\"}"
                .formatted(sku, quantity, note));
    boolean reached = side.shelves().orders().stream().anyMatch(wanted);
    return Outcome.of(reached, seen, gain);
  }
}
