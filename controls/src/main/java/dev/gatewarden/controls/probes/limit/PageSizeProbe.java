package dev.gatewarden.controls.probes.limit;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Paging;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Shape;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks lists for pages beyond the bound that the contract states, or beyond all sense.
///
/// A service may cut such a wish down; it is a fault where the answer says that it was taken as it
/// was, or holds more than it may.
@Attack(
    id = "page-unbounded",
    title = "a page may be as long as the caller likes",
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    guards = {"page-size", "request-schema"},
    remedy = "state a `maximum` for the page size and refuse what is above it")
public final class PageSizeProbe implements Probe {
  private static final long WISH = 1_000_000;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Parameter size = operation.safe() ? Paging.size(operation) : null;
      Draft honest = size == null ? null : Honest.of(scene, operation);
      if (size != null && honest != null) {
        attack(scene, honest, size);
      }
    }
  }

  private static void attack(Scene scene, Draft honest, Parameter size) {
    if (!(Shape.of(size.schema()).value("maximum") instanceof Node.Num maximum)) {
      scene.untested(
          honest.operation(), "the contract states no `maximum` for `" + size.name() + "`");
      return;
    }
    long most = maximum.value().longValue();
    Answer within = scene.send(honest.query(size.name(), Long.toString(most)));
    Answer beyond = scene.send(honest.query(size.name(), Long.toString(WISH)));
    if (!within.ok()) {
      scene.untested(
          honest.operation(), "a page of the bound itself is answered " + within.status());
    } else if (beyond.ok() && !cut(beyond.json(), within.json())) {
      scene.found(
          new Fault(
              honest.operation(),
              "query." + size.name(),
              Severity.MEDIUM,
              Confidence.LIKELY,
              "a page of "
                  + WISH
                  + " is answered "
                  + beyond.status()
                  + ", where the contract ends at "
                  + most,
              List.of(beyond.attempt())));
    } else {
      scene.withstood(honest.operation());
    }
  }

  /// Whether the answer says that the page was cut to what it may be.
  private static boolean cut(@Nullable Node beyond, @Nullable Node within) {
    return beyond instanceof Obj object
        && within != null
        && object.entries().stream()
            .anyMatch(
                each ->
                    Paging.isSize(each.name())
                        && !Long.toString(WISH).equals(Json.scalar(each.value())));
  }
}
