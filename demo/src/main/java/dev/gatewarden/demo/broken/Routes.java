package dev.gatewarden.demo.broken;

import dev.gatewarden.demo.http.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which handler answers what, in the order in which they were named.
public final class Routes {

  /// Answers one kind of request.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Ask ask);
  }

  private record Route(String method, String[] template, Handler handler) {}

  private final List<Route> all = new ArrayList<>();

  /// @param template such as `/parcels/{parcelId}`
  public Routes on(String method, String template, Handler handler) {
    all.add(new Route(method, template.split("/", -1), handler));
    return this;
  }

  Answer answer(Ask ask) {
    String[] path = ask.request().path().split("/", -1);
    String method = ask.method().equals("HEAD") ? "GET" : ask.method();
    TreeSet<String> others = new TreeSet<>();
    for (Route route : all) {
      Map<String, String> found = match(route.template(), path);
      if (found != null && route.method().equals(method)) {
        return route.handler().answer(ask.with(found));
      }
      if (found != null) {
        others.add(route.method());
      }
    }
    if (others.isEmpty()) {
      throw new Refused(404, "there is no such page");
    }
    throw new Refused(405, "not with this method", "allow", String.join(", ", others));
  }

  private static @Nullable Map<String, String> match(String[] template, String[] path) {
    if (template.length != path.length) {
      return null;
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < path.length; i++) {
      if (template[i].startsWith("{")) {
        found.put(
            template[i].substring(1, template[i].length() - 1),
            Ask.decoded(path[i].replace("+", "%2B")));
      } else if (!template[i].equals(path[i])) {
        return null;
      }
    }
    return found;
  }
}
