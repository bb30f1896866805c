package dev.gatewarden.controls.guards.schema;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.limit.Size;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Releases the service's answer only if it is what the contract promises.
///
/// Real contracts lie, so it begins in observe: what it would have kept back is recorded until
/// somebody enforces it, or until the answers of an operation have kept the contract often and long
/// enough, which the log tells. Fields that the contract does
/// not know, and what breaks its schema, can be cut instead. What is wrong is told to the operator
/// and never to the caller.
@Control(
    id = "response-schema",
    stage = Stage.RETURN,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION, Threat.API8_MISCONFIGURATION})
public final class ResponseSchemaGuard implements Guard {

  /// What becomes of fields that the contract does not know.
  public enum UnknownFields {
    /// The answer is kept back.
    REFUSE,
    /// They are cut out of it.
    REDACT,
    /// They leave with it.
    PASS
  }

  /// What becomes of an answer whose body breaks its schema.
  public enum Violations {
    /// It is kept back.
    REFUSE,
    /// The smallest parts that are wrong are cut, where the rest then is what the contract
    /// promises;
    /// else it is kept back.
    REDACT
  }

  /// What becomes of headers that the contract does not promise, beside the usual ones of HTTP.
  public enum Headers {
    /// They leave with the answer.
    PASS,
    /// They are removed.
    REMOVE,
    /// The answer is kept back.
    REFUSE
  }

  /// When an operation whose answers are only watched is enforced, because they keep the contract.
  ///
  /// @param after at least so many answers; from 1 to 1000000000
  /// @param over watched at least so long; at most 90d
  /// @param budget of which at most such a part breaks the contract: `0.1%`
  public record Promotion(long after, Duration over, String budget) {
    public static final Promotion DEFAULT = new Promotion(10_000, Duration.ofDays(7), "0.1%");

    public Promotion {
      Bound.within("after", after, 1, 1_000_000_000);
      Bound.within("over", over, Duration.ZERO, Duration.ofDays(90));
      parts(budget);
    }

    /// The budget in parts of a million.
    public long perMillion() {
      return parts(budget);
    }

    private static long parts(String budget) {
      try {
        long parts =
            budget.endsWith("%")
                ? new BigDecimal(budget.substring(0, budget.length() - 1).strip())
                    .movePointRight(4)
                    .longValueExact()
                : -1;
        if (parts >= 0 && parts <= 100_000) {
          return parts;
        }
      } catch (ArithmeticException | NumberFormatException unreadable) {
        // Told below.
      }
      throw new IllegalArgumentException(
          "`budget` is a part of a hundred from `0%` to `10%`, such as `0.1%`");
    }
  }

  /// What can be set.
  ///
  /// @param unknownFields what becomes of fields that the contract does not know: `refuse`,
  ///     `redact` or `pass`
  /// @param violations what becomes of an answer whose body breaks its schema: `refuse`, or
  ///     `redact`, which cuts the smallest optional members and items around what is wrong
  /// @param undeclaredHeaders what becomes of headers that the contract does not promise: `pass`,
  ///     `remove` or `refuse`
  /// @param promote when answers that are only watched are enforced by themselves; where it is set,
  ///     the guard watches until then, and where nothing is set of the guard, it does so by
  ///     `{after: 10000, over: 7d, budget: 0.1%}`
  /// @param depth how deeply objects and arrays may be nested; usually 128, at most 256
  /// @param keys how many members an object may have; usually 10000
  /// @param items how many items an array may have; usually 100000
  /// @param string how long a text may be, as it is written; usually 16MiB
  /// @param digits how many characters a number may have; usually 1024
  public record Config(
      UnknownFields unknownFields,
      Violations violations,
      Headers undeclaredHeaders,
      Optional<Promotion> promote,
      Optional<Integer> depth,
      Optional<Integer> keys,
      Optional<Integer> items,
      Optional<Size> string,
      Optional<Integer> digits)
      implements ReadingBounds {
    static final Config DEFAULT =
        new Config(
            UnknownFields.REFUSE,
            Violations.REFUSE,
            Headers.PASS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Config {
      ReadingBounds.check(depth, keys, items, string, digits);
    }
  }

  /// Why an answer is kept back or shortened.
  public enum Why implements Reason {
    BREAKS_CONTRACT(502, "the service's answer is not what its contract promises"),
    UNDECLARED_STATUS(502, "the service's answer is not what its contract promises"),
    UNDECLARED_TYPE(502, "the service's answer is not what its contract promises"),
    BROKEN_HEADER(502, "the service's answer is not what its contract promises"),
    UNDECLARED_HEADER(502, "the service's answer is not what its contract promises"),
    UNKNOWN_FIELD(502, "the service's answer is not what its contract promises"),
    UNKNOWN_FIELDS_CUT(200, "fields that the contract does not know were removed"),
    VIOLATIONS_CUT(200, "parts that are not what the contract promises were removed"),
    HEADERS_REMOVED(200, "headers that the contract does not promise were removed");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "response-schema";
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
              ResponseSchemaGuard.class,
              Config.DEFAULT,
              Reads.RESPONSE_BODY,
              Why.values(),
              (setting, config) ->
                  Optional.of(new ResponseSchemaGuard(setting.operation(), config)))
          .observing();

  private final Operation operation;
  private final UnknownFields unknown;
  private final Violations violations;
  private final Headers undeclaredHeaders;

  private ResponseSchemaGuard(Operation operation, Config config) {
    this.operation = operation;
    this.unknown = config.unknownFields();
    this.violations = config.violations();
    this.undeclaredHeaders = config.undeclaredHeaders();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null) {
      return Verdict.deny(Why.BREAKS_CONTRACT);
    }
    Verdict body = body(response.body());
    return undeclaredHeaders == Headers.PASS || body instanceof Verdict.Deny
        ? body
        : headers(response, body);
  }

