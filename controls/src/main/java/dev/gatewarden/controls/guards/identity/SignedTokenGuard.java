package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.PresentedToken;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Failures;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Verification.Refused;
import dev.gatewarden.core.identity.TokenVerifier.Verification.Verified;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Proves who is calling by a signed access token (RFC 6750, RFC 9068), encrypted where the
/// issuer is configured for it (RFC 7516).
///
/// The token is taken from one `Authorization` line, behind `Bearer` or `DPoP`, and from nowhere
/// else: a second line, or a token in the query, is refused, since whoever reads the other one
/// would see another caller. Whether a token that is bound to a key came with that key is for
/// `bound-token` to say. Where several issuers prove schemes of one operation, a token is judged
/// by the issuer and audience it names, and refused when that one refuses it. One that names nobody
/// is shown to the issuers that are asked about tokens in the order in which the operation names
/// them, until one vouches for it; those behind never see it.
///
/// Whatever is wrong with a token, the caller learns only that it is not valid; the reason is
/// recorded. Failures are counted by source, and the counting never shuts out a caller whose token
/// was proved before: a source that keeps bringing tokens which nobody signed has its further ones
/// refused before a signature is computed, but for a trickle, and for callers who were proved from
/// there within a day. How issuers are set up: `docs/how-to/tokens.md`.
@Control(
    id = "signed-token",
    stage = Stage.IDENTIFY,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION})
public final class SignedTokenGuard implements Guard {

  /// What can be set.
  ///
  /// @param failures how many tokens that are not good one source may present before it is answered
  ///     429
  public record Config(Rate failures) {}

  /// Why a token proves nothing.
  public enum Why implements Reason {
    MALFORMED_HEADER(400, "the authorization header is not well formed", "invalid_request"),
    SEVERAL_TOKENS(400, "more than one access token was presented", "invalid_request"),
    TOKEN_IN_QUERY(400, "an access token must not stand in the address", "invalid_request"),
    MALFORMED(401, INVALID, "invalid_token"),
    ALGORITHM(401, INVALID, "invalid_token"),
    UNKNOWN_KEY(401, INVALID, "invalid_token"),
    SIGNATURE(401, INVALID, "invalid_token"),
    TYPE(401, INVALID, "invalid_token"),
    ISSUER(401, INVALID, "invalid_token"),
    AUDIENCE(401, INVALID, "invalid_token"),
    EXPIRED(401, INVALID, "invalid_token"),
    NOT_YET_VALID(401, INVALID, "invalid_token"),
    LIFETIME(401, INVALID, "invalid_token"),
    MISSING_CLAIM(401, INVALID, "invalid_token"),
    EXCEPTION_OVER(401, INVALID, "invalid_token"),
    REVOKED(401, INVALID, "invalid_token"),
    DECRYPTION(401, INVALID, "invalid_token"),
    REPLAYED(401, INVALID, "invalid_token"),
    STATUS_UNAVAILABLE(503, "access tokens cannot be checked at the moment", ""),
    INACTIVE(401, INVALID, "invalid_token"),
    UNANSWERED(503, "access tokens cannot be checked at the moment", ""),
    KEYS_UNAVAILABLE(503, "access tokens cannot be checked at the moment", ""),
    OVERLOADED(503, "too many access tokens wait to be checked", ""),
    TOO_MANY_FAILURES(429, "too many access tokens from this address were not valid", "");

    private final int status;
    private final String summary;
    private final String error;

    Why(int status, String summary, String error) {
      this.status = status;
      this.summary = summary;
      this.error = error;
    }

    @Override
    public String control() {
      return "signed-token";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }

    @Override
    public String challenge() {
      return this == REPLAYED ? "Bearer error=\"" + error + '"' : "";
    }

