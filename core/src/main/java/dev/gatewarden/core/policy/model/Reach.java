package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.policy.FunctionRule.Standing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an operation is to a caller: refused, or open to objects.
///
/// @param refusal why the caller may not use it, or null
/// @param objects for each use of objects in turn, whose the caller reaches
/// @param useful whether some object is reached, or none is asked for
public record Reach(@Nullable String refusal, List<Set<Whose>> objects, boolean useful) {
  static final String NO_TENANT = "the credential belongs to no tenant";

  public Reach {
    objects = List.copyOf(objects);
  }

  static Reach refused(String why) {
    return new Reach(why, List.of(), false);
  }

  static Reach refused(Standing standing) {
    return refused(
        switch (standing) {
          case OPEN, ANONYMOUS, HELD -> "";
          case NOT_STATED -> "nobody may use it";
          case NOTHING_PROVED -> "a credential is needed";
          case OTHER_ALTERNATIVE -> "what is proved is not what it asks for";
          case SCOPE_MISSING -> "a scope is missing";
          case ROLE_MISSING -> "none of its roles";
        });
  }

  /// Whether the caller may use the operation at all.
  public boolean admitted() {
    return refusal == null;
  }

  /// In a few words, one for each use: `read order: own, same tenant`.
  public List<String> text(List<Use> uses) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      lines.add(uses.get(i).text() + ": " + whose(uses.get(i), objects.get(i)));
    }
    return lines;
  }

  /// Where a type has no tenant, other people's objects are other people's.
  public static String whose(Use use, Set<Whose> reached) {
    Set<Whose> there = EnumSet.copyOf(reached.isEmpty() ? EnumSet.noneOf(Whose.class) : reached);
    boolean made = there.remove(Whose.ABSENT) && there.isEmpty();
    if (there.isEmpty()) {
      return made ? "new ones" : "none";
    }
    if (there.size() == 3) {
      return "everybody's";
    }
    if (use.type().tenant() == null && there.remove(Whose.OTHER_TENANT)) {
      there.remove(Whose.SAME_TENANT);
      return there.isEmpty() ? "everybody else's" : "everybody's";
    }
    List<String> words = new ArrayList<>();
    there.forEach(each -> words.add(each.word().toLowerCase(Locale.ROOT)));
    return String.join(", ", words);
  }
}
