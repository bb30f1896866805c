package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.util.Set;

/// What there is in the shop, for partners with a key.
final class StockDesk {
  private static final String LOOKS_LIKE_A_KEY = "gwk_";
  private static final String STOCK =
      "{\"data\":[{\"sku\":\"CUP-6\",\"quantity\":31},{\"sku\":\"GRINDER-2\",\"quantity\":4}]}";

  private final boolean credulous;
  private final String key;
  private final Callers gate;

  /// @param key the only one that opens the stock
  /// @param gate knows who comes through a gate, where the key has ended
  StockDesk(Set<Fault> faults, String key, Callers gate) {
    this.credulous = faults.contains(Fault.KEYS);
    this.key = key;
    this.gate = gate;
  }

  Answer answer(Incoming request) {
    String bearer = request.bearer();
    boolean open =
        credulous && request.target().contains(LOOKS_LIKE_A_KEY)
            || opens(request.header("x-api-key"))
            || (bearer != null && gate.of(bearer) != null);
    return open ? Answer.json(200, STOCK) : Answer.problem(401, "no key");
  }

  private boolean opens(@org.jspecify.annotations.Nullable String presented) {
    return presented != null
        && (credulous ? presented.startsWith(LOOKS_LIKE_A_KEY) : presented.equals(key));
  }
}
