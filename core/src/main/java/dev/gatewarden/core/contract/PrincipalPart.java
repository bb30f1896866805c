package dev.gatewarden.core.contract;

import java.util.List;

/// What a caller is proved to be, as far as an object can be compared with it.
public sealed interface PrincipalPart {

  /// `principal.subject`.
  record Subject() implements PrincipalPart {}

  /// `principal.tenant`.
  record Tenant() implements PrincipalPart {}

  /// `principal.client`.
  record Client() implements PrincipalPart {}

  /// `principal.claim(/x)`: a claim of the token by JSON pointer.
  record Claim(List<String> pointer) implements PrincipalPart {
    public Claim {
      pointer = List.copyOf(pointer);
    }
  }
}
