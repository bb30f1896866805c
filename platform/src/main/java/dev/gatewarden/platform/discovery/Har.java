package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Traffic as browsers and proxies save it (HTTP Archive 1.2): what was asked, and what came back.
final class Har {
  private static final Bounds BOUNDS = new Bounds(256 << 20, 512, 20_000_000);

  private Har() {}

  /// One answered request.
  ///
  /// @param token the bearer token it came with; empty where none did
  record Entry(String method, URI url, String token, int status, Node body) {
    /// Nothing of the token or the body.
    @Override
    public String toString() {
      return method + " " + url.getPath() + " " + status;
    }
  }

  /// The requests that were answered with JSON.
  ///
  /// @throws ProblemsException where the text is no HTTP Archive
  static List<Entry> read(Origin origin, byte[] text) {
    Node root = new DocumentReader(BOUNDS).read(origin, text);
    if (!(root instanceof Obj top
        && top.get("log") instanceof Obj log
        && log.get("entries") instanceof Node.Arr all)) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  root.place(),
                  "this is no HTTP Archive: it has no `log.entries`",
                  "save the traffic as HAR, with its content")));
    }
    List<Entry> entries = new ArrayList<>();
    for (Node each : all.items()) {
      Entry entry = each instanceof Obj object ? entry(origin, object) : null;
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static @Nullable Entry entry(Origin origin, Obj entry) {
    if (!(entry.get("request") instanceof Obj request
        && entry.get("response") instanceof Obj response
        && request.get("method") instanceof Node.Text method
        && request.get("url") instanceof Node.Text url
        && response.get("status") instanceof Node.Num status
        && response.get("content") instanceof Obj content
        && content.get("text") instanceof Node.Text body)) {
      return null;
    }
    try {
      boolean coded =
          content.get("encoding") instanceof Node.Text how && how.value().equals("base64");
      byte[] bytes =
          coded
              ? Base64.getDecoder().decode(body.value())
              : body.value().getBytes(StandardCharsets.UTF_8);
      Node read =
          new DocumentReader(BOUNDS)
              .read(new Origin(URI.create("body.json"), origin.name()), bytes);
      return new Entry(
          method.value().toUpperCase(Locale.ROOT),
          URI.create(url.value()),
          token(request),
          status.value().intValue(),
          read);
    } catch (ProblemsException | IllegalArgumentException | ArithmeticException other) {
      // what is no JSON, or no address, says nothing of objects
      return null;
    }
  }

  private static String token(Obj request) {
    if (request.get("headers") instanceof Node.Arr headers) {
      for (Node each : headers.items()) {
        if (each instanceof Obj header
            && header.get("name") instanceof Node.Text name
            && name.value().equalsIgnoreCase("authorization")
            && header.get("value") instanceof Node.Text value
            && value.value().regionMatches(true, 0, "bearer ", 0, 7)) {
          return value.value().substring(7).strip();
        }
      }
    }
    return "";
  }

  /// The plain values of an object, by JSON pointer, two levels deep.
  static Map<String, String> values(Obj object) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Node.Member member : object.entries()) {
      String pointer = "/" + Guessing.escaped(member.name());
      add(values, pointer, member.value());
      if (member.value() instanceof Obj inner) {
        inner
            .entries()
            .forEach(
                each -> add(values, pointer + "/" + Guessing.escaped(each.name()), each.value()));
      }
    }
    return values;
  }

  private static void add(Map<String, String> values, String pointer, Node node) {
    switch (node) {
      case Node.Text(var _, String value) -> values.put(pointer, value);
      case Node.Num(var _, String literal) -> values.put(pointer, literal);
      case Node.Bool _, Node.Null _, Node.Arr _, Obj _ -> {}
    }
  }
}
