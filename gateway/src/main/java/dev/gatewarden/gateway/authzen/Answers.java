package dev.gatewarden.gateway.authzen;

import dev.gatewarden.gateway.authzen.Understood.Clear;
import dev.gatewarden.gateway.authzen.Understood.Wrong;
import dev.gatewarden.gateway.walk.GateSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answers to one call's questions (AuthZEN 1.0, sections 6 and 7). Each is judged for itself:
/// nothing of one question is known to the next.
final class Answers {
  private static final String ALL = "execute_all";
  private static final String FIRST_NO = "deny_on_first_deny";
  private static final String FIRST_YES = "permit_on_first_permit";

  private final GateSettings gate;
  private final AuthzenSettings settings;
  private final MatterReader matters;
  private final CallerReader callers;
  private final Judge judge;
  private final PageTokens pages;
  private final long end;

  Answers(
      GateSettings gate,
      AuthzenSettings settings,
      MatterReader matters,
      CallerReader callers,
      Judge judge,
      PageTokens pages) {
    this.gate = gate;
    this.settings = settings;
    this.matters = matters;
    this.callers = callers;
    this.judge = judge;
    this.pages = pages;
    this.end = gate.nanos().getAsLong() + settings.deadline().toNanos();
  }

  MatterReader matters() {
    return matters;
  }

  CallerReader callers() {
    return callers;
  }

  AuthzenSettings settings() {
    return settings;
  }

  PageTokens pages() {
    return pages;
  }

  String revision() {
    return gate.policy();
  }

  /// Whether no further evaluation may be begun.
  boolean late() {
    return gate.nanos().getAsLong() - end >= 0;
  }

  /// One evaluation. What is not understood is wrong as a whole.
  Understood<Map<String, Object>> one(Map<String, Object> question) {
    Ruling ruling = ruling(question, Map.of());
    return ruling.misunderstood()
        ? Understood.wrong(ruling.reason())
        : Understood.clear(ruling.json(gate.policy()));
  }

  /// Several evaluations, in their order; one that is not understood is a no of its own.
  Understood<Map<String, Object>> several(Map<String, Object> call) {
    Object evaluations = call.get("evaluations");
    if (evaluations == null || evaluations.equals(List.of())) {
      return one(call);
    }
    if (!(evaluations instanceof List<?> each)) {
      return Understood.wrong("`evaluations` is not a list");
    }
    if (each.size() > settings.evaluations()) {
      return Understood.wrong(
          "`evaluations` has " + each.size() + " items; at most " + settings.evaluations());
    }
    Object options = call.get("options");
    if (options != null && !(options instanceof Map<?, ?>)) {
      return Understood.wrong("`options` is not an object");
    }
    Object semantic = options instanceof Map<?, ?> map ? map.get("evaluations_semantic") : null;
    if (semantic != null
        && !semantic.equals(ALL)
        && !semantic.equals(FIRST_NO)
        && !semantic.equals(FIRST_YES)) {
      return Understood.wrong(
          "`options.evaluations_semantic` is one of `"
              + ALL
              + "`, `"
              + FIRST_NO
              + "`, `"
              + FIRST_YES
              + "`");
    }
    List<Object> told = new ArrayList<>();
    for (Object question : each) {
      Ruling ruling =
          question instanceof Map<?, ?> map
              ? ruling(Words.members(map), call)
              : Ruling.misunderstood("an evaluation is an object");
      told.add(ruling.json(gate.policy()));
      boolean enough = ruling.permits() ? FIRST_YES.equals(semantic) : FIRST_NO.equals(semantic);
      if (enough) {
        break;
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("evaluations", told);
    return Understood.clear(all);
  }

  private Ruling ruling(Map<String, Object> question, Map<String, Object> defaults) {
    if (late()) {
      return Ruling.no("", 503, "the question was not answered in time", List.of());
    }
    return switch (Words.read(question, defaults, Words.Open.NOTHING)) {
      case Wrong<Words>(String message) -> Ruling.misunderstood(message);
      case Clear<Words>(Words words) ->
          switch (matters.read(words)) {
            case Wrong<Matter>(String message) -> Ruling.misunderstood(message);
            case Clear<Matter>(Matter matter) -> ruling(words, matter);
          };
    };
  }

  /// The ruling on a question that is understood but for its subject.
  Ruling ruling(Words words, Matter matter) {
    return switch (callers.read(words.subject(), matter.api())) {
      case Wrong<Caller>(String message) -> Ruling.misunderstood(message);
      case Clear<Caller>(Caller caller) ->
          judge.rule(matter, caller, callers.source(words.subject()));
    };
  }
}
