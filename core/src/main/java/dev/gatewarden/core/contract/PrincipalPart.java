package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Pointer;
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

  /// As users write it.
  default String text() {
    return switch (this) {
      case Subject() -> "principal.subject";
      case Tenant() -> "principal.tenant";
      case Client() -> "principal.client";
      case Claim(List<String> pointer) -> "principal.claim(" + new Pointer(pointer) + ")";
    };
  }
}
