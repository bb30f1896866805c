package dev.gatewarden.controls.guards.key;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Failures;
import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.OperationId;
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
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.ApiKeys.Verification.Refused;
import dev.gatewarden.core.identity.ApiKeys.Verification.Verified;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.limit.Rate;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Proves which client is calling by an API key that `gatewarden keys` issued.
///
/// The key is taken from the header or the cookie that the contract's scheme names, once and from
/// nowhere else. It opens only the APIs and operations it was issued for, in its own environment,
/// until it expires or is taken back. Whatever is wrong with it, the caller learns only that it is
/// not valid; the reason is recorded. Failures are counted by source, and the counting never shuts
/// out a caller whose key is good.
@Control(
    id = "api-key",
    stage = Stage.IDENTIFY,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION})
public final class ApiKeyGuard implements Guard {

  /// What can be set.
  ///
  /// @param failures how many keys that are not good one source may present before it is answered
  ///     429
  public record Config(Rate failures) {}

  /// Why a key proves nothing.
  public enum Why implements Reason {
    SEVERAL_KEYS(400, "more than one API key was presented"),
    MALFORMED(401),
    CHECKSUM(401),
    UNKNOWN(401),
    SECRET(401),
    OTHER_RING(401),
    ENVIRONMENT(401),
    EXPIRED(401),
    REVOKED(401),
    LEAKED(401),
    OTHER_API(401),
    OTHER_OPERATION(401),
    TOO_MANY_FAILURES(429, "too many API keys from this address were not valid");

    private final int status;
    private final String summary;

    Why(int status) {
      this(status, "the API key is not valid");
    }

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "api-key";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }

    static Why of(ApiKeys.Fault fault) {
      return switch (fault) {
        case MALFORMED -> MALFORMED;
        case CHECKSUM -> CHECKSUM;
        case UNKNOWN -> UNKNOWN;
        case SECRET -> SECRET;
        case OTHER_RING -> OTHER_RING;
        case ENVIRONMENT -> ENVIRONMENT;
        case EXPIRED -> EXPIRED;
        case REVOKED -> REVOKED;
        case LEAKED -> LEAKED;
      };
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          ApiKeyGuard.class,
          new Config(new Rate(60, Duration.ofMinutes(1))),
          Reads.HEAD,
          Why.values(),
          ApiKeyGuard::seat);

  private final ApiKeys keys;
  private final SecurityScheme.ApiKey at;
  private final OperationId operation;
  private final Failures failures;
  private final String challenge;
  private final Verdict.Absent absent;

  private ApiKeyGuard(ApiKeys keys, SecurityScheme.ApiKey at, Setting setting, Config config) {
    this.keys = keys;
    this.at = at;
    this.operation = setting.operation().id();
    this.failures = new Failures(config.failures(), Why.TOO_MANY_FAILURES);
    this.challenge = "ApiKey realm=\"" + setting.contract().api() + "\"";
    this.absent = Verdict.absent(challenge);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    return setting.prover() instanceof Prover.Keys(ApiKeys keys)
            && setting.scheme().kind() instanceof SecurityScheme.ApiKey at
        ? Optional.of(new ApiKeyGuard(keys, at, setting, config))
        : Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Request request = call.exchange().request();
    return switch (at.in()) {
      case HEADER -> header(request);
      case COOKIE -> cookie(request);
      case QUERY ->
          one(
              request.target().query().count(at.parameter()),
              request.target().query().first(at.parameter()),
              request);
      case PATH, QUERYSTRING -> absent;
    };
  }

  private Verdict header(Request request) {
    int lines = request.headers().count(at.parameter());
    return lines == 0 ? absent : one(lines, request.headers().first(at.parameter()), request);
  }

  private Verdict cookie(Request request) {
    if (request.headers().count("cookie") == 0) {
      return absent;
    }
    return switch (Cookies.read(request.headers().all("cookie"))) {
      case OneReading.Clear<Cookies>(Cookies all) ->
          one(all.count(at.parameter()), all.only(at.parameter()), request);
      case OneReading.Refused<Cookies> _ -> broken(Why.SEVERAL_KEYS, request);
    };
  }

  private Verdict one(int count, @Nullable String presented, Request request) {
    if (count == 0) {
      return absent;
    }
    if (count > 1 || presented == null) {
      return broken(Why.SEVERAL_KEYS, request);
    }
    return switch (keys.verify(presented)) {
      case Verified(ApiKey key, Proof proof) -> opened(key, proof, request);
      case Refused(ApiKeys.Fault fault) -> broken(Why.of(fault), request);
    };
  }

  private Verdict opened(ApiKey key, Proof proof, Request request) {
    if (key.opens(operation.api(), operation.name())) {
      return new Verdict.Proved(proof);
    }
    return broken(key.opens(operation.api()) ? Why.OTHER_OPERATION : Why.OTHER_API, request);
  }

  private Verdict broken(Why why, Request request) {
    return failures.broken(why, request, why.status == 401 ? challenge : "");
  }
}
