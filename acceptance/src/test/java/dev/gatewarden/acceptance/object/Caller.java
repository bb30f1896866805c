package dev.gatewarden.acceptance.object;

import java.util.List;

/// Somebody who calls: two customers in each of two tenants, one who supports the customers of
/// each,
/// and nobody.
enum Caller {
  ALICE("north"),
  BOB("north"),
  CAROL("south"),
  DAVE("south"),
  SAM("north", "support"),
  SUE("south", "support"),
  NOBODY("");

  static final List<Caller> CUSTOMERS = List.of(ALICE, BOB, CAROL, DAVE);

  private final String tenant;
  private final List<String> roles;

  Caller(String tenant, String... roles) {
    this.tenant = tenant;
    this.roles = List.of(roles);
  }

  String subject() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  String tenant() {
    return tenant;
  }

  List<String> roles() {
    return roles;
  }

  boolean supports() {
    return roles.contains("support");
  }
}
