package dev.gatewarden.controls.guards.schema;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Releases the service's answer only if it is what the contract promises.
///
/// Real contracts lie, so it begins in observe: what it would have kept back is recorded until
/// somebody enforces it. Fields that the contract does
/// not know can be cut instead. What is wrong is told to the operator and never to the caller.
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

  /// What can be set.
  ///
  /// @param unknownFields what becomes of fields that the contract does not know: `refuse`,
  ///     `redact` or `pass`
  /// @param depth how deeply objects and arrays may be nested; usually 128
  /// @param keys how many members an object may have; usually 10000
  /// @param items how many items an array may have; usually 100000
  /// @param string how long a text may be, as it is written; usually 16MiB
  /// @param digits how many characters a number may have; usually 1024
  public record Config(
      UnknownFields unknownFields,
      Optional<Integer> depth,
      Optional<Integer> keys,
      Optional<Integer> items,
      Optional<Size> string,
      Optional<Integer> digits)
      implements ReadingBounds {
    static final Config DEFAULT =
        new Config(
            UnknownFields.REFUSE,
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
    UNKNOWN_FIELD(502, "the service's answer is not what its contract promises"),
    UNKNOWN_FIELDS_CUT(200, "fields that the contract does not know were removed");

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
              (setting, config) -> Optional.of(new ResponseSchemaGuard(config)))
          .observing();

  private final UnknownFields unknown;

  private ResponseSchemaGuard(Config config) {
    this.unknown = config.unknownFields();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null || !response.body().conforms()) {
      return Verdict.deny(Why.BREAKS_CONTRACT);
    }
    return unknown == UnknownFields.PASS ? Verdict.pass() : unknown(response.body());
  }

  private Verdict unknown(Reading body) {
    List<Edit> cuts = List.of();
    List<Reading.Mark> marks = body.marks();
    for (int i = 0; i < marks.size(); i++) {
      Reading.Mark mark = marks.get(i);
      if (mark.meaning() instanceof Reading.Meaning.Undeclared) {
        if (unknown == UnknownFields.REFUSE) {
          return Verdict.deny(Why.UNKNOWN_FIELD);
        }
        cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
        cuts.add(new Edit.CutBody(mark.nameFrom(), mark.to()));
      }
    }
    return cuts.isEmpty() ? Verdict.pass() : new Verdict.Redact(Why.UNKNOWN_FIELDS_CUT, cuts);
  }
}
