package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Draft.Pair;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Markup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Writes what is tried as requests: parameters by their style, bodies by their media type.
final class Writing {
  private final Draft honest;
  private final List<Root> roots;

  Writing(Draft honest, List<Root> roots) {
    this.honest = honest;
    this.roots = List.copyOf(roots);
  }

  /// The request, plainly written.
  Draft of(FuzzCase made) {
    Draft draft = honest;
    for (Root root : roots) {
      Parameter parameter = root.parameter();
      if (parameter == null) {
        draft = body(draft, root, Trials.body(root, made));
      } else if (made.values().containsKey(root.at())) {
        draft = parameter(draft, root.kind(), parameter, made.values().get(root.at()));
      }
    }
    return draft;
  }

  private static Draft parameter(
      Draft draft, Root.Kind kind, Parameter parameter, @Nullable Node value) {
    String name = parameter.name();
    return switch (kind) {
      case PATH -> draft.path(name, value == null ? "" : joined(value, ","));
      case HEADER -> {
        Draft without = draft.pairs(draft.query(), less(draft.headers(), name));
        yield value == null ? without : without.header(name, joined(value, ","));
      }
      case COOKIE -> cookie(draft, name, value == null ? null : joined(value, ","));
      case QUERY, JSON, FORM, PARTS, XML -> {
        List<Pair> query = new ArrayList<>(less(draft.query(), name));
        if (value != null) {
          query(parameter, value, query);
        }
        yield draft.pairs(query, draft.headers());
      }
    };
  }

  private static List<Pair> less(List<Pair> pairs, String name) {
    Predicate<Pair> other =
        each -> !each.name().equalsIgnoreCase(name) && !each.name().startsWith(name + "[");
    return pairs.stream().filter(other).toList();
  }

  private static Draft cookie(Draft draft, String name, @Nullable String value) {
    List<String> cookies = new ArrayList<>();
    for (Pair each : draft.headers()) {
      if (each.name().equalsIgnoreCase("cookie")) {
        for (String one : each.value().split("; ?", -1)) {
          if (!one.startsWith(name + "=")) {
            cookies.add(one);
          }
        }
      }
    }
    if (value != null) {
      cookies.add(name + "=" + value);
    }
    Draft without = draft.pairs(draft.query(), less(draft.headers(), "cookie"));
    return cookies.isEmpty() ? without : without.header("Cookie", String.join("; ", cookies));
  }

  /// OpenAPI, "Style Values".
  private static void query(Parameter parameter, Node value, List<Pair> to) {
    String name = parameter.name();
    if (parameter.mediaType() != null) {
      to.add(new Pair(name, Json.text(value)));
      return;
    }
    switch (value) {
      case Arr(var _, List<Node> items) when parameter.explode() ->
          items.forEach(each -> to.add(new Pair(name, plain(each))));
      case Obj object when parameter.style() == Parameter.Style.DEEP_OBJECT ->
          object
              .entries()
              .forEach(
                  each -> to.add(new Pair(name + "[" + each.name() + "]", plain(each.value()))));
      case Obj object when parameter.explode() ->
          object.entries().forEach(each -> to.add(new Pair(each.name(), plain(each.value()))));
      default ->
          to.add(
              new Pair(
                  name,
                  joined(
                      value,
                      switch (parameter.style()) {
                        case SPACE_DELIMITED -> " ";
                        case PIPE_DELIMITED -> "|";
                        default -> ",";
                      })));
    }
  }

  private static String joined(Node value, String by) {
    return switch (value) {
      case Arr(var _, List<Node> items) ->
          String.join(by, items.stream().map(Writing::plain).toList());
      case Obj object ->
          String.join(
              by,
              object.entries().stream()
                  .map(each -> each.name() + by + plain(each.value()))
                  .toList());
      default -> plain(value);
    };
  }

  static String plain(Node value) {
    String scalar = Json.scalar(value);
    return scalar == null ? Json.text(value) : scalar;
  }

  private static Draft body(Draft draft, Root root, @Nullable Node whole) {
    if (whole == null) {
      return draft.body(null, "");
    }
    String type = draft.mediaType();
    Draft here = draft.body(whole, type);
    return switch (root.kind()) {
      case FORM -> {
        Node full = signed(here, whole);
        yield full instanceof Obj form
            ? here.bytes(Bodies.form(form).getBytes(StandardCharsets.UTF_8), type)
            : here;
      }
      case PARTS -> {
        Node full = signed(here, whole);
        yield full instanceof Obj form
            ? here.bytes(
                Bodies.parts(form, files(root), types(draft), Bodies.BOUNDARY),
                type + "; boundary=" + Bodies.BOUNDARY)
            : here;
      }
      case XML -> here.bytes(Markup.of(root.judge()::flat, root.schema(), whole), type);
      case PATH, QUERY, HEADER, COOKIE, JSON -> here;
    };
  }

  /// With the tokens of the sender's forms.
  private static Node signed(Draft draft, Node whole) {
    Node here = whole;
    for (Identity.Presented each : draft.as().presents()) {
      if (each.where() == Identity.Where.BODY && !draft.operation().safe() && here instanceof Obj) {
        here = Json.with(here, List.of(each.name()), Json.of(each.secret()));
      }
    }
    return here;
  }

  /// The bytes of a body as they would be sent.
  static byte[] bytes(Draft draft) {
    byte[] bytes = draft.bytes();
    if (bytes != null) {
      return bytes;
    }
    Node body = draft.body();
    return body == null
        ? new byte[0]
        : Json.text(signed(draft, body)).getBytes(StandardCharsets.UTF_8);
  }

  /// The members of a body that are files.
  static List<String> files(Root root) {
    List<String> files = new ArrayList<>();
    for (Site site : root.sites()) {
      boolean file =
          Texts.format(site.flat()).equals("binary") || site.flat().get("contentMediaType") != null;
      if (file && !site.path().isEmpty()) {
        files.add(site.path().getFirst());
      }
    }
    return files;
  }

  /// What the contract says of each part.
  static @Nullable Node types(Draft draft) {
    Content.MediaType type =
        draft.operation().body() == null
            ? null
            : draft.operation().body().content().of("multipart/form-data");
    return type == null ? null : type.source().get("encoding");
  }
}
