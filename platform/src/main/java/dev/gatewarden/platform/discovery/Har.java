package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
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
public final class Har {
  private static final Bounds BOUNDS = new Bounds(256 << 20, 512, 20_000_000);

  /// What a body inside a recording may hold.
  private static final Bounds BODY = new Bounds(16 << 20, 256, 2_000_000);

  private Har() {}

  /// A name and what it stands for.
  public record Pair(String name, String value) {
    /// Nothing of the value.
    @Override
    public String toString() {
      return name;
    }
  }

  /// What a request carried.
  ///
  /// @param type its media type, or the empty text
  /// @param form the fields of a form, where the recording took them apart
  public record Sent(String type, String text, List<Pair> form) {
    public Sent {
      form = List.copyOf(form);
    }

    /// Nothing of the text.
    @Override
    public String toString() {
      return type;
    }
  }

  /// One answered request.
  ///
  /// @param place where it stands in the recording
  /// @param type the media type of the answer, or the empty text
  /// @param body the answer, where it is JSON
  public record Entry(
      Place place,
      String method,
      URI url,
      List<Pair> headers,
      @Nullable Sent sent,
      int status,
      String type,
      @Nullable Node body) {
    public Entry {
      headers = List.copyOf(headers);
    }

    /// The value of a header, whatever the case of its name; the empty text where there is none.
    public String header(String name) {
      for (Pair each : headers) {
        if (each.name().equalsIgnoreCase(name)) {
          return each.value();
        }
      }
      return "";
    }

    /// The bearer token it came with; empty where none did.
    String token() {
      String value = header("authorization");
      return value.regionMatches(true, 0, "bearer ", 0, 7) ? value.substring(7).strip() : "";
    }

    /// Nothing of the headers or the bodies.
    @Override
    public String toString() {
      return method + " " + url.getPath() + " " + status;
    }
  }

  /// Whether a document is such an archive.
  public static boolean is(Node root) {
    return root instanceof Obj top
        && top.get("log") instanceof Obj log
        && log.get("entries") instanceof Node.Arr;
  }

  /// The requests that were answered.
  ///
  /// @throws ProblemsException where the text is no HTTP Archive
  static List<Entry> read(Origin origin, byte[] text) {
    return read(new DocumentReader(BOUNDS).read(origin, text));
  }

  /// The requests that were answered; what is told of one and cannot be read is left out.
  ///
  /// @throws ProblemsException where the document is no HTTP Archive
  public static List<Entry> read(Node root) {
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
      Entry entry = each instanceof Obj object ? entry(object) : null;
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static @Nullable Entry entry(Obj entry) {
    if (!(entry.get("request") instanceof Obj request
        && entry.get("response") instanceof Obj response
        && request.get("method") instanceof Node.Text method
        && request.get("url") instanceof Node.Text written
        && response.get("status") instanceof Node.Num status)) {
      return null;
    }
    URI url = address(written.value());
    if (url == null || !status.literal().matches("[1-5][0-9][0-9]")) {
      return null;
    }
    Obj content = response.get("content") instanceof Obj object ? object : Json.EMPTY;
    return new Entry(
        request.place(),
        method.value().toUpperCase(Locale.ROOT),
        url,
        pairs(request.get("headers")),
        sent(request.get("postData")),
        status.value().intValue(),
        text(content, "mimeType"),
        body(entry.place().origin(), content));
  }

  /// Browsers write some characters that no address may hold.
  private static @Nullable URI address(String text) {
    StringBuilder coded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (" \"<>\\^`{|}".indexOf(c) >= 0) {
        coded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      } else {
        coded.append(c);
      }
    }
    try {
      return new URI(coded.toString());
    } catch (java.net.URISyntaxException none) {
      return null;
    }
  }

  private static @Nullable Node body(Origin origin, Obj content) {
    if (!(content.get("text") instanceof Node.Text body) || body.value().isBlank()) {
      return null;
    }
    try {
      byte[] bytes =
          text(content, "encoding").equals("base64")
              ? Base64.getDecoder().decode(body.value())
              : body.value().getBytes(StandardCharsets.UTF_8);
      return json(origin, bytes);
    } catch (IllegalArgumentException other) {
      // what is no base64 says nothing of objects
      return null;
    }
  }

  private static @Nullable Sent sent(@Nullable Node node) {
    if (!(node instanceof Obj post)) {
      return null;
    }
    return new Sent(text(post, "mimeType"), text(post, "text"), pairs(post.get("params")));
  }

  private static List<Pair> pairs(@Nullable Node node) {
    List<Pair> pairs = new ArrayList<>();
    if (node instanceof Node.Arr(var _, List<Node> items)) {
      for (Node each : items) {
        if (each instanceof Obj pair && pair.get("name") instanceof Node.Text name) {
          pairs.add(new Pair(name.value(), text(pair, "value")));
        }
      }
    }
    return pairs;
  }

  private static String text(Obj object, String name) {
    return object.get(name) instanceof Node.Text(var _, String value) ? value : "";
  }

  /// A JSON text inside a recording; null where it is none.
  public static @Nullable Node json(Origin origin, byte[] text) {
    try {
      return new DocumentReader(BODY)
          .read(new Origin(URI.create("body.json"), origin.name()), text);
    } catch (ProblemsException other) {
      return null;
    }
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
