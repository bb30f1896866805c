package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.CertificateVerifier;
import dev.gatewarden.core.identity.CertificateVerifier.Verification.Refused;
import dev.gatewarden.core.identity.CertificateVerifier.Verification.Verified;
import dev.gatewarden.core.identity.Prover;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Proves who is calling by a client certificate (`type: mutualTLS`).
///
/// The handshake has shown that the caller holds the key. Here its chain is followed to the trust
/// bundle of the scheme's entry under `certificates`, so that a certificate of one partner's issuer
/// is nothing at another partner's API, and the one name of the configured kind says who calls. A
/// connection that was made for another host proves nothing at this one: the caller is told to make
/// its own (421).
///
/// A certificate that a balancer passes on (RFC 9440) counts only where `listen` trusts it. How to
/// set
/// it up: `docs/how-to/client-certificates.md`.
@Control(
    id = "client-certificate",
    stage = Stage.IDENTIFY,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION})
public final class ClientCertificateGuard implements Guard {

  /// Nothing can be set here; bundles and names stand below `certificates`.
  public record Config() {}

  /// Why a certificate proves nothing.
  public enum Why implements Reason {
    MISDIRECTED(421, "this connection was made for another host"),
    UNTRUSTED(401, INVALID),
    EXPIRED(401, INVALID),
    NOT_YET_VALID(401, INVALID),
    PURPOSE(401, INVALID),
    WEAK(401, INVALID),
    REVOKED(401, INVALID),
    REVOCATION_UNKNOWN(401, INVALID),
    NO_NAME(401, INVALID),
    SEVERAL_NAMES(401, INVALID),
    MALFORMED_NAME(401, INVALID),
    TRUST_DOMAIN(401, INVALID),
    UNKNOWN_NAME(401, INVALID),
    OVERLOADED(503, "too many client certificates wait to be checked");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "client-certificate";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }

    static Why of(CertificateVerifier.Fault fault) {
      return switch (fault) {
        case UNTRUSTED -> UNTRUSTED;
        case EXPIRED -> EXPIRED;
        case NOT_YET_VALID -> NOT_YET_VALID;
        case PURPOSE -> PURPOSE;
        case WEAK -> WEAK;
        case REVOKED -> REVOKED;
        case REVOCATION_UNKNOWN -> REVOCATION_UNKNOWN;
        case NO_NAME -> NO_NAME;
        case SEVERAL_NAMES -> SEVERAL_NAMES;
        case MALFORMED_NAME -> MALFORMED_NAME;
        case TRUST_DOMAIN -> TRUST_DOMAIN;
        case UNKNOWN_NAME -> UNKNOWN_NAME;
        case OVERLOADED -> OVERLOADED;
      };
    }
  }

  private static final String INVALID = "the client certificate is not valid";

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ClientCertificateGuard.class,
          new Config(),
          Reads.HEAD,
          Why.values(),
          (setting, _) -> seat(setting));

  private final CertificateVerifier verifier;
  private final boolean needed;

  private ClientCertificateGuard(CertificateVerifier verifier, boolean needed) {
    this.verifier = verifier;
    this.needed = needed;
  }

  private static Optional<Guard> seat(Setting setting) {
    return setting.prover() instanceof Prover.Certificates(CertificateVerifier verifier)
            && setting.scheme().kind() instanceof SecurityScheme.MutualTls
        ? Optional.of(
            new ClientCertificateGuard(
                verifier, needed(setting.operation().security(), setting.scheme().name())))
        : Optional.empty();
  }

  /// Whether nothing else would do.
  private static boolean needed(Security security, String scheme) {
    for (Security.Alternative alternative : security.alternatives()) {
      boolean names = false;
      for (Security.Need need : alternative.needs()) {
        names |= need.scheme().equals(scheme);
      }
      if (!names) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Verdict judge(Call call) {
    Request request = call.exchange().request();
    List<X509Certificate> chain = request.peer().certificates();
    if (chain.isEmpty()) {
      // Over a connection of its own the caller may well present one.
      return needed && request.peer().encrypted() && ServerNames.differ(request)
          ? Verdict.broken(Why.MISDIRECTED)
          : Verdict.absent();
    }
    if (ServerNames.differ(request)) {
      return Verdict.broken(Why.MISDIRECTED);
    }
    return switch (verifier.verify(chain)) {
      case Verified(var proof) -> new Verdict.Proved(proof);
      case Refused(var fault) -> Verdict.broken(Why.of(fault));
    };
  }
}
