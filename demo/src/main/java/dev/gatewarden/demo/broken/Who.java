package dev.gatewarden.demo.broken;

import java.util.List;

/// Somebody an API knows.
///
/// @param tenant the company they belong to
public record Who(String name, String tenant, boolean admin) {

  public static final Who ALICE = new Who("alice", "north", false);
  public static final Who BOB = new Who("bob", "north", false);
  public static final Who CAROL = new Who("carol", "south", false);
  public static final Who DAVE = new Who("dave", "south", false);

  /// Runs things for north, and for nobody else.
  public static final Who ADA = new Who("ada", "north", true);

  /// Two companies of two, and an administrator of one of them.
  public static final List<Who> ALL = List.of(ALICE, BOB, CAROL, DAVE, ADA);

  /// Whether an object is this person's, or below this person's administration.
  public boolean mayUse(String owner, String tenantOfIt) {
    return tenant.equals(tenantOfIt) && (admin || name.equals(owner));
  }
}
