package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Topaz's authorizer: `POST /api/v2/authz/is`, which asks the module `POLICY.ACTION` whether it is
/// `allowed`.
///
/// @param policy the root of the policy's modules
record Topaz(URI address, String policy, boolean issuers) implements Dialect {

  static Topaz at(URI base, String policy, boolean issuers) {
    return new Topaz(Paths.below(base, "/api/v2/authz/is"), policy, issuers);
  }

  @Override
  public @Nullable Map<String, Object> body(Question question) {
    Map<String, Object> identity =
        question.caller().isNobody()
            ? Map.of("type", "IDENTITY_TYPE_NONE")
            : Map.of("type", "IDENTITY_TYPE_SUB", "identity", Subjects.user(question, issuers));
    return Map.of(
        "identity_context",
        identity,
        "policy_context",
        Map.of("path", policy + "." + question.action(), "decisions", List.of("allowed")),
        "resource_context",
        Subjects.of(question, false));
  }

  @Override
  public Meaning meaning(Map<String, Object> answer) {
    if (answer.get("decisions") instanceof List<?> decisions
        && decisions.size() == 1
        && decisions.getFirst() instanceof Map<?, ?> only
        && "allowed".equals(only.get("decision"))) {
      // what is false is left out, as protobuf does
      return Meaning.of(only.get("is") == null ? Says.FORBID : Opa.says(only.get("is")));
    }
    return Meaning.of(Says.NOTHING);
  }
}
