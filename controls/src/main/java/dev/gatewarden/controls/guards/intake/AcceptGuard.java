package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Recent;
import dev.gatewarden.core.canon.Accept;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses.Promised;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Stage;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Asks the service for nothing but what the contract promises: `Accept` is narrowed to the
/// promised types, and a caller who can make use of none of them is told so.
///
/// A service that picks its answer by `Accept` could otherwise be talked into a page, an export or
/// a trace that nobody promised. Types in JSON stand for one another, since many APIs have a name
/// of their own for it. No `Accept` travels as none; one that cannot be read says nothing, and does
/// not travel.
@Control(
    id = "accept",
    stage = Stage.INTAKE,
    threats = {Threat.API8_MISCONFIGURATION})
public final class AcceptGuard implements Guard {

  /// Nothing can be set.
  public record Config() {}

  /// Why a request is refused.
  public enum Why implements Reason {
    NOT_PROMISED(406, "this operation answers in none of the types that the caller takes");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "accept";
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
          AcceptGuard.class,
          new Config(),
          Reads.HEAD,
          Why.values(),
          (setting, _) -> {
            Set<String> success = promised(setting.operation(), true);
            return success.isEmpty() || success.contains("*/*")
                ? Optional.empty()
                : Optional.of(new AcceptGuard(success, promised(setting.operation(), false)));
          });

  private final Recent<String, Verdict> recent = new Recent<>();
  private final Set<String> success;
  private final Set<String> all;

  private AcceptGuard(Set<String> success, Set<String> all) {
    this.success = success;
    this.all = all;
  }

  /// The types an operation answers in, those of success first.
  private static Set<String> promised(Operation operation, boolean successOnly) {
    Set<String> types = new LinkedHashSet<>();
    for (Promised each : operation.responses().byStatus().values()) {
      if (each.status().startsWith("2")) {
        types.addAll(each.content().types().keySet());
      }
    }
    for (Promised each : operation.responses().byStatus().values()) {
      boolean rest = each.status().equals("default") && types.isEmpty();
      if (rest || !successOnly) {
        types.addAll(each.content().types().keySet());
      }
    }
    return types;
  }

  @Override
  public Verdict judge(Call call) {
    Headers headers = call.exchange().request().headers();
    String text = headers.first("accept");
    if (text == null) {
      return Verdict.pass();
    }
    if (headers.count("accept") > 1) {
      text = String.join(", ", headers.all("accept"));
    }
    Verdict known = recent.get(text);
    return known == null ? recent.keep(text, judge(text)) : known;
  }

  private Verdict judge(String text) {
    Accept accept = Accept.read(text);
    if (accept == null) {
      return Verdict.pass().editing(new Edit.RemoveRequestHeader("accept"));
    }
    if (accept.ranges().isEmpty()) {
      return Verdict.pass();
    }
    Set<String> wanted = new LinkedHashSet<>();
    boolean fits = false;
    for (Accept.Range range : accept.ranges()) {
      if (range.weight() > 0) {
        fits |= add(accept, range, success, wanted);
        add(accept, range, all, wanted);
      }
    }
    if (!fits) {
      return Verdict.deny(Why.NOT_PROMISED);
    }
    String narrowed = String.join(", ", wanted);
    return narrowed.equals(text)
        ? Verdict.pass()
        : Verdict.pass().editing(new Edit.SetRequestHeader("accept", narrowed));
  }

  /// Adds what one range and the promised types have in common; false where that is nothing.
  private static boolean add(
      Accept accept, Accept.Range range, Set<String> promised, Set<String> wanted) {
    boolean any = false;
    for (String type : promised) {
      if (within(range.range(), type) || isJson(range.range()) && isJson(type)) {
        wanted.add(range.text());
        any = true;
      } else if (within(type, range.range()) && accept.weight(type) > 0) {
        int weight = range.weight();
        wanted.add(weight == 1000 ? type : type + ";q=" + weight(weight));
        any = true;
      }
    }
    return any;
  }

  private static boolean within(String type, String range) {
    return range.equals("*/*")
        || range.equals(type)
        || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1));
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static String weight(int weight) {
    StringBuilder digits = new StringBuilder("0.");
    for (int part = 100, left = weight; left > 0; left %= part, part /= 10) {
      digits.append(left / part);
    }
    return digits.toString();
  }
}
