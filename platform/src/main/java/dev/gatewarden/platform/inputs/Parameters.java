package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.platform.discovery.Har.Pair;
import dev.gatewarden.platform.discovery.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The parameters of queries and headers that requests of one operation have.
final class Parameters {
  /// What choose and order the items of a list; a list is answered without them.
  private static final Set<String> PAGES =
      Set.of(
          "page",
          "limit",
          "offset",
          "size",
          "perpage",
          "pagesize",
          "pagenumber",
          "pageno",
          "pageindex",
          "startindex",
          "start",
          "count",
          "direction",
          "dir",
          "sortorder",
          "cursor",
          "sort",
          "order",
          "orderby",
          "sortby",
          "q",
          "search",
          "filter",
          "fields",
          "include",
          "expand",
          "skip",
          "take",
          "after",
          "before");

  /// What clients and what stands between say of themselves.
  private static final Set<String> USUAL =
      Set.of(
          "accept",
          "content-type",
          "content-length",
          "user-agent",
          "authorization",
          "cookie",
          "host",
          "origin",
          "referer",
          "connection",
          "pragma",
          "cache-control",
          "dnt",
          "priority",
          "te",
          "upgrade-insecure-requests",
          "x-requested-with",
          "traceparent",
          "tracestate",
          "postman-token",
          "request-id",
          "x-request-id",
          "correlation-id",
          "x-correlation-id",
          "x-trace-id",
          "purpose",
          "expect",
          "keep-alive",
          "date",
          "forwarded",
          "via",
          "range",
          "transfer-encoding",
          "upgrade",
          "proxy-authorization",
          "save-data",
          "baggage");

  private static final List<String> PREFIXES =
      List.of(":", "sec-", "accept-", "if-", "x-forwarded-", "access-control-", "x-b3-", "cf-");

  private final Place place;
  private final Schemes schemes;

  Parameters(Place place, Schemes schemes) {
    this.place = place;
    this.schemes = schemes;
  }

  List<Node> of(List<Example> examples) {
    List<Node> parameters = new ArrayList<>();
    add("query", examples, Example::query, parameters);
    add("header", examples, Example::headers, parameters);
    return parameters;
  }

  private void add(
      String in, List<Example> examples, Function<Example, List<Pair>> pairs, List<Node> to) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, String> spelt = new LinkedHashMap<>();
    for (Example each : examples) {
      Set<String> here = new HashSet<>();
      for (Pair pair : pairs.apply(each)) {
        boolean header = in.equals("header");
        String name = header ? pair.name().toLowerCase(Locale.ROOT) : pair.name();
        if (header ? isOwn(name) : !schemes.holds(Where.QUERY, name)) {
          spelt.putIfAbsent(name, pair.name());
          values.computeIfAbsent(name, _ -> new ArrayList<>()).add(pair.value());
          if (here.add(name)) {
            counts.merge(name, 1, Integer::sum);
          }
        }
      }
    }
    values.forEach(
        (name, all) -> {
          boolean always =
              counts.getOrDefault(name, 0) == examples.size() && !PAGES.contains(Words.plain(name));
          to.add(
              new Tree(place)
                  .put("name", spelt.getOrDefault(name, name))
                  .put("in", in)
                  .put("required", always)
                  .put("schema", schema(place, name, all, false))
                  .object());
        });
  }

  private boolean isOwn(String header) {
    return !USUAL.contains(header)
        && PREFIXES.stream().noneMatch(header::startsWith)
        && !schemes.holds(Where.HEADER, header)
        && !Credentials.secret(header);
  }

  /// What all values of a parameter have in common, with the first of them.
  ///
  /// @param path whether it stands in the path, where numbers are ids
  static Obj schema(Place place, String name, List<String> texts, boolean path) {
    List<Node> values = new ArrayList<>();
    texts.stream()
        .filter(each -> !each.isEmpty() && !PostmanBody.open(each) && !Credentials.telling(each))
        .forEach(each -> values.add(Inferring.typed(each)));
    boolean mixed = values.stream().map(Node::getClass).distinct().count() > 1;
    List<Node> alike = new ArrayList<>();
    for (Node each : values) {
      alike.add(mixed ? Json.of(String.valueOf(Json.scalar(each))) : each);
    }
    Tree schema = new Tree(place);
    new Schemas(place, 1)
        .of(path ? "id" : name, alike)
        .entries()
        .forEach(each -> schema.put(each.name(), each.value()));
    if (alike.isEmpty()) {
      schema.put("type", "string");
    } else if (!Credentials.secret(name)) {
      schema.put("examples", List.of(alike.getFirst()));
    }
    return schema.object();
  }
}
