package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.List;

/// Who may call an operation: one of several alternatives, each a set of schemes that must all be
/// proved.
///
/// @param stated whether the contract says anything at all, at the operation or at its top
/// @param alternatives in the order of the contract; none, when stated, means that anybody may call
/// @param place where it is stated, else the operation
public record Security(boolean stated, List<Alternative> alternatives, Place place) {

  public Security {
    alternatives = List.copyOf(alternatives);
  }

  /// Schemes that must be proved together; none means that a caller without credential is let in.
  public record Alternative(List<Need> needs) {
    public Alternative {
      needs = List.copyOf(needs);
    }
  }

  /// One scheme by its name in the contract, and the scopes or roles it must bring.
  public record Need(String scheme, List<String> scopes) {
    public Need {
      scopes = List.copyOf(scopes);
    }
  }

  /// Whether the contract says that anybody may call and asks for no credential.
  public boolean isPublic() {
    return stated && alternatives.stream().allMatch(each -> each.needs().isEmpty());
  }

  /// Whether a caller without any credential is let in.
  public boolean admitsAnonymous() {
    return stated
        && (alternatives.isEmpty()
            || alternatives.stream().anyMatch(each -> each.needs().isEmpty()));
  }
}
