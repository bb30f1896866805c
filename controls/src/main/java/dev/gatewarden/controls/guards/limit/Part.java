package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that requests are told apart by, for counting.
sealed interface Part {

  /// What it is for one request; null where the caller has none.
  @Nullable String of(Exchange exchange);

  /// The network a request comes from.
  ///
  /// @param v4 how many bits of an IPv4 address
  /// @param v6 how many bits of an IPv6 address
  record Network(int v4, int v6) implements Part {
    static final Network USUAL = new Network(32, 64);

    @Override
    public String of(Exchange exchange) {
      Ip address = exchange.request().peer().address();
      if (this.equals(USUAL)) {
        return Source.of(address);
      }
      int bits = address.isV4() ? v4 : v6;
      return address.network(bits) + "/" + bits;
    }
  }

  /// Who was proved, within who vouches for it; an API key is somebody of its own.
  record User() implements Part {
    @Override
    public @Nullable String of(Exchange exchange) {
      Principal principal = exchange.principal();
      return principal.isNobody() ? null : principal.key();
    }
  }

  /// The application that calls, within who vouches for it.
  record Client() implements Part {
    @Override
    public @Nullable String of(Exchange exchange) {
      Principal principal = exchange.principal();
      String client = principal.client();
      return client == null ? null : principal.issuer() + "|" + client;
    }
  }

  record Tenant() implements Part {
    @Override
    public @Nullable String of(Exchange exchange) {
      return exchange.principal().tenant();
    }
  }

  record Operation() implements Part {
    @Override
    public String of(Exchange exchange) {
      return exchange.operation().id().name();
    }
  }

  /// What a proof says at a place. A list or an object says no one thing: in another order it would
  /// be another.
  record Claim(ClaimPlace at) implements Part {
    @Override
    public @Nullable String of(Exchange exchange) {
      Object value = at.in(exchange.principal().claims());
      return value == null || value instanceof Map || value instanceof List
          ? null
          : value.toString();
    }
  }
}
