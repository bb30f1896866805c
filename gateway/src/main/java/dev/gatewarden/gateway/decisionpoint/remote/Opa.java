package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Open Policy Agent's data API: `POST /v1/data/PATH` with `input`; a rule that is undefined
/// forbids.
///
/// The rule gives a boolean, or an object with `allow`, and `policies` and `digest` for the
/// records.
///
/// @param address of the rule: `http://127.0.0.1:8181/v1/data/gatewarden/allow`
record Opa(URI address) implements Dialect {

  @Override
  public Map<String, Object> body(Question question) {
    return Map.of("input", Subjects.of(question, false));
  }

  @Override
  public Map<String, Object> timed(Map<String, Object> body, Question question) {
    return Map.of("input", Subjects.of(question, true));
  }

  @Override
  public Meaning meaning(Map<String, Object> answer) {
    Object result = answer.get("result");
    if (result == null) {
      return Meaning.of(Says.FORBID);
    }
    Map<?, ?> told = result instanceof Map<?, ?> map ? map : new LinkedHashMap<>();
    Object allow = result instanceof Map<?, ?> ? told.get("allow") : result;
    Says says = says(allow);
    List<String> policies = new ArrayList<>();
    if (told.get("policies") instanceof List<?> list) {
      list.forEach(each -> policies.add(String.valueOf(each)));
    }
    return new Meaning(says, told.get("digest") instanceof String text ? text : "", policies);
  }

  /// What is there and no boolean is a rule that means something else.
  static Says says(@Nullable Object allow) {
    if (allow instanceof Boolean truth) {
      return truth ? Says.PERMIT : Says.FORBID;
    }
    return Says.NOTHING;
  }
}
