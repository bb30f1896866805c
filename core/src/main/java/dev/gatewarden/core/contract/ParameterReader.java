package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.Parameter.In;
import dev.gatewarden.core.contract.Parameter.Style;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the parameters of operations and the headers of responses.
final class ParameterReader {
  private static final Map<String, In> PLACES =
      Map.of(
          "path", In.PATH,
          "query", In.QUERY,
          "header", In.HEADER,
          "cookie", In.COOKIE,
          "querystring", In.QUERYSTRING);
  private static final Map<String, Style> STYLES =
      Map.of(
          "simple", Style.SIMPLE,
          "label", Style.LABEL,
          "matrix", Style.MATRIX,
          "form", Style.FORM,
          "spaceDelimited", Style.SPACE_DELIMITED,
          "pipeDelimited", Style.PIPE_DELIMITED,
          "deepObject", Style.DEEP_OBJECT,
          "cookie", Style.COOKIE);

  private final Resolver resolver;
  private final Dialect dialect;
  private final Notes notes;

  ParameterReader(Resolver resolver, Dialect dialect, Notes notes) {
    this.resolver = resolver;
    this.dialect = dialect;
    this.notes = notes;
  }

  /// One list of parameters by place and name.
  Map<String, Parameter> list(@Nullable Node node) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Map<String, Obj> written = new LinkedHashMap<>();
    if (node instanceof Node.Null) {
      notes.warning(node.place(), "`parameters` is empty", "leave it out, or write `[]`");
    } else if (node != null && !(node instanceof Node.Arr)) {
      notes.problem(node.place(), "`parameters` should be a list, not " + Nodes.kind(node));
    }
    for (Node each : Nodes.items(node)) {
      Obj object = resolver.object(each);
      Parameter parameter = object == null ? null : parameter(object, each);
      if (object == null || parameter == null) {
        continue;
      }
      String key = key(parameter);
      Obj first = written.putIfAbsent(key, object);
      if (first == null) {
        parameters.put(key, parameter);
      } else if (Nodes.same(first, object)) {
        notes.warning(each.place(), "the parameter `" + shown(parameter) + "` is listed twice");
      } else {
        notes.problem(
            each.place(),
            "the parameter `" + shown(parameter) + "` is listed twice, and differently",
            "the first stands in line " + first.place().line());
      }
    }
    return parameters;
  }

  /// The path's parameters and the operation's; the operation's win. Path parameters follow the
  /// template.
  List<Parameter> merged(
      Map<String, Parameter> outer, Map<String, Parameter> inner, PathTemplate path, Place place) {
    Map<String, Parameter> all = new LinkedHashMap<>(outer);
    all.putAll(inner);
    List<Parameter> merged = new ArrayList<>();
    for (String name : path.variables()) {
      Parameter parameter = all.get(In.PATH + " " + name);
      if (parameter == null) {
        notes.warning(
            place,
            "`" + path + "` has no path parameter `" + Nodes.shown(name) + "`",
            Nearest.advice(name, named(all, In.PATH)));
        parameter = implied(name, place);
      }
      merged.add(parameter);
    }
    for (Parameter parameter : all.values()) {
      if (parameter.in() != In.PATH) {
        merged.add(parameter);
      } else if (!path.variables().contains(parameter.name())) {
        notes.warning(
            parameter.place(),
            "the path parameter `"
                + Nodes.shown(parameter.name())
                + "` does not stand in `"
                + path
                + "`",
            Nearest.advice(parameter.name(), path.variables()));
      }
    }
    return merged;
  }

  private static List<String> named(Map<String, Parameter> all, In in) {
    return all.values().stream().filter(each -> each.in() == in).map(Parameter::name).toList();
  }

  private Parameter implied(String name, Place place) {
    return new Parameter(
        In.PATH, name, true, anything(place), Style.SIMPLE, false, null, false, false, place);
  }

  private @Nullable Parameter parameter(Obj object, Node written) {
    String name = Nodes.scalar(object.get("name"));
    String where = Nodes.text(object.get("in"));
    if (name == null || name.isEmpty() || where == null) {
      notes.problem(written.place(), "a parameter needs a `name` and an `in`");
      return null;
    }
    In in = PLACES.get(where);
    if (in == null) {
      notes.problem(
          object.place(),
          "the parameter `"
              + Nodes.shown(name)
              + "` stands in the unknown place `"
              + Nodes.shown(where)
              + "`",
          where.equals("body") || where.equals("formData")
              ? "OpenAPI 3 has `requestBody` for it"
              : Nearest.advice(where, PLACES.keySet()));
      return null;
    }
    if (in == In.HEADER && ignored(name)) {
      notes.warning(
          written.place(),
          "the header `" + Nodes.shown(name) + "` is no parameter (OpenAPI says to ignore it)");
      return null;
    }
    boolean required = Nodes.isTrue(object.get("required"));
    if (in == In.PATH && !required) {
      notes.warning(
          object.place(), "the path parameter `" + Nodes.shown(name) + "` is not `required: true`");
    }
    return described(in, name, required || in == In.PATH, object);
  }

  private static boolean ignored(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "accept", "content-type", "authorization" -> true;
      default -> false;
    };
  }

  /// The headers of a response; `Content-Type` is none of them.
  List<Parameter> headers(@Nullable Node node) {
    List<Parameter> headers = new ArrayList<>();
    Obj named = Nodes.object(node);
    if (named == null) {
      return headers;
    }
    for (Node.Member member : named.entries()) {
      Obj object = resolver.object(member.value());
      if (object != null && !member.name().equalsIgnoreCase("content-type")) {
        headers.add(
            described(In.HEADER, member.name(), Nodes.isTrue(object.get("required")), object));
      }
    }
    return headers;
  }

  private Parameter described(In in, String name, boolean required, Obj object) {
    Style style = style(in, name, object);
    Node explode = object.get("explode");
    Obj content = Nodes.object(object, "content");
    String mediaType =
        content == null || content.members().isEmpty()
            ? null
            : content.entries().iterator().next().name().toLowerCase(Locale.ROOT);
    return new Parameter(
        in,
        name,
        required,
        schema(object, content, name),
        style,
        explode == null ? style == Style.FORM || style == Style.COOKIE : Nodes.isTrue(explode),
        mediaType,
        Nodes.isTrue(object.get("allowReserved")),
        in == In.QUERY && Nodes.isTrue(object.get("allowEmptyValue")),
        object.place());
  }

  private SchemaSource schema(Obj object, @Nullable Obj content, String name) {
    Node schema = object.get("schema");
    if (schema == null && content != null && !content.members().isEmpty()) {
      Obj media = resolver.object(content.entries().iterator().next().value());
      schema = media == null ? null : media.get("schema");
    }
    if (schema != null) {
      return new SchemaSource(schema, resolver.references(), dialect);
    }
    notes.warning(object.place(), "`" + Nodes.shown(name) + "` has no `schema`: any value fits");
    return anything(object.place());
  }

  private SchemaSource anything(Place place) {
    return new SchemaSource(new Obj(place, Map.of()), resolver.references(), dialect);
  }

  private Style style(In in, String name, Obj object) {
    Style usual =
        switch (in) {
          case PATH, HEADER -> Style.SIMPLE;
          case QUERY, COOKIE, QUERYSTRING -> Style.FORM;
        };
    String written = Nodes.text(object.get("style"));
    if (written == null) {
      return usual;
    }
    Style style = STYLES.get(written);
    if (style == null || !fits(style, in)) {
      notes.problem(
          object.place(),
          "`"
              + Nodes.shown(name)
              + "` has the style `"
              + Nodes.shown(written)
              + "`, which does not fit its place",
          style == null ? Nearest.advice(written, STYLES.keySet()) : "");
      return usual;
    }
    return style;
  }

  private static boolean fits(Style style, In in) {
    return switch (style) {
      case SIMPLE -> in == In.PATH || in == In.HEADER;
      case LABEL, MATRIX -> in == In.PATH;
      case FORM -> in == In.QUERY || in == In.COOKIE;
      case SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT -> in == In.QUERY;
      case COOKIE -> in == In.COOKIE;
    };
  }

  private static String key(Parameter parameter) {
    return parameter.in()
        + " "
        + (parameter.in() == In.HEADER
            ? parameter.name().toLowerCase(Locale.ROOT)
            : parameter.name());
  }

  private static String shown(Parameter parameter) {
    return parameter.in().name().toLowerCase(Locale.ROOT) + "." + Nodes.shown(parameter.name());
  }
}
