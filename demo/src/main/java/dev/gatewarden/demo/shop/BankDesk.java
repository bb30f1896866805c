package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where the bank says what has been paid.
final class BankDesk {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Shelves shelves;
  private final Set<Fault> faults;
  private final Bank bank;
  private final Clock clock;

  BankDesk(Shelves shelves, Set<Fault> faults, Bank bank, Clock clock) {
    this.shelves = shelves;
    this.faults = faults;
    this.bank = bank;
    this.clock = clock;
  }

  Answer take(Incoming request) {
    String id = request.header("webhook-id");
    Instant sent = seconds(request.header("webhook-timestamp"));
    String signature = request.header("webhook-signature");
    if (!faults.contains(Fault.FORGERY)
        && (id == null
            || sent == null
            || signature == null
            || !bank.signed(id, sent, request.text(), signature))) {
      return Answer.problem(401, "not from the bank");
    }
    if (!faults.contains(Fault.REPLAY)) {
      if (id == null
          || sent == null
          || Duration.between(sent, clock.instant()).abs().compareTo(WINDOW) > 0) {
        return Answer.problem(400, "too old");
      }
      if (!shelves.firstTime(id)) {
        return Answer.empty(204);
      }
    }
    return pay(Json.read(request.body()));
  }

  private Answer pay(JsonNode event) {
    UUID order;
    try {
      order = UUID.fromString(event.path("order").asString(""));
    } catch (IllegalArgumentException e) {
      return Answer.problem(400, "no order");
    }
    int amount = event.path("amount").asInt(0);
    return shelves.change(order, old -> paid(old, amount)) == null
        ? Answer.problem(404, "no such order")
        : Answer.empty(204);
  }

  private static Order paid(Order order, int amount) {
    int paid = order.paid() + amount;
    return order.withPaid(paid).withStatus(paid >= order.total() ? "paid" : order.status());
  }

  private static @Nullable Instant seconds(@Nullable String text) {
    try {
      return text == null ? null : Instant.ofEpochSecond(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
