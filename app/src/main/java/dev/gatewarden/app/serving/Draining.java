package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.text.Json;
import java.util.Map;

/// Whether whoever spreads requests over several gates should leave this one out: `/ready` says so,
/// while every request that still comes is served.
final class Draining implements Action {
  private volatile boolean begun;

  boolean begun() {
    return begun;
  }

  @Override
  public String path() {
    return "/drain";
  }

  @Override
  public String told() {
    return Json.text(Map.of("draining", begun));
  }

  @Override
  public Done act(Map<String, String> fields) {
    String wish = fields.getOrDefault("do", "");
    if (fields.size() != 1 || !(wish.equals("begin") || wish.equals("end"))) {
      throw new IllegalArgumentException("`do` is `begin` or `end`");
    }
    begun = wish.equals("begin");
    return new Done(begun ? "drain" : "undrain", "", told());
  }
}
