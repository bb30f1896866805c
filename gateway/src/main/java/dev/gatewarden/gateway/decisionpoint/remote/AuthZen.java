package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.Map;

/// The access evaluation API of AuthZEN 1.0 (section 6): `POST /access/v1/evaluation`.
///
/// @param address of the endpoint
record AuthZen(URI address) implements Dialect {

  /// @param base of the decision point
  static AuthZen at(URI base) {
    return new AuthZen(Paths.below(base, "/access/v1/evaluation"));
  }

  @Override
  public Map<String, Object> body(Question question) {
    return Subjects.of(question, false);
  }

  @Override
  public Map<String, Object> timed(Map<String, Object> body, Question question) {
    return Subjects.of(question, true);
  }

  @Override
  public Meaning meaning(Map<String, Object> answer) {
    return Meaning.of(Opa.says(answer.get("decision")));
  }
}
