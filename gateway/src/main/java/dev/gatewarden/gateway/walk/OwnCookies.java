package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.identity.Prover;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The cookies that are between browsers and the gate alone: no service learns one, and none may
/// set
/// one, at whatever API of the gate.
///
/// @param names each with the prefix that all cookies of its section share
record OwnCookies(Set<String> names) {
  OwnCookies {
    names = Set.copyOf(names);
  }

  static OwnCookies of(List<ApiSettings> apis) {
    Set<String> names = new HashSet<>();
    for (ApiSettings api : apis) {
      for (Prover prover : api.ports().provers().values()) {
        if (prover instanceof Prover.Browser(var sessions)) {
          names.add(sessions.cookie());
          names.add(sessions.cookie() + "-login");
        }
      }
    }
    return new OwnCookies(names);
  }

  /// These and others.
  OwnCookies and(Collection<String> more) {
    Set<String> all = new HashSet<>(names);
    all.addAll(more);
    return new OwnCookies(all);
  }

  boolean none() {
    return names.isEmpty();
  }

  /// A `Cookie` line without them: the line itself where it has none, null where nothing else is
  /// left.
  @Nullable String without(String line) {
    StringBuilder rest = null;
    int at = 0;
    while (at <= line.length()) {
      int end = line.indexOf(';', at);
      end = end < 0 ? line.length() : end;
      if (ours(line, at, end)) {
        rest = rest == null ? new StringBuilder(line.substring(0, Math.max(0, at - 1))) : rest;
      } else if (rest != null) {
        rest.append(rest.isEmpty() ? "" : ";").append(line, at, end);
      }
      at = end + 1;
    }
    if (rest == null) {
      return line;
    }
    String left = rest.toString().strip();
    return left.isEmpty() ? null : left;
  }

  /// Whether a `Set-Cookie` line would set one of them.
  boolean set(String line) {
    int end = line.indexOf(';');
    int to = end < 0 ? line.length() : end;
    // A cookie without a name is sent back as its value, which reads as a name again.
    int from = 0;
    while (from < to && (line.charAt(from) <= ' ' || line.charAt(from) == '=')) {
      from++;
    }
    return ours(line, from, to);
  }

  private boolean ours(String line, int from, int to) {
    int equals = line.indexOf('=', from);
    int end = equals < 0 || equals > to ? to : equals;
    return names.contains(line.substring(from, end).strip());
  }
}
