package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Asks for pages of developers and operators, as nobody.
@Attack(
    id = "left-open",
    title = "a page for those who run the service is open",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 489,
    remedy = "take it off the public port, or close it")
public final class LeftOpenProbe implements Probe {
  private static final List<String> PATHS =
      List.of(
          "/debug",
          "/debug/vars",
          "/debug/requests",
          "/debug/events",
          "/debug/pprof/",
          "/_debug",
          "/actuator",
          "/actuator/env",
          "/actuator/heapdump",
          "/management",
          "/manage",
          "/manage/info",
          "/admin",
          "/admin/config",
          "/console",
          "/metrics",
          "/internal",
          "/internal/status",
          "/env",
          "/config",
          "/.env",
          "/.git/config",
          "/server-status",
          "/phpinfo.php",
          "/trace",
          "/files/",
          "/files",
          "/uploads/",
          "/static/",
          "/backup/",
          "/logs");

  @Override
  public void run(Scene scene) {
    Pages.open(scene, PATHS, Severity.HIGH);
  }
}
