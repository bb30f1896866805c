package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.platform.discovery.Har;
import dev.gatewarden.platform.discovery.Har.Entry;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests out of recorded traffic; what makes up pages is left out.
final class Recording {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

  private Recording() {}

  static List<Example> read(Node root, List<Remark> remarks) {
    List<Example> examples = new ArrayList<>();
    int pages = 0;
    int most = 0;
    for (Entry each : Har.read(root)) {
      most++;
      String scheme = String.valueOf(each.url().getScheme());
      if (!scheme.startsWith("http") || each.url().getRawAuthority() == null) {
        pages++;
      } else if (!METHODS.contains(each.method()) || page(each)) {
        pages++;
      } else {
        examples.add(example(each));
      }
    }
    if (pages > 0) {
      remarks.add(
          new Remark(
              "",
              new Problem(
                  root.place(),
                  pages
                      + " of "
                      + most
                      + " recorded requests are left out: pages, scripts, pictures and"
                      + " preflights")));
    }
    return examples;
  }

  /// Whether an answer is for showing rather than for a program.
  private static boolean page(Entry entry) {
    String type = media(entry.type());
    boolean json =
        entry.body() != null || type.equals("application/json") || type.endsWith("+json");
    if (json || !entry.method().equals("GET")) {
      return false;
    }
    return entry.status() < 400 && entry.status() != 204
        || type.equals("text/html")
        || type.startsWith("image/")
        || type.startsWith("font/")
        || type.equals("text/css")
        || type.contains("javascript");
  }

  private static Example example(Entry entry) {
    URI url = entry.url();
    List<Pair> query = query(url.getRawQuery() == null ? "" : url.getRawQuery());
    List<Presented> presents = Credentials.in(entry.headers(), query);
    return new Example(
        entry.place(),
        "",
        entry.method(),
        new Example.Site(
            url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getRawAuthority(), 0),
        steps(url.getRawPath() == null ? "" : url.getRawPath()),
        query,
        entry.headers(),
        body(entry),
        presents,
        List.of(new Example.Answer(entry.status(), media(entry.type()), entry.body())));
  }

  static List<Step> steps(String path) {
    List<Step> steps = new ArrayList<>();
    for (String each : path.split("/", -1)) {
      if (!each.isEmpty()) {
        steps.add(Step.of(decoded(each.replace("+", "%2B"))));
      }
    }
    return steps;
  }

  static List<Pair> query(String query) {
    List<Pair> pairs = new ArrayList<>();
    for (String each : query.split("&", -1)) {
      if (!each.isEmpty()) {
        int equals = each.indexOf('=');
        pairs.add(
            equals < 0
                ? new Pair(decoded(each), "")
                : new Pair(
                    decoded(each.substring(0, equals)), decoded(each.substring(equals + 1))));
      }
    }
    return pairs;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      return text;
    }
  }

  /// A media type without its parameters.
  static String media(String type) {
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Body body(Entry entry) {
    Har.Sent sent = entry.sent();
    if (sent == null || (sent.text().isBlank() && sent.form().isEmpty())) {
      return null;
    }
    String type = media(sent.type());
    if (type.equals("application/x-www-form-urlencoded") || type.equals("multipart/form-data")) {
      List<Pair> pairs =
          !sent.form().isEmpty()
              ? sent.form()
              : type.startsWith("multipart") ? List.of() : query(sent.text());
      return new Body.Form(
          type,
          pairs.stream().map(each -> new Body.Field(each.name(), each.value(), false)).toList());
    }
    Node value = Har.json(entry.place().origin(), sent.text().getBytes(StandardCharsets.UTF_8));
    return value == null
        ? new Body.Other(type.isEmpty() ? "text/plain" : type)
        : new Body.Value(type.isEmpty() ? "application/json" : type, value);
  }
}
