package dev.gatewarden.controls.guards.repeat;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.KeyText;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.intake.Source;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.FirstAnswers;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a request with an `Idempotency-Key` reach the service once, and answers its repeats as the
/// first was answered (IETF draft "The Idempotency-Key HTTP Header Field").
///
/// A key is the caller's own: nobody gets the answer to somebody else's. It stands for one request,
/// body and all; another one under the same key is refused. Where the service was reached and no
/// answer of it is known, a repeat is not forwarded either: it may have been done.
@Control(
    id = "idempotency-key",
    stage = Stage.COMMIT,
    threats = {Threat.API6_BUSINESS_FLOWS})
public final class IdempotencyKeyGuard implements Guard {
  private static final String HEADER = "idempotency-key";
  private static final int LONGEST = 255;

  /// Where a key is heeded.
  public enum At {
    /// Where the contract names the header.
    DECLARED,
    /// At every operation that creates or acts (POST, PATCH).
    ALL
  }

  /// What can be set.
  ///
  /// @param at where a key is heeded
  /// @param required whether a request without one is refused where it is heeded
  /// @param keep how long an answer is kept; from one minute to thirty days
  public record Config(At at, boolean required, Duration keep) {
    public Config {
      Bound.within("keep", keep, Duration.ofMinutes(1), Duration.ofDays(30));
    }
  }

  /// Why a request is not forwarded.
  public enum Why implements Reason {
    MISSING(400, "an `Idempotency-Key` is needed here"),
    MALFORMED(400, "the `Idempotency-Key` is none"),
    IN_FLIGHT(409, "the same request is being answered"),
    OTHER_REQUEST(422, "this `Idempotency-Key` was used for another request"),
    OUTCOME_UNKNOWN(409, "the same request was forwarded, and its answer is not known"),
    REPEATED(200, "the answer to the first such request");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "idempotency-key";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          IdempotencyKeyGuard.class,
          new Config(At.DECLARED, false, Duration.ofDays(1)),
          Reads.BODY,
          Why.values(),
          IdempotencyKeyGuard::seated);

  private final Config config;
  private final FirstAnswers answers;
  private final String prefix;

  private IdempotencyKeyGuard(Setting setting, Config config) {
    this.config = config;
    this.answers = setting.ports().firstAnswers();
    this.prefix = "idempotency-key/" + setting.operation().id() + "/";
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    Operation operation = setting.operation();
    boolean acts = operation.method().equals("POST") || operation.method().equals("PATCH");
    return acts && (config.at() == At.ALL || declares(operation))
        ? Optional.of(new IdempotencyKeyGuard(setting, config))
        : Optional.empty();
  }

  private static boolean declares(Operation operation) {
    for (Parameter each : operation.parameters()) {
      if (each.in() == Parameter.In.HEADER && each.name().equalsIgnoreCase(HEADER)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Verdict judge(Call call) {
    Exchange exchange = call.exchange();
    Request request = exchange.request();
    if (request.headers().count(HEADER) == 0) {
      return config.required() ? Verdict.deny(Why.MISSING) : Verdict.pass();
    }
    String name = name(request);
    if (name == null) {
      return Verdict.deny(Why.MALFORMED);
    }
    String key = key(exchange, name);
    byte[] asked = asked(request, call.body().whole());
    FirstAnswers.Kept kept = answers.find(key);
    if (kept != null) {
      return repeated(kept, asked);
    }
    return Verdict.pass()
        .claiming(
            Claim.once(key, config.keep(), Why.OUTCOME_UNKNOWN)
                .keptIfCleared()
                .ifInFlight(Why.IN_FLIGHT))
        .editing(new Edit.KeepAnswer(key, asked, config.keep()));
  }

  private static Verdict repeated(FirstAnswers.Kept kept, byte[] asked) {
    Reply reply = kept.reply();
    if (!MessageDigest.isEqual(kept.asked(), asked)) {
      return Verdict.deny(kept.asked().length == 0 ? Why.OUTCOME_UNKNOWN : Why.OTHER_REQUEST);
    }
    return reply == null
        ? Verdict.deny(Why.OUTCOME_UNKNOWN)
        : new Verdict.Answer(
            Why.REPEATED, reply.with(List.of(new Reply.Line("idempotency-replayed", "true"))));
  }

  /// The key, in quotes as the draft has it or bare as most send it; null where it is none.
  private static @Nullable String name(Request request) {
    String text = request.headers().count(HEADER) == 1 ? request.headers().first(HEADER) : null;
    if (text != null && text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    if (text == null || text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
        return null;
      }
    }
    return text;
  }

  /// Whoever acts for several tenants has keys of their own in each.
  private String key(Exchange exchange, String name) {
    Principal principal = exchange.principal();
    StringBuilder key = new StringBuilder(prefix);
    KeyText.part(
        principal.isNobody()
            ? "from|" + Source.of(exchange.request().peer().address())
            : principal.key(),
        key);
    if (principal.tenant() != null) {
      KeyText.part(principal.tenant(), key.append('@'));
    }
    KeyText.part(name, key.append('/'));
    return key.toString();
  }

  private static byte[] asked(Request request, Bytes body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(request.method().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) ' ');
      digest.update(request.target().text().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(body.array(), body.from(), body.length());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }
}
