package dev.gatewarden.app.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token that the gate gets in its own name (client credentials, RFC 6749, section 4.4).
///
/// @param issuer who issues it: the URL of an authorization server
/// @param client by which of its clients the gate asks
/// @param url its token endpoint; found through its metadata when absent
/// @param scopes what the token is to be used for
/// @param audience whom it is for, where the issuer wants to be told
/// @param resource the service's address, where the issuer wants that (RFC 8707)
/// @param deadline the longest time for one answer
public record ClientGrant(
    URI issuer,
    OauthClient client,
    @Nullable URI url,
    @Default("[]") List<String> scopes,
    @Nullable String audience,
    @Nullable URI resource,
    @Default("2s") Duration deadline) {}
