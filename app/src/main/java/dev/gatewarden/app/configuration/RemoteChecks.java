package dev.gatewarden.app.configuration;

import dev.gatewarden.app.configuration.ExternalPoint.Kind;
import dev.gatewarden.core.document.Node;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold for one decision point of others: what its kind needs is there, and nothing that
/// its kind does not know.
final class RemoteChecks {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration LONGEST_CACHE = Duration.ofMinutes(5);

  private final Problems problems;
  private final Node.Obj root;
  private final String name;
  private final ExternalPoint point;

  RemoteChecks(Problems problems, Node.Obj root, String name, ExternalPoint point) {
    this.problems = problems;
    this.root = root;
    this.name = name;
    this.point = point;
  }

  /// Whether a kind knows users by a name alone.
  static boolean namesUsers(Kind kind) {
    return switch (kind) {
      case OPENFGA, SPICEDB, TOPAZ -> true;
      case OPA, AUTHZEN -> false;
    };
  }

  /// Whether a kind is told when a question is asked, in the tenant's zone.
  static boolean readsTime(Kind kind) {
    return switch (kind) {
      case OPA, AUTHZEN -> true;
      case OPENFGA, SPICEDB, TOPAZ -> false;
    };
  }

  void all() {
    needed("store", point.store(), Kind.OPENFGA, "write `store: 01H…`");
    needed("policy", point.policy(), Kind.TOPAZ, "write `policy: shop`");
    useless("model", point.model() != null, Set.of(Kind.OPENFGA));
    useless("relations", !point.relations().isEmpty(), Set.of(Kind.OPENFGA, Kind.SPICEDB));
    useless(
        "users",
        point.users() != ExternalPoint.Users.SUBJECT,
        Set.of(Kind.OPENFGA, Kind.SPICEDB, Kind.TOPAZ));
    useless("batch", written("batch"), Set.of(Kind.OPENFGA, Kind.SPICEDB, Kind.AUTHZEN));
    if (point.batch() < 1 || point.batch() > 1_000) {
      add("`batch` is between 1 and 1000", "leave it out for 50", "batch");
    }
    if (point.kind() == Kind.OPA && !String.valueOf(point.url().getPath()).contains("/v1/data/")) {
      add("`url` names no rule", "write it as `http://127.0.0.1:8181/v1/data/PACKAGE/RULE`", "url");
    }
    if (point.deadline().isZero()
        || point.deadline().isNegative()
        || point.deadline().compareTo(LONGEST) > 0) {
      add("`deadline` is between `1ms` and `10s`", "leave it out for `50ms`", "deadline");
    }
    if (point.cache().isNegative() || point.cache().compareTo(LONGEST_CACHE) > 0) {
      add("`cache` is between `0s` and `5m`", "leave it out for `1s`", "cache");
    }
  }

  private boolean written(String key) {
    return Places.find(root, "decision-points", name, key) != null;
  }

  private void needed(String word, @Nullable String value, Kind kind, String advice) {
    if (point.kind() == kind && (value == null || !value.matches("[A-Za-z0-9_.-]+"))) {
      add(
          value == null
              ? "`" + word + "` is missing"
              : "`" + word + "` is letters, digits, `_`, `-` and `.`",
          advice,
          value == null ? "kind" : word);
    }
    useless(word, value != null, Set.of(kind));
  }

  private void useless(String word, boolean said, Set<Kind> kinds) {
    if (said && !kinds.contains(point.kind())) {
      add("`" + word + "` has no effect for this kind of decision point", "remove it", word);
    }
  }

  private void add(String message, String advice, String key) {
    problems.add(Places.nearest(root, "decision-points", name, key).place(), message, advice);
  }
}
