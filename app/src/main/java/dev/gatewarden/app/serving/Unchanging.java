package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Listen;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Setting;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a running gate cannot change: where it listens, what it remembers things in, and the bounds
/// that its connections began with. A configuration that changes any of it is refused as a whole,
/// so that no operator has a gate of which half a file is in force.
final class Unchanging {
  /// What is read once, when the gate starts.
  private static final List<String> ONCE =
      List.of("listen.", "limits.", "state", "store", "relations.most", "decisions", "events");

  /// What of it is taken up by a reload all the same.
  private static final List<String> TAKEN_UP =
      List.of(
          "listen.trust",
          "listen.client-cert",
          "listen.public.tls",
          "listen.public.because",
          "listen.public.unknown-host",
          "listen.admin.token",
          "listen.admin.identity",
          "listen.decisions.tls",
          "listen.decisions.url",
          "listen.decisions.body",
          "listen.decisions.evaluations",
          "listen.decisions.deadline",
          "listen.decisions.askers",
          "limits.body",
          "limits.parameters",
          "limits.drain",
          "limits.depth",
          "limits.keys",
          "limits.items",
          "limits.string",
          "limits.digits");

  private Unchanging() {}

  /// What of a configuration would take a restart.
  ///
  /// @param running what the gate started with
  /// @param taken the ports that it took, by their names here: who let it take any may write them
  ///     down
  static List<Problem> between(Reading running, Reading next, Map<String, Integer> taken) {
    Map<String, String> before = once(running);
    Map<String, String> after = once(next);
    List<Problem> problems = new ArrayList<>();
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String path : all) {
      String was = before.getOrDefault(path, "");
      String will = after.getOrDefault(path, "");
      Integer port = taken.get(path);
      boolean same = port != null && was.equals("0") && will.equals(port.toString());
      if (!was.equals(will) && !same) {
        problems.add(restart(next, path, was, will));
      }
    }
    return problems;
  }

  private static Problem restart(Reading next, String path, String was, String will) {
    return new Problem(
        Places.nearest(next.source(), path.split("\\.", -1)).place(),
        "`"
            + path
            + "` cannot change while the gate runs: it is "
            + (was.isEmpty() ? "not set" : "`" + was + "`")
            + " and would be "
            + (will.isEmpty() ? "not set" : "`" + will + "`"),
        "restart the gate, or take the change back");
  }

  private static Map<String, String> once(Reading reading) {
    Map<String, String> values = new TreeMap<>();
    for (Setting setting : reading.settings()) {
      if (begins(ONCE, setting.path()) && !begins(TAKEN_UP, setting.path())) {
        values.put(setting.path(), setting.value());
      }
    }
    Listen listen = reading.configuration().listen();
    Listen.Tls tls = listen.callers().tls();
    values.put("listen.public.tls", tls != null && tls.certificate() != null ? "given" : "");
    values.put("listen.decisions", listen.decisions() == null ? "" : "given");
    values.put(
        "listen.decisions.tls",
        listen.decisions() != null && listen.decisions().encrypted() ? "given" : "");
    return values;
  }

  private static boolean begins(List<String> names, String path) {
    for (String name : names) {
      if (path.startsWith(name)
          && (name.endsWith(".")
              || path.length() == name.length()
              || path.charAt(name.length()) == '.'
              || path.charAt(name.length()) == '[')) {
        return true;
      }
    }
    return false;
  }
}
