package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.canon.TargetUri;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.core.identity.KeyProofs.Read;
import dev.gatewarden.core.identity.KeyProofs.Statement;
import dev.gatewarden.core.identity.Possession;
import dev.gatewarden.core.identity.Possession.Demand;
import dev.gatewarden.core.identity.Prover;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a token to the key or the certificate it is bound to, so that whoever steals it cannot use
/// it.
///
/// A token with `cnf.jkt` (RFC 9449) comes as `Authorization: DPoP`, with one proof in one `DPoP`
/// header: signed by that very key, for this method, this address and this token, lately, and never
/// seen before. The header of the proof is the only place where a key that a request brings along
/// counts. A token with `cnf.x5t#S256` (RFC 8705) comes over a connection whose client certificate
/// has that digest. One with both is held to both, and one with another confirmation is refused,
/// for
/// nobody here can confirm it. A bound token as `Bearer` and a free one as `DPoP` are refused.
/// Whether a token must be bound says its issuer: `issuers.X.bound`.
///
/// Everything that costs nothing is compared before the signature is computed. How to set it up,
/// also
/// behind a balancer: `docs/how-to/bound-tokens.md`.
@Control(
    id = "bound-token",
    stage = Stage.ADMIT,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION})
public final class BoundTokenGuard implements Guard {

  /// What can be set.
  ///
  /// @param algorithms with which proofs may be signed (RFC 7518); all of them asymmetric
  /// @param window how old a proof may be
  /// @param ahead how far the clock that dated a proof may be before ours
  /// @param nonce whether a proof must carry a nonce that the gate gave out (RFC 9449, section 9)
  /// @param origins what callers address, `https://api.example.com`, where something in front of
  ///     the
  ///     gate rewrites `Host`; else the request's own origin counts
  public record Config(
      List<String> algorithms,
      Duration window,
      Duration ahead,
      boolean nonce,
      List<String> origins) {
    public Config {
      Bound.within("window", window, Duration.ofSeconds(1), Duration.ofMinutes(10));
      Bound.within("ahead", ahead, Duration.ZERO, Duration.ofMinutes(1));
      algorithms = List.copyOf(algorithms);
      if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
        throw new IllegalArgumentException("`algorithms` must be some of " + ALGORITHMS);
      }
      origins = origins.stream().map(Config::origin).toList();
    }

