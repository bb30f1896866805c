package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OpenFGA's check: `POST /stores/STORE/check`, whether a user has a relation to an object.
///
/// @param model the authorization model; empty for the newest
/// @param relations by action: the relation it needs; an action that is not named needs the one of
///     its own name
record OpenFga(URI address, String model, Map<String, String> relations, boolean issuers)
    implements Dialect {

  static OpenFga at(
      URI base, String store, String model, Map<String, String> relations, boolean issuers) {
    return new OpenFga(Paths.below(base, "/stores/" + store + "/check"), model, relations, issuers);
  }

  /// A subject or an id with a sign that parts names would be asked about somebody else:
  /// `team#member`
  /// is everybody of a team.
  @Override
  public @Nullable Map<String, Object> body(Question question) {
    String subject = Subjects.user(question, issuers);
    String id = question.resource().named();
    if (question.caller().isNobody() || !plain(subject) || !plain(id) || subject.equals("*")) {
      return null;
    }
    String relation = relations.getOrDefault(question.action(), question.action());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "tuple_key",
        Map.of(
            "user", "user:" + subject, "relation", relation, "object", kind(question) + ":" + id));
    if (!model.isEmpty()) {
      body.put("authorization_model_id", model);
    }
    return body;
  }

  static String kind(Question question) {
    return question.resource() instanceof Question.Resource.Api
        ? "api"
        : question.resource().kind();
  }

  private static boolean plain(String text) {
    if (text.isEmpty() || text.length() > 200) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '#' || c == ':' || c == '@' || c == 127) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Meaning meaning(Map<String, Object> answer) {
    return Meaning.of(Opa.says(answer.get("allowed")));
  }
}
