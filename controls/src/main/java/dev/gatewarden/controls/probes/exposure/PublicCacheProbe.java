package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.controls.probes.Leaks;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Looks whether caches may keep for everybody what was answered to one caller.
///
/// An answer that has to be asked for with a credential is one caller's. What is answered to one
/// and
/// then, the same, to another who would be answered otherwise, came out of a cache already.
@Attack(
    id = "public-cache",
    title = "caches may give one caller's answer to another",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 524,
    guards = "private-cache",
    remedy = "answer callers with `Cache-Control: private, no-store`, and key caches by who asks")
public final class PublicCacheProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (operation.safe() && !scene.allowed(operation, Identity.NOBODY, null)) {
        attack(scene, operation);
      }
    }
  }

  private static void attack(Scene scene, Operation operation) {
    Draft honest = Honest.of(scene, operation);
    Answer answer = honest == null ? null : scene.send(honest);
    if (honest == null || answer == null || !answer.ok()) {
      return;
    }
    String control = answer.header("cache-control");
    String vary = answer.header("vary");
    boolean open = control != null && (control.contains("public") || control.contains("s-maxage"));
    if (open && !keyed(vary, honest.as())) {
      scene.found(
          new Fault(
              operation,
              "cache-control",
              Severity.MEDIUM,
              Confidence.PROVED,
              "an answer to one caller says `" + control + "`",
              List.of(answer.attempt())));
      return;
    }
    if (!shared(scene, honest, answer)) {
      scene.withstood(operation);
    }
  }

  /// Whether caches tell answers apart by what a caller presents (RFC 9111, section 4.1).
  private static boolean keyed(@Nullable String vary, Identity caller) {
    List<String> names = new ArrayList<>();
    for (String each : vary == null ? new String[0] : vary.split(",", -1)) {
      names.add(each.strip().toLowerCase(Locale.ROOT));
    }
    boolean all = !caller.presents().isEmpty();
    for (Identity.Presented each : caller.presents()) {
      all &=
          switch (each.where()) {
            case HEADER -> names.contains(each.name().toLowerCase(Locale.ROOT));
            case COOKIE -> names.contains("cookie");
            // the address is what caches go by
            case QUERY, BODY -> true;
          };
    }
    return all || names.contains("*") || names.contains("authorization");
  }

  /// Whether another caller is answered what this one was, with this one's name in it.
  private static boolean shared(Scene scene, Draft honest, Answer own) {
    Identity caller = honest.as();
    if (!honest.operation().path().variables().isEmpty() && honest.operation().tenant() == null) {
      return false;
    }
    // what a parameter names need not be the caller's own
    for (Parameter each : honest.operation().parameters()) {
      if (each.in() == Parameter.In.QUERY && each.required()) {
        return false;
      }
    }
    for (Identity other : scene.identities()) {
      boolean same = java.util.Objects.equals(other.is().tenant(), caller.is().tenant());
      if (other.name().equals(caller.name())
          || !same
          || !Leaks.holds(own.json(), caller.is().subject())
          || !scene.allowed(honest.operation(), other, null)) {
        continue;
      }
      Answer theirs = scene.send(honest.as(other));
      if (theirs.ok() && theirs.sameAs(own) && !Leaks.holds(theirs.json(), other.is().subject())) {
        scene.found(
            new Fault(
                honest.operation(),
                "shared",
                Severity.HIGH,
                Confidence.PROVED,
                "`" + other + "` is answered what `" + caller + "` was answered before",
                List.of(own.attempt(), theirs.attempt())));
        return true;
      }
      return false;
    }
    return false;
  }
}
