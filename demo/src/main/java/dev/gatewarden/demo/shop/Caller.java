package dev.gatewarden.demo.shop;

import java.util.List;

/// Who calls, as far as the shop believes it.
///
/// @param subject `guest` for somebody without a token
/// @param scopes what the program may do that calls in their name
public record Caller(String subject, String tenant, List<String> roles, List<String> scopes) {

  static final Caller GUEST = new Caller("guest", "", List.of(), List.of());

  public Caller {
    roles = List.copyOf(roles);
    scopes = List.copyOf(scopes);
  }

  boolean owns(Order order) {
    return order.customerId().equals(subject) && order.tenantId().equals(tenant);
  }

  boolean mayRead(Order order) {
    return owns(order) || (administers() && order.tenantId().equals(tenant));
  }

  boolean administers() {
    return roles.contains("admin");
  }
}
