package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.regex.Pattern;

/// Looks for headers that name the software behind an answer together with its version: what is
/// known to be broken in it is then looked up rather than tried.
@Attack(
    id = "version-told",
    title = "answers tell the version of the software behind them",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 200,
    remedy = "leave such headers out, or let the gate take them away")
public final class VersionToldProbe implements Probe {
  private static final List<String> HEADERS =
      List.of("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+");
  private static final int MOST = 4;

  @Override
  public void run(Scene scene) {
    int asked = 0;
    for (Operation operation : scene.operations()) {
      Draft honest = operation.safe() && asked < MOST ? Honest.of(scene, operation) : null;
      Answer answer = honest == null ? null : scene.send(honest);
      if (answer == null) {
        continue;
      }
      asked++;
      for (String header : HEADERS) {
        String value = answer.header(header);
        if (value != null && VERSION.matcher(value).find()) {
          scene.found(
              new Fault(
                  operation,
                  "header " + header,
                  Severity.LOW,
                  Confidence.PROVED,
                  "the header `" + header + "` is `" + value + "`",
                  List.of(answer.attempt())));
          return;
        }
      }
      scene.withstood(operation);
    }
  }
}
