package dev.gatewarden.app.configuration;

import java.time.Duration;

/// What must hold of the gate as a client: of issuers that it asks, and of services that it reads
/// from.
final class ClientChecks {
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);

  private ClientChecks() {}

  static void introspection(Introspection asking, Remarks at) {
    at.endpoint(asking.url());
    at.positive("cache", asking.cache());
    at.positive("deadline", asking.deadline());
    if (asking.cache().compareTo(LONGEST_WINDOW) > 0) {
      at.add("cache", "`cache` is more than 10m", "so long would a revoked token be accepted");
    }
  }

  static void client(OauthClient client, Remarks at) {
    if ((client.secret() == null) == (client.key() == null)) {
      at.add(
          "secret",
          "a client proves itself by a `secret` or by a `key`, one of them",
          "write `secret: env:NAME`");
    }
    if (client.kid() != null && client.key() == null) {
      at.add("kid", "`kid` has no effect without `key`", "leave it out");
    }
    if (at.get("send") != null && client.secret() == null) {
      at.add("send", "`send` has no effect without `secret`", "leave it out");
    }
  }

  static void grant(ClientGrant grant, Remarks at) {
    at.safe("issuer", grant.issuer(), "a token fetched over plain http is everybody's");
    at.positive("deadline", grant.deadline());
    at.endpoint(grant.url());
  }

  static void exchange(Api.Identity identity, Remarks at) {
    if (identity.client() == null) {
      at.add(
          "client",
          "`client` is missing",
          "the gate exchanges tokens as a client of the issuer: `client: {id: …, secret:"
              + " env:NAME}`");
    }
    if (identity.audience() == null && identity.resource() == null) {
      at.add(
          "audience",
          "a token for nobody in particular would be good everywhere",
          "name the service by `audience` or `resource`");
    }
    if (identity.actors() < 1 || identity.actors() > 8) {
      at.add("actors", "`actors` is " + identity.actors() + "; it is between 1 and 8", "");
    }
    at.positive("deadline", identity.deadline());
    at.endpoint(identity.url());
  }

  static void reader(ReadAs reader, Remarks at) {
    if ((reader.token() == null) == (reader.clientCredentials() == null)) {
      at.add(
          "token",
          "`read-as` is a `token` or `client-credentials`, one of them",
          "write `read-as: env:NAME`");
    }
  }
}
