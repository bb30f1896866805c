package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.Question;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SpiceDB's check through its HTTP gateway: `POST /v1/permissions/check`, fully consistent, so
/// that
/// what was taken away a moment ago is gone.
///
/// @param relations by action: the permission it needs; an action that is not named needs the one
///     of
///     its own name
record SpiceDb(URI address, Map<String, String> relations, boolean issuers) implements Dialect {

  static SpiceDb at(URI base, Map<String, String> relations, boolean issuers) {
    return new SpiceDb(Paths.below(base, "/v1/permissions/check"), relations, issuers);
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

  /// A permission that depends on something nobody said is none.
  @Override
  public Meaning meaning(Map<String, Object> answer) {
    return Meaning.of(
        answer.get("permissionship") instanceof String says
            ? says.equals("PERMISSIONSHIP_HAS_PERMISSION") ? Says.PERMIT : Says.FORBID
            : Says.NOTHING);
  }
}
