package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// SpiceDB's check through its HTTP gateway: `POST /v1/permissions/check`, fully consistent, so
/// that what was taken away a moment ago is gone; for several questions `POST
/// /v1/permissions/checkbulk`.
///
/// @param several of the call for several questions
/// @param relations by action: the permission it needs; an action that is not named needs the one
///     of
///     its own name
record SpiceDb(URI address, URI several, Map<String, String> relations, boolean issuers)
    implements Dialect {

  static SpiceDb at(URI base, Map<String, String> relations, boolean issuers) {
    return new SpiceDb(
        Paths.below(base, "/v1/permissions/check"),
        Paths.below(base, "/v1/permissions/checkbulk"),
        relations,
        issuers);
  }

  @Override
  public @Nullable Map<String, Object> body(Question question) {
    String subject = Subjects.user(question, issuers);
    String id = question.resource().named();
    if (question.caller().isNobody() || !plain(subject) || !plain(id)) {
      return null;
    }
    return Map.of(
        "consistency",
        Map.of("fullyConsistent", true),
        "resource",
        Map.of("objectType", OpenFga.kind(question), "objectId", id),
        "permission",
        relations.getOrDefault(question.action(), question.action()),
        "subject",
        Map.of("object", Map.of("objectType", "user", "objectId", subject)));
  }

  /// What its ids may be made of; `*` alone is everybody.
  private static boolean plain(String text) {
    if (text.isEmpty() || text.length() > 1024) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c < 128 && Character.isLetterOrDigit(c);
      if (!letter && "/_|-=+".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Meaning meaning(Map<String, Object> answer) {
    return said(answer);
  }

  /// A permission that depends on something nobody said is none.
  private static Meaning said(Map<?, ?> answer) {
    return Meaning.of(
        answer.get("permissionship") instanceof String says
            ? says.equals("PERMISSIONSHIP_HAS_PERMISSION") ? Says.PERMIT : Says.FORBID
            : Says.NOTHING);
  }

  @Override
  public Batch batch() {
    return new Pairs(several);
  }

  /// Several checks in one call; each answer comes with the check that it is about.
  record Pairs(URI address) implements Batch {
    private static final List<String> ASKED = List.of("resource", "permission", "subject");

    @Override
    public Map<String, Object> body(List<Map<String, Object>> each) {
      List<Object> items = new ArrayList<>(each.size());
      each.forEach(one -> items.add(item(one)));
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("consistency", Objects.requireNonNull(each.getFirst().get("consistency")));
      all.put("items", items);
      return all;
    }

    private static Map<String, Object> item(Map<?, ?> of) {
      Map<String, Object> item = new LinkedHashMap<>();
      for (String name : ASKED) {
        Object value = of.get(name);
        if (value != null) {
          item.put(name, filled(value));
        }
      }
      return item;
    }

    /// Without what is empty, which protobuf writes or leaves out as it likes.
    private static Object filled(Object value) {
      if (!(value instanceof Map<?, ?> members)) {
        return value;
      }
      Map<String, Object> filled = new LinkedHashMap<>();
      members.forEach(
          (name, each) -> {
            if (name != null && each != null && !each.equals("")) {
              filled.put(name.toString(), filled(each));
            }
          });
      return filled;
    }

    @Override
    public @Nullable List<Meaning> meanings(
        Map<String, Object> answer, List<Map<String, Object>> each) {
      if (!(answer.get("pairs") instanceof List<?> pairs) || pairs.size() != each.size()) {
        return null;
      }
      List<Meaning> meanings = new ArrayList<>(each.size());
      for (int i = 0; i < each.size(); i++) {
        if (!(pairs.get(i) instanceof Map<?, ?> pair)
            || !(pair.get("request") instanceof Map<?, ?> about)
            || !item(about).equals(item(each.get(i)))) {
          return null;
        }
        meanings.add(
            pair.get("item") instanceof Map<?, ?> item && pair.get("error") == null
                ? said(item)
                : Meaning.of(Says.NOTHING));
      }
      return meanings;
    }
  }
}
