package dev.gatewarden.controls.guards.schema;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.limit.Size;
import dev.gatewarden.core.schema.Echo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lets a request pass only if it is what the contract promises: parameters, body, and no field
/// that the contract does not know.
///
/// A refusal names each place that is wrong and the part of the contract that says so, and repeats
/// nothing of the request.
@Control(
    id = "request-schema",
    stage = Stage.CONFORM,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION, Threat.API8_MISCONFIGURATION})
public final class RequestSchemaGuard implements Guard {

  /// What becomes of cookies that the contract does not declare.
  public enum Cookies {
    /// They reach the service.
    PASS,
    /// The request is refused.
    REFUSE
  }

  /// What becomes of fields that the contract neither declares nor opens itself to
  /// (`additionalProperties`).
  public enum UnknownFields {
    /// The request is refused.
    REFUSE,
    /// They are taken out of a JSON body, and what is left is forwarded; other bodies are refused.
    STRIP,
    /// They pass, and the decision says that the request would have been refused.
    OBSERVE,
    /// They pass.
    ALLOW
  }

  /// What can be set. A bound that is set here is a ceiling; where it is not, the one of `limits`
  /// holds, else the usual one, which a contract may go beyond by its own `maxProperties`,
  /// `maxItems` or `maxLength`.
  ///
  /// @param details how many faults a refusal names; from 0 to 100
  /// @param echo whether a fault in a JSON body also says which value stands there, up to 64
  ///     characters of it; for development: values end in logs of clients, passwords too
  /// @param unknownFields what becomes of fields that the contract does not know, where it does not
  ///     say itself: `refuse`, `strip`, `observe` or `allow`
  /// @param undeclaredCookies what becomes of a request with cookies that the contract does not
  ///     declare, which browsers send along unasked: `pass` or `refuse`
  /// @param depth how deeply objects and arrays may be nested; usually 64, at most 256
  /// @param keys how many members an object may have; usually 1000
  /// @param items how many items an array may have; usually 10000
  /// @param string how long a text may be, as it is written; usually 1MiB
  /// @param digits how many characters a number may have; usually 512
  /// @param parts how many parts a multipart body may have; usually 100
  public record Config(
      int details,
      boolean echo,
      UnknownFields unknownFields,
      Cookies undeclaredCookies,
      Optional<Integer> depth,
      Optional<Integer> keys,
      Optional<Integer> items,
      Optional<Size> string,
      Optional<Integer> digits,
      Optional<Integer> parts)
      implements ReadingBounds {
    static final Config DEFAULT =
        new Config(
            16,
            false,
            UnknownFields.REFUSE,
            Cookies.PASS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Config {
      Bound.within("details", details, 0, 100);
      parts.ifPresent(value -> Bound.within("parts", value, 1, 10_000));
      ReadingBounds.check(depth, keys, items, string, digits);
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    BREAKS_CONTRACT(400, "the request is not what the contract promises"),
    MISSING_PARAMETER(400, "the request lacks a parameter that the contract requires"),
    REPEATED_PARAMETER(400, "the request gives a parameter more than once"),
    UNDECLARED_PARAMETER(400, "the request has a parameter that the contract does not know"),
    STRIPPED(200, "fields that the contract does not know were taken out of the request"),
    /// Where `unknown-fields` is `observe`, told in decisions alone.
    UNKNOWN_FIELD(400, "the request has a field that the contract does not know");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "request-schema";
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
          RequestSchemaGuard.class,
          Config.DEFAULT,
          Reads.BODY,
          Why.values(),
          (setting, config) -> Optional.of(new RequestSchemaGuard(config)));

  private static final Verdict UNKNOWN_FIELD = new Verdict.Noticed(Verdict.deny(Why.UNKNOWN_FIELD));

  private static final int MOST_SHOWN = 64;

  private final int details;
  private final boolean echo;
  private final boolean watching;
  private final boolean strips;

  private RequestSchemaGuard(Config config) {
    this.details = config.details();
    this.echo = config.echo();
    this.watching = config.unknownFields() == UnknownFields.OBSERVE;
    this.strips = config.unknownFields() == UnknownFields.STRIP;
  }

  @Override
  public Verdict judge(Call call) {
    if (call.body().conforms()) {
      boolean unknown = (watching || strips) && hasUnknown(call.body().marks());
      return !unknown ? Verdict.pass() : watching ? UNKNOWN_FIELD : stripped(call.body());
    }
    List<Detail> all = details == 0 ? List.of() : call.body().explain();
    List<Detail> told = all.size() <= details ? all : all.subList(0, details);
    return Verdict.deny(
        why(call.body().breach()), echo && call.body().complete() ? shown(call, told) : told);
  }

  private static Verdict stripped(Reading body) {
    if (body.whole() != body.bytes()) {
      return Verdict.deny(Why.UNKNOWN_FIELD);
    }
    Set<Edit> cuts = new LinkedHashSet<>();
    for (Reading.Mark mark : body.marks()) {
      if (mark.meaning() instanceof Reading.Meaning.Undeclared) {
        cuts.add(new Edit.CutRequest(mark.nameFrom(), mark.to()));
      }
    }
    return new Verdict.Pass(Why.STRIPPED, List.of(), List.copyOf(cuts));
  }

  private static List<Detail> shown(Call call, List<Detail> told) {
    Bytes body = call.body().bytes();
    List<Detail> shown = new ArrayList<>(told.size());
    for (Detail each : told) {
      String value =
          body.length() == 0
              ? ""
              : Echo.of(body.array(), body.from(), body.to(), each.instanceLocation(), MOST_SHOWN);
      shown.add(
          value.isEmpty()
              ? each
              : new Detail(
                  each.instanceLocation(),
                  each.keywordLocation(),
                  each.message() + ", and is `" + value + "`"));
    }
    return shown;
  }

  private static Why why(Breach breach) {
    return switch (breach) {
      case NONE, SCHEMA, RESPONSE_HEADER, UNDECLARED_TYPE, UNDECLARED_STATUS -> Why.BREAKS_CONTRACT;
      case MISSING_PARAMETER -> Why.MISSING_PARAMETER;
      case REPEATED_PARAMETER -> Why.REPEATED_PARAMETER;
      case UNDECLARED_PARAMETER -> Why.UNDECLARED_PARAMETER;
    };
  }

  private static boolean hasUnknown(List<Reading.Mark> marks) {
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).meaning() instanceof Reading.Meaning.Undeclared) {
        return true;
      }
    }
    return false;
  }
}