  private Verdict body(Reading body) {
    return switch (body.breach()) {
      case UNDECLARED_STATUS -> Verdict.deny(Why.UNDECLARED_STATUS);
      case UNDECLARED_TYPE -> Verdict.deny(Why.UNDECLARED_TYPE);
      case RESPONSE_HEADER -> Verdict.deny(Why.BROKEN_HEADER);
      case SCHEMA, MISSING_PARAMETER, REPEATED_PARAMETER, UNDECLARED_PARAMETER ->
          violations == Violations.REFUSE ? Verdict.deny(Why.BREAKS_CONTRACT) : mended(body);
      case NONE -> unknown == UnknownFields.PASS ? Verdict.pass() : unknown(body, List.of());
    };
  }

  /// Cuts what is wrong; a fault that only `null` can stand in for is put out by that.
  private Verdict mended(Reading body) {
    List<Reading.Gap> gaps = body.mend();
    if (gaps.isEmpty()) {
      return Verdict.deny(Why.BREAKS_CONTRACT);
    }
    List<Edit> edits = new ArrayList<>(gaps.size());
    for (Reading.Gap gap : gaps) {
      edits.add(
          gap.blank()
              ? new Edit.MaskBody(gap.from(), gap.to(), "null")
              : new Edit.CutBody(gap.nameFrom(), gap.to()));
    }
    Verdict more =
        unknown == UnknownFields.PASS ? Verdict.pass() : unknown(body, List.copyOf(edits));
    return more instanceof Verdict.Pass ? new Verdict.Redact(Why.VIOLATIONS_CUT, edits) : more;
  }

  /// @param edits what is cut anyway
  private Verdict unknown(Reading body, List<Edit> edits) {
    List<Edit> cuts = List.of();
    List<Reading.Mark> marks = body.marks();
    for (int i = 0; i < marks.size(); i++) {
      Reading.Mark mark = marks.get(i);
      if (mark.meaning() instanceof Reading.Meaning.Undeclared) {
        if (unknown == UnknownFields.REFUSE) {
          return Verdict.deny(Why.UNKNOWN_FIELD);
        }
        cuts = cuts.isEmpty() ? new ArrayList<>(edits) : cuts;
        cuts.add(new Edit.CutBody(mark.nameFrom(), mark.to()));
      }
    }
    Why why = edits.isEmpty() ? Why.UNKNOWN_FIELDS_CUT : Why.VIOLATIONS_CUT;
    return cuts.isEmpty() ? Verdict.pass() : new Verdict.Redact(why, cuts);
  }

  private Verdict headers(Response response, Verdict body) {
    Responses.Promised promised = operation.responses().of(response.status());
    Set<String> undeclared = new TreeSet<>();
    response
        .headers()
        .each(
            (name, _) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!UsualHeaders.has(lower) && !declares(promised, lower)) {
                undeclared.add(lower);
              }
            });
    if (undeclared.isEmpty()) {
      return body;
    }
    if (undeclaredHeaders == Headers.REFUSE) {
      return Verdict.deny(Why.UNDECLARED_HEADER);
    }
    List<Edit> edits = new ArrayList<>(Combiner.edits(body));
    for (String name : undeclared) {
      edits.add(new Edit.RemoveResponseHeader(name));
    }
    return new Verdict.Redact(
        body instanceof Verdict.Redact redact ? redact.reason() : Why.HEADERS_REMOVED, edits);
  }

  private static boolean declares(Responses.@Nullable Promised promised, String name) {
    if (promised != null) {
      for (Parameter header : promised.headers()) {
        if (header.name().equalsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
