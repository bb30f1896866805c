package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.SignIn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everybody who plays a part in a run.
///
/// @param webhookSecrets by which events are signed
/// @param mint signs tokens for testers; null where nothing does
/// @param again logs somebody in anew; null where no login is known
/// @param oauth how people get tokens, or null where it is not known
/// @param signIn how a browser is logged in at the API, or null where it is not known
/// @param publicKeys the issuer's public keys in the forms in which they are mistaken for secrets
public record Cast(
    List<Identity> identities,
    List<byte[]> publicKeys,
    List<String> webhookSecrets,
    Mint mint,
    Again again,
    @Nullable OAuth oauth,
    @Nullable SignIn signIn) {

  /// Signs tokens for testers.
  @FunctionalInterface
  public interface Mint {
    /// A good token with these claims beside its own; null where none was signed.
    ///
    /// @param by who carries the request
    @Nullable String token(Map<String, Object> claims, Courier by);
  }

  /// Logs somebody in anew.
  @FunctionalInterface
  public interface Again {
    /// The same person with a credential of their own; null where no login is known.
    ///
    /// @param by who carries the request
    @Nullable Identity of(Identity identity, Courier by);
  }

  public Cast {
    identities = List.copyOf(identities);
    publicKeys = List.copyOf(publicKeys);
    webhookSecrets = List.copyOf(webhookSecrets);
  }
}
