package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The access evaluation API of AuthZEN 1.0 (section 6): `POST /access/v1/evaluation`, and for
/// several questions `POST /access/v1/evaluations` (section 7).
///
/// @param address of the endpoint
/// @param several of that for several questions
record AuthZen(URI address, URI several) implements Dialect {
  private static final String ONE = "/access/v1/evaluation";

  /// @param base of the decision point, or of its endpoint
  static AuthZen at(URI base) {
    URI one = Paths.below(base, ONE);
    return new AuthZen(one, URI.create(one + "s"));
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

  @Override
  public Batch batch() {
    return new Evaluations(several);
  }

  /// Several evaluations in one call; what they have in common is said once, as their default.
  record Evaluations(URI address) implements Batch {
    private static final List<String> COMMON = List.of("subject", "action", "context");

    @Override
    public Map<String, Object> body(List<Map<String, Object>> each) {
      Map<String, Object> all = new LinkedHashMap<>();
      Map<String, Object> first = each.getFirst();
      for (String name : COMMON) {
        Object value = first.get(name);
        if (value != null && each.stream().allMatch(one -> value.equals(one.get(name)))) {
          all.put(name, value);
        }
      }
      List<Object> evaluations = new ArrayList<>(each.size());
      for (Map<String, Object> one : each) {
        Map<String, Object> own = new LinkedHashMap<>(one);
        own.keySet().removeAll(all.keySet());
        evaluations.add(own);
      }
      all.put("evaluations", evaluations);
      all.put("options", Map.of("evaluations_semantic", "execute_all"));
      return all;
    }

    /// Answers come in the order of the questions, and say nothing else of what they are about.
    @Override
    public @Nullable List<Meaning> meanings(
        Map<String, Object> answer, List<Map<String, Object>> each) {
      if (!(answer.get("evaluations") instanceof List<?> list) || list.size() != each.size()) {
        return null;
      }
      List<Meaning> meanings = new ArrayList<>(list.size());
      for (Object one : list) {
        meanings.add(
            Meaning.of(
                one instanceof Map<?, ?> said ? Opa.says(said.get("decision")) : Says.NOTHING));
      }
      return meanings;
    }
  }
}
