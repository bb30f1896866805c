package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether an object of which nothing shows the owner may be said to be its creator's.
///
/// A creation alone is weak evidence, so that whatever looks shared, kept for somebody else, or
/// made to be read by others is asked.
final class Creators {
  /// What is kept by few and read by many, or belongs to more than one.
  private static final Set<String> SHARED =
      Set.of(
          "account",
          "category",
          "channel",
          "comment",
          "company",
          "country",
          "currency",
          "group",
          "label",
          "language",
          "location",
          "member",
          "message",
          "organization",
          "organisation",
          "permission",
          "policy",
          "post",
          "product",
          "project",
          "reply",
          "review",
          "role",
          "shop",
          "store",
          "tag",
          "team",
          "template",
          "tenant",
          "topic",
          "user",
          "workspace");

  /// Whoever keeps such acts for them: what is created there need not be the creator's.
  private static final Set<String> CHARGES =
      Set.of(
          "patient",
          "student",
          "client",
          "employee",
          "contact",
          "guest",
          "candidate",
          "learner",
          "resident");

  /// Members of objects that more than one person has to do with.
  private static final Set<String> SHARING =
      Set.of(
          "assignee",
          "assignees",
          "assigneeid",
          "attendee",
          "attendees",
          "collaborator",
          "collaborators",
          "group",
          "groupid",
          "groups",
          "ispublic",
          "member",
          "members",
          "participant",
          "participants",
          "permissions",
          "public",
          "published",
          "recipient",
          "recipientid",
          "recipients",
          "sharedwith",
          "shared",
          "team",
          "teamid",
          "teams",
          "visibility");

  /// What is done to objects of others.
  private static final Set<String> BY_OTHERS =
      Set.of(
          "accept",
          "approve",
          "favorite",
          "flag",
          "follow",
          "like",
          "likes",
          "moderate",
          "reject",
          "report",
          "review",
          "vote",
          "votes");

  /// What stands behind objects that are shared with others.
  private static final Set<String> SHARERS =
      Set.of("collaborators", "followers", "members", "permissions", "share", "shares");

  private Creators() {}

  /// Whether what stands behind an object in the path is done to those of others.
  static boolean byOthers(String word) {
    return BY_OTHERS.contains(Words.plain(word));
  }

  /// Whether one is read by more people than the one who created it, by its name.
  static boolean isShared(Kind kind) {
    return SHARED.contains(Words.last(kind.name));
  }

  /// Whether the callers of an API keep objects for people that are objects there themselves.
  static boolean actsForOthers(Set<String> kinds) {
    return kinds.stream().anyMatch(CHARGES::contains);
  }

  /// @param creations the operations that create one and learn its id
  /// @param done what the paths name behind one
  /// @return what speaks for it, null where it has to be asked
  static @Nullable Guess of(
      Kind kind, List<Operation> creations, Set<String> done, Set<String> kinds) {
    Shape shape = kind.shape;
    if (shape == null
        || creations.isEmpty()
        || SHARED.contains(Words.last(kind.name))
        || actsForOthers(kinds)
        || done.stream().anyMatch(each -> byOthers(each) || SHARERS.contains(Words.plain(each)))
        || creations.stream().anyMatch(each -> each.security().admitsAnonymous())) {
      return null;
    }
    Map<String, Shape> values = Guessing.values(shape);
    for (String pointer : values.keySet()) {
      String related = Guessing.related(pointer);
      String name = related.isEmpty() ? Guessing.attribute(pointer) : related;
      if (SHARING.contains(Words.plain(name))) {
        return null;
      }
    }
    return new Guess(
        "", "principal.subject", 0.5, "`" + creations.getFirst().id().name() + "` creates one");
  }
}
