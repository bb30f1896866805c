package dev.gatewarden.bench;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.gateway.state.LocalRelations;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What the checks of objects and properties cost the processor: the same walk with them and
/// without.
final class PropertyCosts {
  private static final int CALLS = 60_000;
  private static final String OVERLAY =
      """
      objects:
        order:
          id: {at: /id, as: uuid}
          owner: {at: /customerId, is: principal.subject}
          tenant: {at: /tenantId, is: principal.tenant}
          access: {read: [owner, 'role:admin'], write: [owner]}
          known-by: [relation, response, look-up]
          read-by: getOrder
          properties:
            /note: {read: [owner]}
            /total: {read: [owner, 'role:admin'], write: []}
            /paid: {read: ['role:admin'], mask: fixed}
            /items/*/quantity: {read: [owner, 'role:packer']}
      classes: {personal: {read: [owner], mask: last-four}}
      """;
  private static final String OPAQUE =
      OVERLAY.replace("read-by: getOrder", "read-by: getOrder\n    public-id: opaque");
  private static final Set<String> CHECKS =
      Set.of(
          "object-owner", "object-release", "writable-fields", "readable-fields", "data-masking");
  private static final Set<String> PROPERTIES =
      Set.of("writable-fields", "readable-fields", "data-masking");

  private PropertyCosts() {}

  public static void main(String[] arguments) {
    System.out.println("µs of CPU a request of 1 KB each way, median of 5 rounds");
    System.out.printf("%-46s %8s %8s%n", "", "GET", "POST");
    for (int round = 0; round < 3; round++) {
      row("no check of objects and properties", "", CHECKS);
      row("objects", OVERLAY, PROPERTIES);
      row("objects and properties", OVERLAY, Set.of());
      row("objects, properties and opaque ids", OPAQUE, Set.of());
    }
  }

  private static void row(String name, String overlay, Set<String> without) {
    ShopWalks shop =
        new ShopWalks(overlay, without, (_, _, _, _) -> Lookups.absent(), new LocalRelations(1000));
    Bytes order = bytes(Payloads.order());
    Bytes asked = bytes(Payloads.newOrder());
    String id = overlay.equals(OPAQUE) ? shop.seen(Payloads.ORDER_ID) : Payloads.ORDER_ID;
    RequestHead get = ShopWalks.head("GET", "/v1/orders/" + id, 0);
    RequestHead post = ShopWalks.head("POST", "/v1/orders", asked.length());
    ResponseHead found = answer(200, order);
    ResponseHead made = answer(201, order);
    Thread here = Thread.currentThread();
    double read = PolicyCosts.median(() -> shop.walk(get, Bytes.NONE, found, order), here, CALLS);
    double written = PolicyCosts.median(() -> shop.walk(post, asked, made, order), here, CALLS);
    System.out.printf("%-46s %8.2f %8.2f%n", name, read, written);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ResponseHead answer(int status, Bytes body) {
    return new ResponseHead(status, Lines.of("Content-Type", "application/json"), body.length());
  }
}
