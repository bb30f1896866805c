package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Door;
import dev.gatewarden.app.configuration.Listen;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets operators to the admin port by tokens of an issuer.
///
/// A token that is bound to a key or a certificate opens nothing, for nobody proves possession
/// there.
record Operators(TokenVerifier verifier, Listen.Operators wanted) implements Door {

  /// @throws ProblemsException when something is wrong with the issuer
  static Operators of(Making making, Listen.Operators wanted) {
    TokenVerifier verifier = Issuers.one(making, wanted.issuer());
    List<Problem> problems = new ArrayList<>(making.problems());
    if (verifier == null || !problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Operators(verifier, wanted);
  }

  @Override
  public @Nullable String operator(String bearer, Ip source) {
    return switch (verifier.verify(bearer, source)) {
      case TokenVerifier.Verification.Verified(Proof proof) ->
          isOperator(proof) ? proof.alone().key() : null;
      case TokenVerifier.Verification.Refused _ -> null;
    };
  }

  private boolean isOperator(Proof proof) {
    return !proof.claims().containsKey("cnf")
        && !verifier.once()
        && proof.scopes().containsAll(wanted.scopes())
        && (wanted.roles().isEmpty() || !Collections.disjoint(proof.roles(), wanted.roles()));
  }
}
