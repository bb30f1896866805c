package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Identity;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everybody who plays a part in a run.
///
/// @param webhookSecrets by which events are signed
/// @param mint signs tokens for testers; null where nothing does
/// @param again logs somebody in anew; null where no login is known
/// @param publicKeys the issuer's public keys in the forms in which they are mistaken for secrets
public record Cast(
    List<Identity> identities,
    List<byte[]> publicKeys,
    List<String> webhookSecrets,
    Function<Map<String, @Nullable Object>, @Nullable String> mint,
    Function<Identity, @Nullable Identity> again) {

  /// Nobody but these, without anything else.
  public Cast(List<Identity> identities) {
    this(identities, List.of(), List.of(), _ -> null, _ -> null);
  }

  public Cast {
    identities = List.copyOf(identities);
    publicKeys = List.copyOf(publicKeys);
    webhookSecrets = List.copyOf(webhookSecrets);
  }
}
