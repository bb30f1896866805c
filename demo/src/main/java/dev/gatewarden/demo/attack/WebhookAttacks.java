package dev.gatewarden.demo.attack;

import dev.gatewarden.demo.shop.Bank;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Order;
import dev.gatewarden.demo.shop.Shelves;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events that are not the bank's, or not new.
final class WebhookAttacks {

  private static final int AMOUNT = 1000;
  private static final String PAID =
      "{\"event\":\"payment.settled\",\"order\":\""
          + Shelves.OF_ALICE
          + "\",\"amount\":"
          + AMOUNT
          + "}";

  private static final String WHY =
      """
      A webhook is a public address: who finds it can post to it. The signature proves the sender, but a
      copy of a good event is just as well signed, so sent twice it pays twice. The gate checks the
      signature over the bytes as they came and the time that was signed, and remembers each event: a
      repeat of one that arrived is answered kindly and goes no further.\
      """;

  private WebhookAttacks() {}

  static Family family() {
    return new Family(
        "The bank's event, again (webhook replay)",
        WHY,
        List.of(
            Row.attack("the same event twice", Fault.REPLAY, WebhookAttacks::replay),
            Row.attack(
                "an event from an hour ago",
                Fault.REPLAY,
                side -> event(side, Duration.ofHours(-1))),
            Row.attack("an event nobody signed", Fault.FORGERY, side -> forged(side, "v1,")),
            Row.attack(
                "an event signed with another secret", Fault.FORGERY, side -> forged(side, null)),
            Row.good("a fresh event", side -> event(side, Duration.ZERO)),
            Row.good("two events for one order", WebhookAttacks::two)));
  }

  private static Outcome replay(Side side) throws IOException, InterruptedException {
    String id = id();
    Instant now = side.now();
    Seen first = side.event(id, now, PAID);
    Seen second = side.event(id, now, PAID);
    int paid = paid(side);
    if (paid == 0) {
      return Outcome.missed(first, "not even once");
    }
    return paid > AMOUNT
        ? Outcome.reached(second, "paid twice")
        : Outcome.missed(second, "paid once");
  }

  private static Outcome event(Side side, Duration age) throws IOException, InterruptedException {
    Seen seen = side.event(id(), side.now().plus(age), PAID);
    return Outcome.of(paid(side) == AMOUNT, seen, age.isZero() ? "" : "paid");
  }

  private static Outcome forged(Side side, @Nullable String signature)
      throws IOException, InterruptedException {
    String id = id();
    Instant now = side.now();
    Seen seen =
        side.event(
            id,
            now,
            PAID,
            signature == null ? new Bank(Bank.freshSecret()).sign(id, now, PAID) : signature);
    return Outcome.of(paid(side) > 0, seen, "paid");
  }

  private static Outcome two(Side side) throws IOException, InterruptedException {
    side.event(id(), side.now(), PAID);
    Seen second = side.event(id(), side.now(), PAID);
    return Outcome.of(paid(side) == 2 * AMOUNT, second, "");
  }

  private static int paid(Side side) {
    Order order = side.shelves().order(Shelves.OF_ALICE);
    return order == null ? 0 : order.paid();
  }

  private static String id() {
    return "evt_" + UUID.randomUUID();
  }
}
