package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.access.Around;
import dev.gatewarden.controls.guards.access.RestrictedProperties;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts what an answer shows beyond its promise where that hurts most: undeclared fields of a bound
/// object, and classified properties that break their schema or stand where none is promised.
///
/// It enforces from the first request, while `response-schema` only watches. An error that the
/// contract does not promise is replaced by a plain one with the same status, and an answer that
/// cannot be read to its end is kept back: nobody knows what it shows.
@Control(
    id = "excess-data",
    stage = Stage.RETURN,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION, Threat.API8_MISCONFIGURATION})
public final class ExcessDataGuard implements Guard {

  /// What becomes of an answer that shows too much.
  public enum Excess {
    /// What is too much is cut out of it.
    REDACT,
    /// It is kept back.
    REFUSE
  }

  /// What can be set.
  ///
  /// @param excess what becomes of an answer that shows too much: `redact` or `refuse`
  public record Config(Excess excess) {}

  /// Why an answer is shortened, replaced or kept back.
  public enum Why implements Reason {
    CUT(200, "what the contract does not promise was removed"),
    ERROR_REPLACED(200, "an error that the contract does not promise was replaced"),
    TOO_MUCH(502, "the service's answer is not what its contract promises"),
    UNREADABLE(502, "the service's answer is not what its contract promises");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "excess-data";
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
          ExcessDataGuard.class,
          new Config(Excess.REDACT),
          Reads.RESPONSE_BODY,
          Why.values(),
          ExcessDataGuard::seat);

  private static final int REDIRECTS = 300;

  private final Excess excess;
  private final boolean whole;
  private final boolean classified;

  private ExcessDataGuard(Setting setting, Config config) {
    this.excess = config.excess();
    boolean object = false;
    for (ObjectBinding binding : setting.operation().objects().list()) {
      object |= binding.items() == null && binding.does() != Does.LIST;
    }
    this.whole = object;
    this.classified = classifies(setting);
  }

  private static boolean classifies(Setting setting) {
    for (Responses.Promised promised : setting.operation().responses().byStatus().values()) {
      if (RestrictedProperties.in(promised.content(), "x-gatewarden-class")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    boolean judges = !setting.operation().objects().list().isEmpty() || classifies(setting);
    return judges ? Optional.of(new ExcessDataGuard(setting, config)) : Optional.empty();
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    if (response == null) {
      return Verdict.pass();
    }
    Reading body = response.body();
    if (!body.conforms() && body.whole().length() > 0) {
      if (response.status() >= REDIRECTS) {
        return replaced(response.status(), call.exchange().id());
      }
      if (!body.complete() || body.whole() != body.bytes()) {
        return Verdict.deny(Why.UNREADABLE);
      }
    }
    return excess(call, body, response.status() < REDIRECTS);
  }

  private static Verdict replaced(int status, ExchangeId id) {
    String problem = PlainErrorsGuard.problem(status, id);
    return new Verdict.Redact(
        Why.ERROR_REPLACED, List.of(new Edit.ReplaceBody(problem, "application/problem+json")));
  }

  private Verdict excess(Call call, Reading body, boolean success) {
    List<Edit> cuts = List.of();
    List<Mark> marks = body.marks();
    Deque<Mark> around = new ArrayDeque<>();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      while (!around.isEmpty() && around.getLast().to() <= mark.from()) {
        around.removeLast();
      }
      if (mark.meaning() instanceof Meaning.Classified) {
        around.addLast(mark);
      }
      Mark cut = cut(mark, around.peekLast(), call, success);
      if (cut != null) {
        if (excess == Excess.REFUSE) {
          return Verdict.deny(Why.TOO_MUCH);
        }
        cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
        cuts.add(new Edit.CutBody(cut.nameFrom(), cut.to()));
      }
    }
    return cuts.isEmpty() ? Verdict.pass() : new Verdict.Redact(Why.CUT, cuts);
  }

  /// What has to go because of a mark; null where nothing has to.
  ///
  /// @param around the smallest classified value around it
  private @Nullable Mark cut(Mark mark, @Nullable Mark around, Call call, boolean success) {
    return switch (mark.meaning()) {
      case Meaning.Undeclared() -> success && (whole || inObject(mark, call)) ? mark : null;
      case Meaning.Stray _ -> mark;
      case Meaning.Unread() -> classified ? mark : null;
      case Meaning.Broken() -> around;
      case Meaning.Classified _,
          Meaning.Readable _,
          Meaning.Writable _,
          Meaning.Identity _,
          Meaning.Typed _,
          Meaning.TypedPart _,
          Meaning.Part _ ->
          null;
    };
  }

  private static boolean inObject(Mark mark, Call call) {
    for (Call.Seen seen : call.seen()) {
      if (Around.of(seen.each(), mark) != null) {
        return true;
      }
    }
    return false;
  }
}
