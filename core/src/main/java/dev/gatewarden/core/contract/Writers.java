package dev.gatewarden.core.contract;

import java.util.List;

/// Who may write a property, and what becomes of it in the request of anybody else.
///
/// @param by nobody where the list is empty
/// @param strip whether it is taken out of the request; else the request is refused
public record Writers(List<Grant> by, boolean strip) {
  public Writers {
    by = List.copyOf(by);
  }
}
