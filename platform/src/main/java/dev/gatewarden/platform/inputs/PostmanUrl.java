package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.platform.discovery.Har.Pair;
import dev.gatewarden.platform.discovery.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The address of a Postman request, taken apart.
///
/// @param unknown variables of its query that have no value
record PostmanUrl(Example.Site site, List<Step> path, List<Pair> query, Set<String> unknown) {

  /// Variables that stand for what is the same in every address.
  private static final Set<String> FIXED =
      Set.of("version", "apiversion", "base", "basepath", "prefix", "api", "stage", "v");

  /// @param url a text, or the object that Postman makes of it
  static PostmanUrl of(@Nullable Node url, Place place, Variables outer) {
    return new Reading(url, place, outer).read();
  }

  /// One reading.
  private static final class Reading {
    private final @Nullable Node url;
    private final Place place;
    private final Variables variables;
    private final List<Step> path = new ArrayList<>();
    private final Set<String> unknown = new java.util.LinkedHashSet<>();

    Reading(@Nullable Node url, Place place, Variables outer) {
      this.url = url;
      this.place = place;
      this.variables = outer;
    }

    PostmanUrl read() {
      String text = text();
      int hash = text.indexOf('#');
      String address = hash < 0 ? text : text.substring(0, hash);
      int question = address.indexOf('?');
      String before = question < 0 ? address : address.substring(0, question);
      String query = question < 0 ? "" : address.substring(question + 1);
      Example.Site site = site(before.strip());
      return new PostmanUrl(site, path, query(query), unknown);
    }

    private String text() {
      if (!(url instanceof Obj object)) {
        String text = Json.scalar(url);
        return text == null ? "" : text;
      }
      String raw = Json.scalar(object.get("raw"));
      if (raw != null && !raw.isBlank()) {
        return raw;
      }
      String protocol = Json.scalar(object.get("protocol"));
      String port = Json.scalar(object.get("port"));
      return (protocol == null ? "" : protocol + "://")
          + joined(object.get("host"), ".")
          + (port == null || port.isEmpty() ? "" : ":" + port)
          + "/"
          + joined(object.get("path"), "/");
    }

    private static String joined(@Nullable Node node, String between) {
      if (!(node instanceof Arr(var _, List<Node> items))) {
        String text = Json.scalar(node);
        return text == null ? "" : text.startsWith("/") ? text.substring(1) : text;
      }
      List<String> parts = new ArrayList<>();
      for (Node each : items) {
        String part = Json.scalar(each instanceof Obj object ? object.get("value") : each);
        if (part != null) {
          parts.add(part);
        }
      }
      return String.join(between, parts);
    }

    /// Where it is sent; the segments are added to the path.
    private Example.Site site(String address) {
      int scheme = address.indexOf("://");
      int from = scheme < 0 ? 0 : scheme + 3;
      int slash = address.indexOf('/', from);
      String written = slash < 0 ? address : address.substring(0, slash);
      String rest = slash < 0 ? "" : address.substring(slash + 1);
      String host = variables.fill(written, place).text();
      boolean named = scheme < 0 && written.startsWith("{{");
      int begin = host.indexOf("://");
      int end = host.indexOf('/', begin < 0 ? 0 : begin + 3);
      if (end >= 0) {
        // the variable of the host brings a path with it
        path.addAll(Recording.steps(host.substring(end)));
        host = host.substring(0, end);
      }
      int base = named ? path.size() : 0;
      for (String each : rest.split("/", -1)) {
        segment(each.strip());
      }
      boolean open = begin < 0 && host.startsWith("{{");
      return new Example.Site(begin < 0 && !open ? "http://" + host : host, base);
    }

    private void segment(String text) {
      if (text.isEmpty()) {
        return;
      }
      if (text.startsWith(":") && text.length() > 1) {
        String name = text.substring(1);
        Variables.Filled value = variables.fill(pathValue(name), place);
        path.add(new Step(value.unknown().isEmpty() ? value.text() : "", name));
        return;
      }
      int open = text.indexOf("{{");
      int close = open < 0 ? -1 : Variables.end(text, open);
      if (close < 0) {
        path.addAll(Recording.steps(text));
        return;
      }
      String name = text.substring(open + 2, close).strip();
      Variables.Filled filled = variables.fill(text, place);
      boolean whole = open == 0 && close == text.length() - 2;
      boolean fixed =
          filled.text().indexOf('/') >= 0
              || Words.version(filled.text())
              || FIXED.contains(Words.plain(name));
      if (filled.unknown().isEmpty() && (fixed || !whole || name.startsWith("$"))) {
        path.addAll(Recording.steps(filled.text()));
      } else {
        path.add(new Step(filled.unknown().isEmpty() ? filled.text() : "", name));
      }
    }

    private String pathValue(String name) {
      if (url instanceof Obj object && object.get("variable") instanceof Arr(var _, var items)) {
        for (Node each : items) {
          if (each instanceof Obj variable
              && (name.equals(Json.scalar(variable.get("key")))
                  || name.equals(Json.scalar(variable.get("id"))))) {
            String value = Json.scalar(variable.get("value"));
            return value == null ? "" : value;
          }
        }
      }
      return "";
    }

    private List<Pair> query(String written) {
      List<Pair> pairs = new ArrayList<>();
      if (url instanceof Obj object && object.get("query") instanceof Arr(var _, var items)) {
        for (Node each : items) {
          if (each instanceof Obj pair && !Variables.off(pair)) {
            String name = Json.scalar(pair.get("key"));
            String value = Json.scalar(pair.get("value"));
            if (name != null && !name.isEmpty()) {
              pairs.add(new Pair(filled(name), filled(value == null ? "" : value)));
            }
          }
        }
        return pairs;
      }
      Recording.query(written)
          .forEach(each -> pairs.add(new Pair(filled(each.name()), filled(each.value()))));
      return pairs;
    }

    /// What has no value stands for nothing.
    private String filled(String text) {
      Variables.Filled filled = variables.fill(text, place);
      unknown.addAll(filled.unknown());
      return filled.unknown().isEmpty() ? filled.text() : "";
    }
  }
}
