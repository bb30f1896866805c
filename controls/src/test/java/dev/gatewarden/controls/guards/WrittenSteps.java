package dev.gatewarden.controls.guards;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.testkit.cases.Scene;
import dev.gatewarden.testkit.cases.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The steps of flows that a case says were done: `done: {cart: {ago: 60, by: corp|alice, same:
/// {cart: c1}}}`, or `nothing`, or `unknown` where nobody can say.
final class WrittenSteps implements Steps {
  private final Scene scene;

  WrittenSteps(Scene scene) {
    this.scene = scene;
  }

  @Override
  public List<Done> find(String key) {
    if (scene.said().get("done") instanceof String word) {
      if (word.equals("unknown")) {
        throw OutOfReach.INSTANCE;
      }
      return List.of();
    }
    String flow = key.substring(0, key.indexOf('/'));
    List<Done> all = new ArrayList<>();
    Words done = scene.said().object("done");
    for (String step : done.said().keySet()) {
      Words said = done.object(step);
      said.only(java.util.Set.of("ago", "by", "same"));
      if (key.equals(flow + "/" + said.text("by", "corp|alice"))) {
        Map<String, String> about = new HashMap<>();
        Words same = said.object("same");
        same.said()
            .keySet()
            .forEach(tie -> about.put(tie, flow + "|" + tie + "|" + same.text(tie, "")));
        Instant at = scene.clock().instant().minus(Duration.ofSeconds(said.number("ago", 60)));
        all.add(new Done(step, about, at, "r-" + step));
      }
    }
    return all;
  }

  @Override
  public boolean done(String key, Done step, Duration lasting) {
    return false;
  }

  @Override
  public String digest(String value) {
    return value;
  }
}
