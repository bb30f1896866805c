package dev.gatewarden.demo.shop;

import java.util.List;
import java.util.UUID;

/// What somebody ordered.
///
/// @param total in cents
/// @param paid what the bank said has come in, in cents
/// @param note may be empty
/// @param createdAt as RFC 3339 writes it
public record Order(
    UUID id,
    String customerId,
    String tenantId,
    String status,
    List<Item> items,
    String shipTo,
    String note,
    int total,
    int paid,
    String createdAt) {

  public Order {
    items = List.copyOf(items);
  }

  /// So many of one thing.
  public record Item(String sku, int quantity) {}

  Order withStatus(String other) {
    return new Order(id, customerId, tenantId, other, items, shipTo, note, total, paid, createdAt);
  }

  Order withShipTo(String other) {
    return new Order(id, customerId, tenantId, status, items, other, note, total, paid, createdAt);
  }

  Order withNote(String other) {
    return new Order(
        id, customerId, tenantId, status, items, shipTo, other, total, paid, createdAt);
  }

  Order withPaid(int other) {
    return new Order(
        id, customerId, tenantId, status, items, shipTo, note, total, other, createdAt);
  }
}
