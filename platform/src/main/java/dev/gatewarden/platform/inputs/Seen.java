package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Values that requests were seen to carry and that worked, by operation.
public final class Seen {
  /// Nothing at all.
  public static final Seen NONE = new Seen();

  private static final int MOST = 40;

  private final Map<String, List<Request>> requests = new LinkedHashMap<>();

  /// One request.
  ///
  /// @param path by the names of the template
  /// @param body where it was JSON or a form; else null
  public record Request(Map<String, String> path, Map<String, String> query, @Nullable Node body) {
    public Request {
      path = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(path));
      query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /// Nothing of the values.
    @Override
    public String toString() {
      return path.keySet() + " " + query.keySet();
    }
  }

  /// What was seen of an operation, in the order of seeing.
  public List<Request> of(String operation) {
    return requests.getOrDefault(operation, List.of());
  }

  /// The first value that a query parameter was seen with, or null.
  public @Nullable String query(String operation, String name) {
    return of(operation).stream()
        .map(each -> each.query().get(name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /// The first body that was seen, or null.
  public @Nullable Node body(String operation) {
    return of(operation).stream()
        .map(Request::body)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  public boolean isEmpty() {
    return requests.isEmpty();
  }

  void add(String operation, Request request) {
    List<Request> known = requests.computeIfAbsent(operation, _ -> new ArrayList<>());
    if (known.size() < MOST && !known.contains(request)) {
      known.add(request);
    }
  }

  /// All of both.
  public Seen with(Seen other) {
    Seen all = new Seen();
    requests.forEach((operation, each) -> each.forEach(request -> all.add(operation, request)));
    other.requests.forEach(
        (operation, each) -> each.forEach(request -> all.add(operation, request)));
    return all;
  }
}
