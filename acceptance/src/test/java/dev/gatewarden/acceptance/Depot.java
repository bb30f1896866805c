package dev.gatewarden.acceptance;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.issuer.Person;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A service that keeps parcels of several people and asks nobody who they are, behind a gate: it
/// shows the fields it is asked for, sorts and filters by anything, and counts everything.
final class Depot implements AutoCloseable {
  static final String ALICES = "11111111-1111-4111-8111-111111111111";
  static final String ALICES_OTHER = "11111111-1111-4111-8111-222222222222";
  static final String BOBS = "22222222-2222-4222-8222-222222222222";
  static final String ABSENT = "00000000-0000-4000-8000-000000000000";

  private static final List<Map<String, String>> PARCELS =
      List.of(
          parcel(ALICES, "alice", 10, 3),
          parcel(BOBS, "bob", 20, 1),
          parcel(ALICES_OTHER, "alice", 30, 2));

  private final Echo service;
  private final ShopAtTheGate gate;
  private volatile Function<Incoming, Answer> special = _ -> null;
  private final Path contract;

  private Depot(Path contract, String settings) throws IOException {
    this.contract = contract;
    this.service = Echo.answering(this::answer);
    URI uri = service.uri();
    this.gate =
        ShopAtTheGate.start(
            Set.of(),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change(
                        "apis:\n",
                        """
                        apis:
                          depot:
                            contract: %s
                            at: {path: /m}
                            upstream: {to: ['%s'], deadline: 5s, identity: signed}
                            security: {bearerAuth: demo}
                            tenancy: single
                        """
                                .formatted(contract, uri)
                            + settings.indent(4)));
  }

  /// Starts one whose contract has these paths beside `components`.
  static Depot start(String contract) throws IOException {
    return start(contract, "");
  }

  /// Starts one whose API has further settings.
  static Depot start(String contract, String settings) throws IOException {
    Path file = Files.createTempDirectory("gatewarden-depot").resolve("depot.yaml");
    Files.writeString(file, contract);
    return new Depot(file, settings);
  }

  /// What is answered instead, until the next call; null where it answers as usual.
  void answering(Function<Incoming, Answer> other) {
    special = other;
  }

  Seen get(String target, Person person, String... headers) throws Exception {
    return send("GET", target, person, headers);
  }

  Seen send(String method, String target, Person person, String... headers) throws Exception {
    String sent =
        target
            .replace("{", "%7B")
            .replace("}", "%7D")
            .replace("[", "%5B")
            .replace("]", "%5D")
            .replace(";", "%3B")
            .replace(">", "%3E");
    var request = gate.side().request("/m" + sent, gate.side().token(person));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gate.side()
        .send(request.method(method, java.net.http.HttpRequest.BodyPublishers.noBody()));
  }

  Seen post(String target, Person person, String json) throws Exception {
    return gate.side()
        .send(
            gate.side()
                .request("/m" + target, gate.side().token(person))
                .header("content-type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json)));
  }

  /// The body as it reached the service last.
  String body() {
    return service.last().text();
  }

  /// The query as it reached the service last.
  String query() {
    String target = service.last().target();
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  int reached() {
    return service.seen().size();
  }

  ShopAtTheGate gate() {
    return gate;
  }

  @Override
  public void close() throws IOException {
    gate.close();
    service.close();
    Opened.delete(contract.getParent());
  }

  private static Map<String, String> parcel(String id, String owner, int total, int cost) {
    Map<String, String> parcel = new LinkedHashMap<>();
    parcel.put("id", '"' + id + '"');
    parcel.put("customerId", '"' + owner + '"');
    parcel.put("total", Integer.toString(total));
    parcel.put("cost", Integer.toString(cost));
    return parcel;
  }

  private Answer answer(Incoming request) {
    Answer instead = special.apply(request);
    if (instead != null) {
      return instead;
    }
    Map<String, String> query = query(request.target());
    if (request.path().endsWith("/parcels")) {
      return list(query);
    }
    if (request.path().endsWith("/totals")) {
      int sum = 0;
      for (Map<String, String> each : PARCELS) {
        boolean counts =
            !query.containsKey("owner")
                || each.get("customerId").equals('"' + query.get("owner") + '"');
        sum += counts ? Integer.parseInt(each.get("total")) : 0;
      }
      return Answer.json(200, "{\"sum\":" + sum + "}");
    }
    for (Map<String, String> each : PARCELS) {
      if (request.path().endsWith(each.get("id").replace("\"", ""))) {
        return Answer.json(200, json(each, query))
            .with("etag", "\"" + each.get("total") + "\"")
            .with("last-modified", "Thu, 15 Jan 2026 10:20:30 GMT")
            .with("server-timing", "db;dur=7")
            .with("set-cookie", "seen=1")
            .with("content-location", "/parcels/1")
            .with("link", "</parcels/1/lines>; rel=related");
      }
    }
    return Answer.problem(404, "Not here");
  }

  private static Answer list(Map<String, String> query) {
    List<Map<String, String>> all = new ArrayList<>(PARCELS);
    all.removeIf(
        each ->
            query.containsKey("owner")
                && !each.get("customerId").equals('"' + query.get("owner") + '"'));
    List<String> items = all.stream().map(each -> json(each, query)).toList();
    return Answer.json(
            200, "{\"data\":[" + String.join(",", items) + "],\"total\":" + all.size() + "}")
        .with("x-total-count", Integer.toString(all.size()))
        .with("etag", "\"page\"")
        .with("last-modified", "Thu, 15 Jan 2026 10:20:30 GMT")
        .with("link", "</m/parcels?page=2>; rel=\"next\", </m/parcels?page=7>; rel=\"last\"");
  }

  private static String json(Map<String, String> parcel, Map<String, String> query) {
    List<String> wanted =
        query.containsKey("fields")
            ? Arrays.asList(query.get("fields").split(","))
            : List.copyOf(parcel.keySet());
    List<String> members = new ArrayList<>();
    parcel.forEach(
        (name, value) -> {
          if (wanted.contains(name)) {
            members.add('"' + name + "\":" + value);
          }
        });
    return "{" + String.join(",", members) + "}";
  }

  private static Map<String, String> query(String target) {
    Map<String, String> query = new LinkedHashMap<>();
    int mark = target.indexOf('?');
    for (String pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&")) {
      int equals = pair.indexOf('=');
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.put(
          equals < 0 ? pair : pair.substring(0, equals),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }
}
