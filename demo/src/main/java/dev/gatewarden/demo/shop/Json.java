package dev.gatewarden.demo.shop;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the shop writes and reads.
final class Json {

  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static JsonNode read(byte[] body) {
    return MAPPER.readTree(body);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode write(Order order) {
    ObjectNode json = object();
    json.put("id", order.id().toString());
    json.put("customerId", order.customerId());
    json.put("tenantId", order.tenantId());
    json.put("status", order.status());
    ArrayNode items = json.putArray("items");
    for (Order.Item item : order.items()) {
      items.addObject().put("sku", item.sku()).put("quantity", item.quantity());
    }
    json.put("shipTo", order.shipTo());
    json.put("note", order.note());
    json.put("total", order.total());
    json.put("paid", order.paid());
    json.put("createdAt", order.createdAt());
    return json;
  }

  static ObjectNode write(Profile profile) {
    return object()
        .put("id", profile.id())
        .put("displayName", profile.displayName())
        .put("email", profile.email())
        .put("role", profile.role());
  }

  static List<Order.Item> items(JsonNode json) {
    List<Order.Item> items = new ArrayList<>();
    json.forEach(
        item ->
            items.add(
                new Order.Item(item.path("sku").asString(""), item.path("quantity").asInt(1))));
    return items;
  }
}
