package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which of the requests are sent to the API that is meant.
final class Sites {
  private static final int MOST_SEGMENTS = 64;

  private Sites() {}

  /// The examples of the chosen hosts; what is left out is remarked, once for each host.
  ///
  /// @param chosen hosts as the user names them, `api.example.com` or with a port; where there are
  ///     none, the target's, else the one that most requests are sent to
  /// @param target the authority of the target, or null where there is none
  static List<Example> own(
      List<Example> all, Set<String> chosen, @Nullable String target, List<Remark> remarks) {
    List<Example> usual = new ArrayList<>();
    for (Example each : all) {
      if (each.path().size() <= MOST_SEGMENTS) {
        usual.add(each);
      } else {
        remarks.add(
            new Remark(
                each.called(),
                new Problem(
                    each.place(),
                    "its address has more than " + MOST_SEGMENTS + " segments, and is left out")));
      }
    }
    return chosen(usual, chosen, target, remarks);
  }

  private static List<Example> chosen(
      List<Example> all, Set<String> hosts, @Nullable String target, List<Remark> remarks) {
    Set<String> chosen =
        hosts.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Map<String, Integer> counts = new LinkedHashMap<>();
    all.forEach(each -> counts.merge(each.site().authority(), weight(each), Integer::sum));
    Map<String, Remark> left = new LinkedHashMap<>();
    List<Example> own = new ArrayList<>();
    String most =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    boolean targeted = all.stream().anyMatch(each -> each.site().is(target));
    for (Example each : all) {
      String authority = each.site().authority();
      boolean is =
          chosen.isEmpty()
              ? (targeted ? each.site().is(target) : authority.equals(most))
              : chosen.contains(authority) || chosen.contains(host(authority));
      if (is) {
        own.add(each);
      } else {
        left.putIfAbsent(
            authority,
            new Remark(
                each.called(),
                new Problem(
                    each.place(),
                    "requests to `" + authority + "` are left out: it is another host",
                    "if it is the same API, name it as well: `--host "
                        + host(authority)
                        + " --host "
                        + host(most)
                        + "`")));
      }
    }
    remarks.addAll(left.values());
    return own;
  }

  /// What is answered with JSON is an API's rather than a page's.
  private static int weight(Example example) {
    return example.answers().stream().anyMatch(each -> each.body() != null) ? 1_000 : 1;
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
  }
}