    static Why of(TokenVerifier.Fault fault) {
      return switch (fault) {
        case MALFORMED -> MALFORMED;
        case ALGORITHM -> ALGORITHM;
        case UNKNOWN_KEY -> UNKNOWN_KEY;
        case SIGNATURE -> SIGNATURE;
        case TYPE -> TYPE;
        case ISSUER -> ISSUER;
        case AUDIENCE -> AUDIENCE;
        case EXPIRED -> EXPIRED;
        case NOT_YET_VALID -> NOT_YET_VALID;
        case LIFETIME -> LIFETIME;
        case MISSING_CLAIM -> MISSING_CLAIM;
        case EXCEPTION_OVER -> EXCEPTION_OVER;
        case REVOKED -> REVOKED;
        case DECRYPTION -> DECRYPTION;
        case FAILING_SOURCE -> TOO_MANY_FAILURES;
        case INACTIVE -> INACTIVE;
        case UNANSWERED -> UNANSWERED;
        case KEYS_UNAVAILABLE -> KEYS_UNAVAILABLE;
        case STATUS_UNAVAILABLE -> STATUS_UNAVAILABLE;
        case OVERLOADED -> OVERLOADED;
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          SignedTokenGuard.class,
          new Config(new Rate(60, Duration.ofMinutes(1))),
          Reads.HEAD,
          Why.values(),
          SignedTokenGuard::seat);

  private static final String INVALID = "the access token is not valid";
  private static final String BEARER = "bearer";
  private static final String DPOP = "dpop";

  /// Beyond a token's end, so that no clock lets it in again.
  private static final Duration SPARE = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofDays(400);

  private final TokenVerifier verifier;
  private final InstantSource clock;
  private final List<TokenVerifier> others;

  /// How many of them stand before this one at the operation.
  private final int before;

  private final Failures failures;
  private final Verdict.Absent absent;
  private final String realm;

  private SignedTokenGuard(TokenVerifier verifier, Setting setting, Config config) {
    this.verifier = verifier;
    this.clock = setting.ports().clock();
    this.others = others(verifier, setting);
    this.before = setting.verifiers().indexOf(verifier);
    this.failures = new Failures(config.failures(), Why.TOO_MANY_FAILURES);
    String word = isNamed(setting.scheme().kind(), DPOP) ? "DPoP" : "Bearer";
    this.realm = word + " realm=\"" + setting.contract().api() + "\"";
    this.absent = Verdict.absent(realm);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    SecurityScheme scheme = setting.scheme();
    return setting.prover() instanceof Prover.Tokens(var verifier, var _)
            && takesTokens(scheme.kind())
        ? Optional.of(new SignedTokenGuard(verifier, setting, config))
        : Optional.empty();
  }

  /// Who else proves tokens at the operation.
  private static List<TokenVerifier> others(TokenVerifier mine, Setting setting) {
    List<TokenVerifier> others = new ArrayList<>(setting.verifiers());
    others.remove(mine);
    return List.copyOf(others);
  }

  private static boolean takesTokens(SecurityScheme.Kind kind) {
    return switch (kind) {
      case SecurityScheme.Http _ -> isNamed(kind, BEARER) || isNamed(kind, DPOP);
      case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> true;
      case SecurityScheme.ApiKey _, SecurityScheme.MutualTls _ -> false;
    };
  }

  private static boolean isNamed(SecurityScheme.Kind kind, String scheme) {
    return kind instanceof SecurityScheme.Http(String name, var _) && name.equals(scheme);
  }

  @Override
  public Verdict judge(Call call) {
    Request request = call.exchange().request();
    if (request.target().query().count("access_token") > 0) {
      return broken(Why.TOKEN_IN_QUERY, request);
    }
    int lines = request.headers().count("authorization");
    if (lines == 0) {
      return absent;
    }
    if (lines > 1) {
      return broken(Why.SEVERAL_TOKENS, request);
    }
    String line = request.headers().first("authorization");
    int scheme = line == null ? 0 : PresentedToken.scheme(line);
    if (line == null || scheme == 0) {
      return absent;
    }
    String token = PresentedToken.behind(line, scheme);
    return token == null ? broken(Why.MALFORMED_HEADER, request) : verified(token, request);
  }

  private Verdict verified(String token, Request request) {
    Ip source = request.peer().address();
    boolean asks = !others.isEmpty() && verifier.asksAbout(token);
    if (asks && vouched(token, source, 0, before) == null) {
      return absent;
    }
    return switch (verifier.verify(token, source)) {
      case Verified(var proof) -> verifier.once() ? once(proof) : new Verdict.Proved(proof);
      case Refused(var fault) -> {
        TokenVerifier.Fault last =
            asks ? vouched(token, source, before, others.size()) : TokenVerifier.Fault.INACTIVE;
        if (last == null) {
          verifier.pardon(token, source);
          yield absent;
        }
        // Who cannot be asked might have vouched for it.
        boolean open = fault == TokenVerifier.Fault.INACTIVE && last != fault;
        yield isForAnother(token, fault) ? absent : broken(Why.of(open ? last : fault), request);
      }
    };
  }

  /// Asks some of the others about a token that only its issuer can judge; null where one vouches
  /// for it, else `INACTIVE`, or why one of them cannot say.
  private TokenVerifier.@Nullable Fault vouched(String token, Ip source, int from, int to) {
    TokenVerifier.Fault open = TokenVerifier.Fault.INACTIVE;
    for (int i = from; i < to; i++) {
      if (others.get(i).asksAbout(token)) {
        switch (others.get(i).verify(token, source)) {
          case Verified _ -> {
            return null;
          }
          case Refused(var fault) -> {
            if (fault == TokenVerifier.Fault.UNANSWERED) {
              open = fault;
            }
          }
        }
      }
    }
    return open;
  }

  /// The token's id is spent for as long as the token could be used again; whatever text it comes
  /// in, it is the same id.
  private Verdict once(Proof proof) {
    Duration left = Duration.between(clock.instant(), proof.lease().until()).plus(SPARE);
    Duration window = left.compareTo(LONGEST) > 0 ? LONGEST : left;
    String key = "signed-token/once/" + proof.issuer() + '|' + proof.claims().get("jti");
    return new Verdict.Proved(proof, List.of(Claim.once(key, window, Why.REPLAYED).keptAlways()));
  }

  /// Whether a token names another issuer of the operation, who will prove or refuse it.
  private boolean isForAnother(String token, TokenVerifier.Fault fault) {
    return switch (fault) {
      case ISSUER, AUDIENCE, ALGORITHM, DECRYPTION, MALFORMED -> {
        boolean named = false;
        for (TokenVerifier other : others) {
          named |= other.isNamedIn(token);
        }
        yield named;
      }
      case UNKNOWN_KEY,
          SIGNATURE,
          TYPE,
          EXPIRED,
          NOT_YET_VALID,
          LIFETIME,
          MISSING_CLAIM,
          EXCEPTION_OVER,
          REVOKED,
          FAILING_SOURCE,
          INACTIVE,
          UNANSWERED,
          KEYS_UNAVAILABLE,
          STATUS_UNAVAILABLE,
          OVERLOADED ->
          false;
    };
  }

  private Verdict broken(Why why, Request request) {
    String challenge = why.error.isEmpty() ? "" : realm + ", error=\"" + why.error + "\"";
    return failures.broken(why, request, challenge);
  }
}
