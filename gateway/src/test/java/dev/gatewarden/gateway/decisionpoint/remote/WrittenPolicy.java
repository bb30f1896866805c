package dev.gatewarden.gateway.decisionpoint.remote;

import java.util.List;
import java.util.Map;

/// The policies of the port's contract, as a decision point would have them.
final class WrittenPolicy {
  private WrittenPolicy() {}

  static boolean permits(Map<String, Object> input) {
    Map<?, ?> subject = map(input.get("subject"));
    Map<?, ?> who = map(subject.get("properties"));
    Map<?, ?> resource = map(input.get("resource"));
    Map<?, ?> what = map(resource.get("properties"));
    Object action = map(input.get("action")).get("name");
    if ("suspended".equals(who.get("tenant"))) {
      return false;
    }
    boolean order = "order".equals(resource.get("type"));
    return (order && "getOrder".equals(action) && list(who.get("roles")).contains("reader"))
        || (order
            && "updateOrder".equals(action)
            && "user".equals(subject.get("type"))
            && subject.get("id").equals(what.get("owner")))
        || ("Api".equals(resource.get("type"))
            && "listOrders".equals(action)
            && list(who.get("scopes")).contains("orders:read"));
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
