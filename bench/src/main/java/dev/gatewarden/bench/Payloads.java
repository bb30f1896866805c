package dev.gatewarden.bench;

/// The messages of the bench: one order of 1 KB each way.
final class Payloads {
  static final String ORDER_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  private static final String NOTE = "please ring twice. ".repeat(20).strip();

  private Payloads() {}

  /// An order, owned by the caller.
  static String order() {
    return "{\"id\":\""
        + ORDER_ID
        + "\",\"customerId\":\""
        + Identity.SUBJECT
        + "\",\"tenantId\":\"north\",\"status\":\"open\",\"items\":"
        + items(10)
        + ",\"shipTo\":\"12 Harbour Street, 20457 Hamburg\",\"note\":\""
        + NOTE
        + "\",\"total\":12900,\"paid\":0,\"createdAt\":\"2026-01-15T10:20:30Z\"}";
  }

  /// What orders it.
  static String newOrder() {
    return "{\"items\":"
        + items(14)
        + ",\"shipTo\":\"12 Harbour Street, 20457 Hamburg\",\"note\":\""
        + NOTE
        + "\"}";
  }

  private static String items(int count) {
    StringBuilder items = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      items.append(i == 0 ? "" : ",");
      items.append("{\"sku\":\"SKU-").append(1000 + i).append("\",\"quantity\":");
      items.append(i + 1).append('}');
    }
    return items.append(']').toString();
  }
}
