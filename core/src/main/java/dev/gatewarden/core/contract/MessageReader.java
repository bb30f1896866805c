package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads request bodies and responses.
final class MessageReader {
  private final Resolver resolver;
  private final ParameterReader parameters;
  private final Dialect dialect;
  private final Notes notes;

  MessageReader(Resolver resolver, ParameterReader parameters, Dialect dialect, Notes notes) {
    this.resolver = resolver;
    this.parameters = parameters;
    this.dialect = dialect;
    this.notes = notes;
  }

  @Nullable RequestBody body(@Nullable Node node) {
    Obj object = resolver.object(node);
    if (node == null || object == null) {
      return null;
    }
    Content content = content(object);
    if (content.isEmpty()) {
      notes.warning(object.place(), "the request body lists no media type: every body is refused");
    }
    return new RequestBody(Nodes.isTrue(object.get("required")), content, object.place());
  }

  Responses responses(@Nullable Node node, Place operation) {
    Map<String, Responses.Promised> byStatus = new LinkedHashMap<>();
    Obj object = resolver.object(node);
    if (object == null || object.members().isEmpty()) {
      notes.warning(operation, "the operation promises no response");
      return new Responses(byStatus);
    }
    for (Node.Member member : object.entries()) {
      if (member.name().startsWith("x-")) {
        continue;
      }
      String status = status(member.name());
      if (status == null) {
        notes.problem(
            member.namePlace(),
            "`" + Nodes.shown(member.name()) + "` is no status",
            "write `200`, `4XX` or `default`");
        continue;
      }
      if (!status.equals(member.name())) {
        notes.warning(member.namePlace(), "the status class is written `" + status + "`");
      }
      Obj response = resolver.object(member.value());
      if (response != null) {
        byStatus.put(status, response(status, response));
      }
    }
    return new Responses(byStatus);
  }

  private static @Nullable String status(String written) {
    if (written.equals("default")) {
      return written;
    }
    if (written.length() != 3 || written.charAt(0) < '1' || written.charAt(0) > '5') {
      return null;
    }
    String upper = written.toUpperCase(Locale.ROOT);
    boolean code =
        Character.digit(written.charAt(1), 10) >= 0 && Character.digit(written.charAt(2), 10) >= 0;
    return upper.endsWith("XX") ? upper : code ? written : null;
  }

  private Responses.Promised response(String status, Obj object) {
    return new Responses.Promised(
        status, parameters.headers(object.get("headers")), content(object), object.place());
  }

  private Content content(Obj message) {
    Obj named = Nodes.object(message, "content");
    if (named == null) {
      return Content.NONE;
    }
    Map<String, Content.MediaType> types = new LinkedHashMap<>();
    for (Node.Member member : named.entries()) {
      String range = range(member);
      if (range == null) {
        continue;
      }
      Obj media = resolver.object(member.value());
      if (media == null) {
        media = new Obj(member.value().place(), Map.of());
      }
      Node schema = media.get("schema");
      Node each = media.get("itemSchema");
      if (each != null) {
        notes.warning(
            each.place(),
            "`itemSchema` is not judged by itself: a stream passes as it is, unless its items are"
                + " bound or some of their properties are restricted",
            schema == null ? "describe a bounded body with `schema`" : "");
      }
      Content.MediaType type =
          new Content.MediaType(range, source(schema), source(item(range, each)), media);
      Content.MediaType first = types.putIfAbsent(range, type);
      if (first != null && !Nodes.same(first.source(), media)) {
        notes.warning(
            member.namePlace(),
            "`"
                + Nodes.shown(member.name())
                + "` is described twice but for its parameters; the first holds");
      }
    }
    return new Content(types);
  }

  /// The schema of each document: of events, what is said of their data (OpenAPI 3.2, "Special
  /// Considerations for Server-Sent Events"), or of the item where it says nothing of `data`.
  private @Nullable Node item(String range, @Nullable Node each) {
    if (each == null || !range.equals("text/event-stream")) {
      return each;
    }
    Node data = SchemaReach.data(new SchemaReach(resolver).expanded(List.of(each)));
    return data == null ? each : new SchemaReach(resolver).content(data);
  }

  private @Nullable SchemaSource source(@Nullable Node schema) {
    return schema == null ? null : new SchemaSource(schema, resolver.references(), dialect);
  }

  private @Nullable String range(Node.Member member) {
    int end = member.name().indexOf(';');
    String range =
        (end < 0 ? member.name() : member.name().substring(0, end))
            .strip()
            .toLowerCase(Locale.ROOT);
    if (range.equals("*")) {
      range = "*/*";
    }
    int slash = range.indexOf('/');
    if (slash <= 0 || slash == range.length() - 1 || range.indexOf(' ') >= 0) {
      notes.warning(
          member.namePlace(),
          "`" + Nodes.shown(member.name()) + "` is no media type: no body is one");
      return null;
    }
    return range;
  }
}
