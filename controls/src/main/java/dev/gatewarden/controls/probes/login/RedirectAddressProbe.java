package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Asks for a code to be led to addresses that look like the registered one (RFC 9700, section
/// 4.1).
@Attack(
    id = "redirect-address",
    title = "a code is led to an address that is not registered",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 601,
    changes = true,
    remedy = "compare redirect addresses letter by letter with the registered one")
public final class RedirectAddressProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    String code = flow == null ? null : flow.code();
    if (flow == null || code == null) {
      return;
    }
    for (String each : like(URI.create(flow.redirect()))) {
      Answer answer = flow.authorize(Map.of("redirect_uri", each));
      String location = answer.header("location");
      if (location != null && location.startsWith(each) && Flow.code(answer) != null) {
        flow.found(
            "GET",
            flow.oauth().authorize(),
            "query.redirect_uri",
            Severity.HIGH,
            "a code is led to `" + each + "`, which nobody registered",
            answer);
        return;
      }
    }
    if (!twice(flow)) {
      flow.withstood("GET", flow.oauth().authorize());
    }
  }

  /// The registered address and another one: which is checked, and which is used?
  private static boolean twice(Flow flow) {
    String away = "https://probe.example/";
    List<Draft.Pair> query = new ArrayList<>(flow.honest());
    query.add(new Draft.Pair("redirect_uri", away));
    Answer answer = flow.authorize(query);
    String location = answer.header("location");
    if (location == null || !location.startsWith(away) || Flow.code(answer) == null) {
      return false;
    }
    flow.found(
        "GET",
        flow.oauth().authorize(),
        "query.redirect_uri",
        Severity.HIGH,
        "of two addresses the registered one is checked, and a code is led to the other",
        answer);
    return true;
  }

  private static List<String> like(URI registered) {
    String path = registered.getRawPath() == null ? "" : registered.getRawPath();
    String origin = registered.getScheme() + "://" + registered.getRawAuthority();
    List<String> like = new ArrayList<>();
    like.add("https://probe.example" + path);
    like.add(origin + ".probe.example" + path);
    like.add(origin + "@probe.example" + path);
    like.add(origin + path + "/../probe");
    like.add(origin + path + "/%2e%2e/probe");
    like.add(origin + path + "probe");
    like.add(origin + "/probe");
    if ("https".equals(registered.getScheme())) {
      like.add("http://" + registered.getRawAuthority() + path);
    }
    return like;
  }
}
