package dev.gatewarden.gateway.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.gateway.binder.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whom a question is about is whom a request with the same proof would be from.
class CallerTest {
  private static final Promise PROMISE =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          security: [{corp: []}]
          components:
            securitySchemes:
              corp: {type: http, scheme: bearer}
              partner: {type: http, scheme: bearer}
          paths:
            /open:
              get:
                operationId: open
                security: [{}, {corp: []}]
                x-gatewarden-object: none
                responses: {'204': {description: done}}
            /closed:
              get:
                operationId: closed
                x-gatewarden-object: none
                responses: {'204': {description: done}}
          """);

  private static Exchange asked(Caller caller, String name) {
    Operation operation = Objects.requireNonNull(PROMISE.contract().operation(name));
    Request request =
        new Request(
            "GET",
            "http",
            "",
            new Target("/" + name, new Query("", List.of())),
            Promise.lines(),
            new Peer(Objects.requireNonNull(Ip.parse("127.0.0.1")), false),
            Instant.EPOCH);
    return caller.in(
        new Exchange(ExchangeId.of(1, 2), request, operation, List.of()), operation.security());
  }

  private static Caller alice(String issuer) {
    return new Caller(
        Proof.of(issuer, Facet.SUBJECT, "alice", Lease.UNBOUNDED), Set.of(issuer), true, false);
  }

  @Test
  void is_nobody_where_the_operation_never_asked_for_the_proof() {
    Exchange partner = asked(alice("partner"), "open");
    Exchange corp = asked(alice("corp"), "open");

    assertThat(partner.principal().isNobody()).isTrue();
    assertThat(corp.principal().key()).isEqualTo("corp|alice");
  }

  @Test
  void is_held_by_no_alternative_where_the_operation_lets_nobody_in_without_one() {
    Exchange partner = asked(alice("partner"), "closed");

    assertThat(partner.principal().key()).isEqualTo("partner|alice");
    assertThat(partner.proved().needs()).isEmpty();
  }
}
