package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// OpenFGA's check: `POST /stores/STORE/check`, whether a user has a relation to an object; for
/// several questions `POST /stores/STORE/batch-check`.
///
/// @param several of the call for several questions
/// @param model the authorization model; empty for the newest
/// @param relations by action: the relation it needs; an action that is not named needs the one of
///     its own name
record OpenFga(
    URI address, URI several, String model, Map<String, String> relations, boolean issuers)
    implements Dialect {

  static OpenFga at(
      URI base, String store, String model, Map<String, String> relations, boolean issuers) {
    String path = "/stores/" + store;
    return new OpenFga(
        Paths.below(base, path + "/check"),
        Paths.below(base, path + "/batch-check"),
        model,
        relations,
        issuers);
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

  @Override
  public Batch batch() {
    return new Checks(several);
  }

  /// Several checks in one call; each answer names the check that it is about.
  record Checks(URI address) implements Batch {

    @Override
    public Map<String, Object> body(List<Map<String, Object>> each) {
      List<Object> checks = new ArrayList<>(each.size());
      for (int i = 0; i < each.size(); i++) {
        Map<String, Object> check = new LinkedHashMap<>(each.get(i));
        check.remove("authorization_model_id");
        check.put("correlation_id", String.valueOf(i));
        checks.add(check);
      }
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("checks", checks);
      Object model = each.getFirst().get("authorization_model_id");
      if (model != null) {
        all.put("authorization_model_id", model);
      }
      return all;
    }

    @Override
    public @Nullable List<Meaning> meanings(
        Map<String, Object> answer, List<Map<String, Object>> each) {
      if (!(answer.get("result") instanceof Map<?, ?> result) || result.size() != each.size()) {
        return null;
      }
      List<Meaning> meanings = new ArrayList<>(each.size());
      for (int i = 0; i < each.size(); i++) {
        if (!(result.get(String.valueOf(i)) instanceof Map<?, ?> one)) {
          return null;
        }
        meanings.add(
            Meaning.of(one.get("error") == null ? Opa.says(one.get("allowed")) : Says.NOTHING));
      }
      return meanings;
    }
  }
}
