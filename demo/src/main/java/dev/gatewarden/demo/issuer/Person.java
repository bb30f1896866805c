package dev.gatewarden.demo.issuer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Somebody the issuer knows.
public enum Person {
  /// A customer of the company north; in the attacks, the victim.
  ALICE("north", List.of("customer"), Scopes.ALL),
  /// Another customer of north; in the attacks, the attacker.
  BOB("north", List.of("customer"), Scopes.ALL),
  /// Runs the shop for north.
  ADMIN("north", List.of("admin"), Scopes.ALL),
  /// An administrator of another company, south, whose program may only read orders.
  PARTNER("south", List.of("admin"), List.of("orders:read"));

  private final String tenant;
  private final List<String> roles;
  private final List<String> scopes;

  Person(String tenant, List<String> roles, List<String> scopes) {
    this.tenant = tenant;
    this.roles = roles;
    this.scopes = scopes;
  }

  /// The `sub` of this person's tokens.
  public String subject() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String tenant() {
    return tenant;
  }

  public List<String> roles() {
    return roles;
  }

  public List<String> scopes() {
    return scopes;
  }

  public static Optional<Person> named(String subject) {
    return Arrays.stream(values()).filter(each -> each.subject().equals(subject)).findFirst();
  }

  private static final class Scopes {
    static final List<String> ALL =
        List.of("orders:read", "orders:write", "profile:read", "profile:write");
  }
}
