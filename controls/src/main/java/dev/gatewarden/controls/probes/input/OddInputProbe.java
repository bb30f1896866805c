package dev.gatewarden.controls.probes.input;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Sends what no contract promises: ids of an odd form, texts that are no JSON, values of another
/// type.
///
/// Refusing is right, whatever the status; falling over is not. Where an answer tells what the code
/// looks like, that is told by itself.
@Attack(
    id = "odd-input",
    title = "odd input breaks the service",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 248,
    guards = "request-schema",
    remedy =
        "validate requests against the contract before they reach the code, and answer failures"
            + " without details")
public final class OddInputProbe implements Probe {
  private static final List<String> IDS = List.of("'", "x0", "-1", "99999999999999999999999");
  private static final List<String> TEXTS = List.of("{", "[]", "\"\"");
  private static final int MOST_MEMBERS = 4;

  /// How traces look, in several languages.
  private static final Pattern TRACE =
      Pattern.compile(
          "\\bat [\\w.$]{1,200}+\\([\\w]{1,100}+\\.(java|kt|scala|js|ts):\\d+|Traceback \\(most"
              + " recent|File \"[^\"]{1,200}+\", line \\d+|\\.java:\\d+\\)|goroutine \\d+"
              + " \\[|node_modules/|"
              + "\\b(?:[a-z]{1,40}+\\.){2,12}+[A-Z]\\w{0,80}(?:Exception|Error)\\b|SQLSTATE|ORA-\\d{5}");

  /// Whether a text tells what the code behind it looks like.
  public static boolean hasTrace(String text) {
    return TRACE.matcher(text).find();
  }

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Draft honest = Honest.expendable(scene, operation);
      if (honest != null) {
        attack(scene, honest);
      }
    }
  }

  private static void attack(Scene scene, Draft honest) {
    boolean stood = true;
    // an odd id may be somebody's: only reads try them
    Set<String> names = honest.operation().safe() ? honest.path().keySet() : Set.of();
    for (String name : names) {
      for (String id : IDS) {
        stood = stood && withstood(scene, honest.path(name, id), "path." + name);
      }
    }
    if (Honest.json(honest) && honest.body() instanceof Obj body) {
      for (String text : TEXTS) {
        stood = stood && withstood(scene, honest.written(text, honest.mediaType()), "body");
      }
      for (List<String> at : members(body)) {
        Node other =
            Json.at(body, at) instanceof Obj ? Json.of(List.of()) : Json.of(List.of(Json.NULL));
        stood = stood && withstood(scene, honest.member(at, other), "body");
      }
    }
    if (stood) {
      scene.withstood(honest.operation());
    }
  }

  /// The members of an object, and of those within it.
  private static List<List<String>> members(Obj body) {
    List<List<String>> members = new ArrayList<>();
    for (Node.Member each : body.entries()) {
      members.add(List.of(each.name()));
      if (each.value() instanceof Obj inner) {
        inner.entries().forEach(below -> members.add(List.of(each.name(), below.name())));
      }
    }
    return members.size() > MOST_MEMBERS ? members.subList(0, MOST_MEMBERS) : members;
  }

  private static boolean withstood(Scene scene, Draft draft, String place) {
    Answer answer = scene.send(draft);
    boolean traced = !answer.ok() && hasTrace(answer.beginning());
    if (!answer.broke() && !traced) {
      return true;
    }
    scene.found(
        new Fault(
            draft.operation(),
            place,
            traced ? Severity.HIGH : Severity.MEDIUM,
            Confidence.PROVED,
            traced
                ? "an error tells what the code looks like"
                : "odd input is answered " + answer.status(),
            List.of(answer.attempt())));
    return false;
  }
}
