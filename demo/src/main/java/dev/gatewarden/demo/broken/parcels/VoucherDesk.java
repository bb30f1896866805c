package dev.gatewarden.demo.broken.parcels;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Who;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Where vouchers are made, and redeemed once.
final class VoucherDesk {

  private static final int CREDIT = 500;
  private static final long LONGEST_MEETING = 400;

  private final boolean twice;
  private final Consumer<Runnable> waiting;
  private final Exchanger<Boolean> meeting = new Exchanger<>();
  private final Set<String> open = new HashSet<>();
  private final Set<String> used = new HashSet<>();
  private final Map<String, Integer> credits = new HashMap<>();

  /// @param twice whether there is a gap between looking and taking
  /// @param waiting lets other requests in meanwhile
  VoucherDesk(boolean twice, Consumer<Runnable> waiting) {
    this.twice = twice;
    this.waiting = waiting;
  }

  void clear() {
    open.clear();
    used.clear();
    credits.clear();
  }

  ObjectNode account(Who who) {
    return Ask.json()
        .put("name", who.name())
        .put("creditCents", credits.getOrDefault(who.name(), 0));
  }

  ObjectNode issue() {
    String code = UUID.randomUUID().toString();
    open.add(code);
    return Ask.json().put("code", code).put("creditCents", CREDIT);
  }

  ObjectNode redeem(Who who, String code) {
    if (used.contains(code)) {
      throw new Refused(409, "it has been redeemed");
    }
    if (!open.contains(code)) {
      throw new Refused(404, "no such voucher");
    }
    if (twice) {
      waiting.accept(this::meetAnother);
    }
    used.add(code);
    credits.merge(who.name(), CREDIT, Integer::sum);
    return account(who);
  }

  /// Makes the gap as long as it takes a second request to come, so that the race needs no luck.
  private void meetAnother() {
    try {
      meeting.exchange(true, LONGEST_MEETING, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Nobody else came: the voucher is redeemed once.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
