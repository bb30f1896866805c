package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Parameter.Style;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.gateway.binder.shape.Fields.Form;
import dev.gatewarden.gateway.binder.shape.Fields.Rule;
import dev.gatewarden.gateway.binder.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads how a contract writes the properties of a form (OpenAPI, "Encoding Object").
///
/// Where `encoding` names a style, that holds; else objects are JSON documents, everything else is
/// its own text, a list one field for each item.
final class FormRules {
  private final Content.MediaType type;
  private final Schemas schemas;

  FormRules(Content.MediaType type, Schemas schemas) {
    this.type = type;
    this.schemas = schemas;
  }

  List<Rule> read(Shape shape) {
    Obj encodings = type.source().get("encoding") instanceof Obj named ? named : null;
    List<Rule> rules = new ArrayList<>();
    shape
        .properties()
        .forEach(
            (name, inside) ->
                rules.add(
                    encodings != null && encodings.get(name) instanceof Obj encoding
                        ? rule(name, inside, encoding)
                        : usual(name, inside)));
    if (encodings != null) {
      for (Node.Member member : encodings.entries()) {
        if (!shape.properties().containsKey(member.name()) && !member.name().startsWith("x-")) {
          schemas.problem(
              new Problem(
                  member.namePlace(),
                  "`encoding` speaks of `" + member.name() + "`, which the schema does not have",
                  ""));
        }
      }
    }
    return rules;
  }

  private static Rule usual(String name, Shape shape) {
    Shape each = shape.mayBeArray() && !shape.plain() ? shape.items() : shape;
    boolean object = each.mayBeObject() && !each.plain();
    return new Rule(name, shape, object ? Form.DOCUMENT : Form.PLAIN, null);
  }

  private Rule rule(String name, Shape shape, Obj encoding) {
    Node explode = encoding.get("explode");
    String written = text(encoding, "style");
    if (written == null && explode == null && encoding.get("allowReserved") == null) {
      String content = text(encoding, "contentType");
      return content != null && MediaTypes.isJson(content.toLowerCase(Locale.ROOT))
          ? new Rule(name, shape, Form.DOCUMENT, null)
          : usual(name, shape);
    }
    Style style = style(written, encoding);
    boolean exploded = explode instanceof Node.Bool bool ? bool.value() : style == Style.FORM;
    return Rule.of(name, shape, style, exploded);
  }

  private Style style(@Nullable String written, Obj encoding) {
    return switch (written) {
      case null -> Style.FORM;
      case "form" -> Style.FORM;
      case "spaceDelimited" -> Style.SPACE_DELIMITED;
      case "pipeDelimited" -> Style.PIPE_DELIMITED;
      case "deepObject" -> Style.DEEP_OBJECT;
      default -> {
        schemas.problem(
            new Problem(
                encoding.place(),
                "no field of a form is written in the style `" + written + "`",
                "write form, spaceDelimited, pipeDelimited or deepObject"));
        yield Style.FORM;
      }
    };
  }

  private static @Nullable String text(Obj object, String name) {
    return object.get(name) instanceof Node.Text text ? text.value() : null;
  }
}
