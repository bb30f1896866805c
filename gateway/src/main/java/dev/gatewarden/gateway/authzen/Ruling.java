package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.decision.Grounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answer to one question.
///
/// @param id of the decision line; empty where nothing was judged
/// @param status what the gate would have answered a request with; 200 for yes
/// @param reason what the gate would have told its caller; empty for yes
/// @param misunderstood whether the question has no meaning, so that nothing was judged
/// @param grounds what decision points said
record Ruling(
    boolean permits,
    String id,
    int status,
    String reason,
    boolean misunderstood,
    List<Grounds> grounds) {

  static Ruling yes(String id, List<Grounds> grounds) {
    return new Ruling(true, id, 200, "", false, grounds);
  }

  static Ruling no(String id, int status, String reason, List<Grounds> grounds) {
    return new Ruling(false, id, status, reason, false, grounds);
  }

  static Ruling misunderstood(String message) {
    return new Ruling(false, "", 400, message, true, List.of());
  }

  /// As AuthZEN writes it (section 5.5). By which policies somebody else's object was refused is
  /// not
  /// told: where an object is absent, none was asked.
  ///
  /// @param revision the configuration in force
  Map<String, Object> json(String revision) {
    Map<String, Object> context = new LinkedHashMap<>();
    if (!id.isEmpty()) {
      context.put("id", id);
    }
    context.put("revision", revision);
    if (misunderstood) {
      context.put("error", ordered("status", status, "message", reason));
    } else if (!permits) {
      context.put("status", status);
      context.put("reason", reason);
    }
    List<Object> points = new ArrayList<>();
    if (status != 404) {
      for (Grounds each : grounds) {
        points.add(ordered("point", each.point(), "policy", each.digest()));
      }
    }
    if (!points.isEmpty()) {
      context.put("decided_by", points);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("decision", permits);
    all.put("context", context);
    return all;
  }

  /// Two members, in this order: equal answers are equal texts.
  static Map<String, Object> ordered(String one, Object first, String other, Object second) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put(one, first);
    both.put(other, second);
    return both;
  }
}
