package dev.gatewarden.acceptance.object;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A service with every fault that a service can have with objects: it finds ids wherever they
/// stand, and does what it is told to whatever they name, whosoever that is.
final class Store implements Loopback.Service {
  static final JsonMapper JSON = new JsonMapper();

  private final Pattern ids;
  private final Map<String, Map<String, Object>> things =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final List<Incoming> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger versions = new AtomicInteger();
  volatile boolean etags;
  volatile int lookUpStatus;

  /// What is shown for ids that nothing has; empty where nothing is.
  volatile String wild = "";

  /// The status of what is done; 0 for the usual one.
  volatile int doneStatus;

  /// The id that new things get; empty where each gets its own.
  volatile String next = "";

  /// Runs between a look-up and what comes after it.
  volatile Runnable meanwhile = () -> {};

  /// @param ids what an id looks like
  Store(String ids) {
    this.ids = Pattern.compile(ids, Pattern.CASE_INSENSITIVE);
  }

  /// Keeps a thing.
  void put(String id, Map<String, Object> thing) {
    Map<String, Object> all = new LinkedHashMap<>(thing);
    all.put("secret", "secret-of-" + id);
    things.put(id, all);
    versions.incrementAndGet();
  }

  @Nullable Map<String, Object> thing(String id) {
    return things.get(id);
  }

  /// What was written since it was last asked, a line for each request.
  List<String> takeWrites() {
    List<String> all = new ArrayList<>(writes);
    writes.clear();
    return all;
  }

  List<Incoming> seen() {
    return seen;
  }

  @Override
  public Answer answer(Incoming request) {
    seen.add(request);
    String path = URLDecoder.decode(request.target(), StandardCharsets.UTF_8);
    boolean reads = request.method().equals("GET") || path.contains("/read");
    List<String> named = named(path);
    for (String header : List.of("x-order-id", "cookie", "clinic-record", "clinic-note")) {
      named.addAll(named(String.valueOf(request.header(header))));
    }
    named.addAll(named(request.text()));
    String etag = "\"v" + versions.get() + "\"";
    if (request.method().equals("GET") && lookUpStatus > 0) {
      return Answer.problem(lookUpStatus, "not now");
    }
    if (reads) {
      String asked = named.isEmpty() ? "" : last(path, named);
      Answer answer = shown(things.containsKey(asked) || wild.isEmpty() ? asked : wild);
      meanwhile.run();
      return etags ? answer.with("etag", etag) : answer;
    }
    String condition = request.header("if-match");
    if (etags && condition != null && !condition.equals(etag)) {
      return Answer.problem(412, "changed");
    }
    writes.add(request.method() + " " + request.target() + " " + request.text());
    return done(request, path);
  }

  /// The innermost thing of the path, else the first that is named elsewhere.
  private String last(String path, List<String> named) {
    List<String> inPath = named(path);
    return inPath.isEmpty() ? named.getFirst() : inPath.getLast();
  }

  private Answer shown(String id) {
    Map<String, Object> thing = things.get(id);
    return thing == null
        ? Answer.problem(404, "none")
        : Answer.json(200, JSON.writeValueAsString(thing));
  }

  private Answer done(Incoming request, String path) {
    boolean creates = request.method().equals("POST") && path.matches("/orders|/files");
    if (!creates) {
      return Answer.empty(doneStatus == 0 ? 204 : doneStatus);
    }
    String id = next.isEmpty() ? UUID.randomUUID().toString() : next;
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("id", id);
    made.put("customerId", claim(request, "sub"));
    made.put("tenantId", claim(request, "tenant"));
    put(id, made);
    return Answer.json(201, JSON.writeValueAsString(things.get(id)));
  }

  private static String claim(Incoming request, String name) {
    String token = String.valueOf(request.bearer());
    String claims =
        new String(
            java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
            StandardCharsets.UTF_8);
    return JSON.readTree(claims).path(name).asString("");
  }

  private List<String> named(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = ids.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
