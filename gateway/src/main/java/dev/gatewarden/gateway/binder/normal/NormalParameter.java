package dev.gatewarden.gateway.binder.normal;

import dev.gatewarden.core.canon.json.JsonNormalizer;
import dev.gatewarden.core.canon.json.NormalForm;
import dev.gatewarden.core.canon.json.TextForm;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A parameter that has a declared form.
record NormalParameter(Parameter parameter, NormalForm form) {

  boolean is(Parameter.In in) {
    return parameter.in() == in;
  }

  /// Whether the parameter is written item by item, so that each value is one item.
  boolean itemwise() {
    return is(Parameter.In.QUERY)
        && parameter.style() == Parameter.Style.FORM
        && parameter.explode()
        && (form.items() != null || form.uniqueItems());
  }

  private boolean document() {
    String type = parameter.mediaType();
    return type != null && MediaTypes.isJson(type);
  }

  /// One value in its form.
  String of(String value) {
    if (document()) {
      Bytes normal = JsonNormalizer.apply(form, Bytes.of(value.getBytes(StandardCharsets.UTF_8)));
      return normal == null ? value : normal.utf8();
    }
    NormalForm items = form.items();
    TextForm text = !itemwise() ? form.text() : items == null ? TextForm.AS_IT_IS : items.text();
    return text.of(value);
  }

  /// Adds what is declared and cannot be done.
  void check(List<Problem> problems) {
    boolean inside = form.items() != null || form.uniqueItems() || form.ofMembers();
    if (is(Parameter.In.COOKIE) || is(Parameter.In.QUERYSTRING)) {
      problems.add(
          new Problem(
              parameter.place(),
              "`" + parameter.name() + "` cannot be normalized where it stands",
              "only parameters in path, query and header can"));
    } else if (inside && !itemwise() && !document()) {
      problems.add(
          new Problem(
              parameter.place(),
              "what is inside of `" + parameter.name() + "` cannot be normalized in this style",
              "only lists in the query with `explode: true`, and `content` with JSON, can"));
    }
  }
}
