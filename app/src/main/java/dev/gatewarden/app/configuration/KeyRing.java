package dev.gatewarden.app.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A ring of API keys that `gatewarden keys` issues: whose keys open something together.
///
/// @param environment what stands in its keys, such as `live` or `test`; a key of another
///     environment opens nothing
/// @param lifetime how long a key lives at most
/// @param rotate after how long a key is due for a successor
/// @param overlap how long a key stays good beside its successor
/// @param pepper the secret of the digests that are kept in place of keys; one in the state folder
///     where it is not set
public record KeyRing(
    String environment,
    @Default("90d") Duration lifetime,
    @Default("60d") Duration rotate,
    @Default("7d") Duration overlap,
    @Nullable SecretReference pepper) {}
