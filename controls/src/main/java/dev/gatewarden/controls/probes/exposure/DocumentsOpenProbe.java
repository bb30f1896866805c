package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Map;

/// Asks for the documents of an API and for consoles that try it, as nobody.
@Attack(
    id = "documents-open",
    title = "documents of the API, or a console for it, are open",
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    remedy = "publish documents where they are meant to be read, and no console in production")
public final class DocumentsOpenProbe implements Probe {
  private static final List<String> PATHS =
      List.of(
          "/openapi.json",
          "/openapi.yaml",
          "/openapi",
          "/swagger.json",
          "/swagger.yaml",
          "/swagger",
          "/swagger-ui",
          "/swagger-ui/",
          "/swagger-ui.html",
          "/swagger-ui/index.html",
          "/api-docs",
          "/v2/api-docs",
          "/v3/api-docs",
          "/docs",
          "/docs/",
          "/redoc",
          "/graphiql",
          "/playground");

  @Override
  public void run(Scene scene) {
    Map<String, Integer> there = Pages.there(scene, PATHS);
    if (!there.isEmpty()) {
      scene.found(
          new Fault(
              null,
              "documents",
              Severity.LOW,
              Confidence.PROVED,
              "`"
                  + String.join("`, `", there.keySet())
                  + (there.size() == 1 ? "` is" : "` are")
                  + " open to whoever asks",
              List.copyOf(there.values())));
    }
  }
}
