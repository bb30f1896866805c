package dev.gatewarden.core.contract;

import java.util.List;

/// Who may read an object and who may change it; any one of the grants is enough.
public record Access(List<Grant> read, List<Grant> write) {

  /// The owner, within the tenant.
  public static final Access OWNER =
      new Access(List.of(new Grant.Owner()), List.of(new Grant.Owner()));

  public Access {
    read = List.copyOf(read);
    write = List.copyOf(write);
  }
}
