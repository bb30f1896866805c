package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.canon.Ambiguity;
import dev.gatewarden.core.canon.Forwarding;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.identity.certificate.ForwardedCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What forwarders in front of the gate, which the operator trusts, tell of the caller; from
/// anybody
/// else the same fields say nothing.
final class TrustedFront {
  private final List<Block> trust;
  private final boolean certificates;
  private final ForwardedCertificate forwarded = new ForwardedCertificate();

  /// @param certificates whether they pass the caller's certificate on (RFC 9440)
  TrustedFront(List<Block> trust, boolean certificates) {
    this.trust = trust;
    this.certificates = certificates;
  }

  /// The caller behind them, and what it spoke.
  record Seen(Peer peer, String scheme) {}

  OneReading<Seen> read(RequestHead head, String host) {
    Headers headers = head.headers();
    Ip connection = head.peer().address();
    List<String> named = headers.all("forwarded");
    OneReading<Ip> caller =
        Forwarding.caller(connection, trust, headers.all("x-forwarded-for"), named);
    OneReading<String> scheme =
        Forwarding.scheme(connection, trust, headers.all("x-forwarded-proto"), named);
    if (!(caller instanceof OneReading.Clear<Ip>(Ip address))
        || !(scheme instanceof OneReading.Clear<String>(String spoken))) {
      return OneReading.refused(Ambiguity.FORWARDING);
    }
    Peer peer = peer(head, address, host);
    return peer == null
        ? OneReading.refused(Ambiguity.FORWARDED_CERTIFICATE)
        : OneReading.of(new Seen(peer, spoken.isEmpty() ? head.scheme() : spoken));
  }

  /// The certificate of a forwarder's own connection is not its caller's.
  private @Nullable Peer peer(RequestHead head, Ip caller, String host) {
    Headers headers = head.headers();
    Ip connection = head.peer().address();
    if (certificates
        && Forwarding.isTrusted(connection, trust)
        && headers.count("client-cert") > 0) {
      List<X509Certificate> chain =
          forwarded.read(headers.all("client-cert"), headers.all("client-cert-chain"));
      return chain == null ? null : new Peer(caller, head.peer().encrypted(), chain, host);
    }
    return caller.equals(connection)
        ? head.peer()
        : new Peer(caller, head.peer().encrypted(), List.of(), head.peer().serverName());
  }
}
