package dev.gatewarden.app.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A ledger of the tokens that a service itself issues, as the gate sees them pass
/// (`x-gatewarden-login` in the contract): they are accepted, and no others.
///
/// @param lifetime how long a token lives at most, whatever its service says
/// @param idle how long it lives without being used
/// @param overlap how long a token stays good beside the one that a refresh put in its place
/// @param pepper the secret of the digests that are kept in place of tokens; one in the state
///     folder
///     where it is not set
public record TokenLedger(
    @Default("12h") Duration lifetime,
    @Default("30m") Duration idle,
    @Default("10s") Duration overlap,
    @Nullable SecretReference pepper) {}