    private static String origin(String text) {
      String origin = TargetUri.origin(text);
      if (origin == null) {
        throw new IllegalArgumentException(
            "`origins` must be written as `https://api.example.com`, which `" + text + "` is not");
      }
      return origin;
    }
  }

  /// Why a bound token is not accepted.
  public enum Why implements Reason {
    UNBOUND(401, TOKEN, INVALID_TOKEN),
    BOUND_AS_BEARER(401, TOKEN, INVALID_TOKEN),
    UNBOUND_AS_DPOP(401, TOKEN, INVALID_TOKEN),
    CONFIRMATION(401, TOKEN, INVALID_TOKEN),
    OTHER_KEY(401, TOKEN, INVALID_TOKEN),
    PROOF_MISSING(401, PROOF, INVALID_PROOF),
    SEVERAL_PROOFS(401, PROOF, INVALID_PROOF),
    PROOF_MALFORMED(401, PROOF, INVALID_PROOF),
    PROOF_TYPE(401, PROOF, INVALID_PROOF),
    PROOF_ALGORITHM(401, PROOF, INVALID_PROOF),
    PROOF_KEY(401, PROOF, INVALID_PROOF),
    OTHER_METHOD(401, PROOF, INVALID_PROOF),
    OTHER_ADDRESS(401, PROOF, INVALID_PROOF),
    OTHER_TOKEN(401, PROOF, INVALID_PROOF),
    TOO_OLD(401, PROOF, INVALID_PROOF),
    TOO_NEW(401, PROOF, INVALID_PROOF),
    SIGNATURE(401, PROOF, INVALID_PROOF),
    REPLAYED(401, PROOF, INVALID_PROOF),
    NONCE(401, "the proof of possession must carry the nonce given here", "use_dpop_nonce"),
    CERTIFICATE_MISSING(401, TOKEN, INVALID_TOKEN),
    OTHER_CERTIFICATE(401, TOKEN, INVALID_TOKEN),
    CERTIFICATE_EXPIRED(401, TOKEN, INVALID_TOKEN),
    MISDIRECTED(421, "this connection was made for another host", ""),
    OVERLOADED(503, "too many proofs of possession wait to be checked", "");

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
      return "bound-token";
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
      return this == REPLAYED ? "DPoP error=\"" + INVALID_PROOF + "\"" : "";
    }

    static Why of(KeyProofs.Fault fault) {
      return switch (fault) {
        case MALFORMED -> PROOF_MALFORMED;
        case TYPE -> PROOF_TYPE;
        case ALGORITHM -> PROOF_ALGORITHM;
        case KEY -> PROOF_KEY;
      };
    }
  }

  private static final String TOKEN = "the access token is not valid";
  private static final String PROOF = "the proof of possession is not valid";
  private static final String INVALID_TOKEN = "invalid_token";
  private static final String INVALID_PROOF = "invalid_dpop_proof";
  private static final List<String> ALGORITHMS =
      List.of(
          "ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512");
  private static final int LONGEST_PROOF = 8192;
  private static final String SCHEME = "dpop ";
  private static final Set<String> CONFIRMATIONS = Set.of("jkt", "x5t#S256");

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          BoundTokenGuard.class,
          new Config(ALGORITHMS, Duration.ofMinutes(1), Duration.ofSeconds(10), false, List.of()),
          Reads.HEAD,
          Why.values(),
          BoundTokenGuard::seat);

  private final Map<String, Possession> byScheme;
  private final Config config;
  private final String realm;
  private final String algorithms;
  private final ProofRules rules;
  private final BoundCertificate certificates = new BoundCertificate();

  private BoundTokenGuard(Map<String, Possession> byScheme, String api, Config config) {
    this.byScheme = Map.copyOf(byScheme);
    this.config = config;
    this.rules = new ProofRules(config);
    this.realm = " realm=\"" + api + "\"";
    this.algorithms = ", algs=\"" + String.join(" ", config.algorithms()) + "\"";
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    Map<String, Possession> byScheme = new HashMap<>();
    for (Security.Alternative alternative : setting.operation().security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        if (setting.ports().provers().get(need.scheme())
            instanceof Prover.Tokens(var _, Possession possession)) {
          byScheme.put(need.scheme(), possession);
        }
      }
    }
    return byScheme.isEmpty()
        ? Optional.empty()
        : Optional.of(new BoundTokenGuard(byScheme, setting.contract().api(), config));
  }

  @Override
  public Verdict judge(Call call) {
    Possession possession = possession(call.exchange().proved());
    if (possession == null) {
      return Verdict.pass();
    }
    Object cnf = call.exchange().principal().claims().get("cnf");
    boolean dpop = isDpop(call.exchange().request());
    if (cnf == null) {
      return dpop
          ? refused(Why.UNBOUND_AS_DPOP)
          : possession.demand() == Demand.NONE ? Verdict.pass() : refused(Why.UNBOUND);
    }
    if (!(cnf instanceof Map<?, ?> bound)
        || bound.isEmpty()
        || !CONFIRMATIONS.containsAll(bound.keySet())) {
      return refused(Why.CONFIRMATION);
    }
    return judge(call.exchange().request(), possession, bound, dpop);
  }

  /// What is asked of the token among what was proved; null where no token was.
  private @Nullable Possession possession(Security.Alternative proved) {
    List<Security.Need> needs = proved.needs();
    for (int i = 0; i < needs.size(); i++) {
      Possession possession = byScheme.get(needs.get(i).scheme());
      if (possession != null) {
        return possession;
      }
    }
    return null;
  }

  private Verdict judge(Request request, Possession possession, Map<?, ?> bound, boolean dpop) {
    Object key = bound.get("jkt");
    Object certificate = bound.get("x5t#S256");
    boolean enough =
        switch (possession.demand()) {
          case NONE, ANY -> true;
          case DPOP -> key != null;
          case MTLS -> certificate != null;
        };
    if (!enough) {
      return refused(Why.UNBOUND);
    }
    if ((key != null) != dpop) {
      return refused(key != null ? Why.BOUND_AS_BEARER : Why.UNBOUND_AS_DPOP);
    }
    Why why = certificate == null ? null : certificates.judge(request, certificate);
    if (why != null) {
      return why == Why.MISDIRECTED ? Verdict.deny(why) : refused(why);
    }
    return key == null ? Verdict.pass() : proof(request, possession.proofs(), key);
  }

  private Verdict proof(Request request, KeyProofs proofs, Object key) {
    int lines = request.headers().count("dpop");
    String text = lines == 1 ? request.headers().first("dpop") : null;
    if (text == null) {
      return lines == 0 ? missing(proofs) : refused(Why.SEVERAL_PROOFS);
    }
    if (text.length() > LONGEST_PROOF) {
      return refused(Why.PROOF_MALFORMED);
    }
    return switch (proofs.read(text)) {
      case Read.Unreadable(KeyProofs.Fault fault) -> refused(Why.of(fault));
      case Read.Said(Statement said, KeyProofs.Signature signature) -> {
        Why why = rules.unlike(said, request, key);
        if (why == null && config.nonce() && !proofs.isFresh(said.nonce())) {
          yield anew(proofs);
        }
        yield why == null ? signed(said, signature, proofs) : refused(why);
      }
    };
  }

  /// Who is asked for a proof learns the nonce too, so that it asks once.
  private Verdict missing(KeyProofs proofs) {
    Verdict.Challenge challenge = refused(Why.PROOF_MISSING);
    return config.nonce()
        ? new Verdict.Challenge(challenge.reason(), challenge.scheme(), given(proofs))
        : challenge;
  }

  private Verdict anew(KeyProofs proofs) {
    return new Verdict.Challenge(Why.NONCE, challenge(Why.NONCE), given(proofs));
  }

  private static List<Reply.Line> given(KeyProofs proofs) {
    return List.of(new Reply.Line("dpop-nonce", proofs.nonce()));
  }

  private Verdict signed(Statement said, KeyProofs.Signature signature, KeyProofs proofs) {
    return switch (signature.check()) {
      case BAD -> refused(Why.SIGNATURE);
      case OVERLOADED -> Verdict.deny(Why.OVERLOADED);
      case GOOD -> {
        Verdict.Pass pass = Verdict.pass().claiming(rules.once(said));
        boolean aging = config.nonce() && !said.nonce().equals(proofs.nonce());
        yield aging ? pass.editing(new Edit.SetResponseHeader("dpop-nonce", proofs.nonce())) : pass;
      }
    };
  }

  private Verdict.Challenge refused(Why why) {
    return new Verdict.Challenge(why, challenge(why));
  }

  private String challenge(Why why) {
    return switch (why) {
      case CERTIFICATE_MISSING, OTHER_CERTIFICATE, CERTIFICATE_EXPIRED ->
          "Bearer" + realm + ", error=\"" + why.error + "\"";
      default -> "DPoP" + realm + ", error=\"" + why.error + "\"" + algorithms;
    };
  }

  private static boolean isDpop(Request request) {
    String line = request.headers().first("authorization");
    return line != null && line.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }
}
