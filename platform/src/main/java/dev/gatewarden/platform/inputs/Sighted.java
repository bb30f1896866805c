package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Sightings;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at what examples carried, each value at the schema that describes it.
///
/// @param file as people call what the examples stand in
record Sighted(Audited contract, String file, Sightings to) implements Matching.Matched {

  @Override
  public void at(Operation operation, Map<String, String> path, Example example) {
    path.forEach((name, value) -> parameter(operation, Parameter.In.PATH, name, value));
    for (Pair each : example.query()) {
      parameter(operation, Parameter.In.QUERY, each.name(), each.value());
    }
    for (Pair each : example.headers()) {
      parameter(operation, Parameter.In.HEADER, each.name(), each.value());
    }
    RequestBody body = operation.body();
    if (body != null) {
      switch (example.body()) {
        case Body.Value(String type, Node value) -> content(body.content(), type, value);
        case Body.Form form -> content(body.content(), form.type(), form.object());
        case Body.Other _ -> {}
        case null -> {}
      }
    }
    for (Example.Answer each : example.answers()) {
      Responses.Promised promised = operation.responses().of(each.status());
      Node answer = each.body();
      if (promised != null && answer != null) {
        content(
            promised.content(), each.type().isEmpty() ? "application/json" : each.type(), answer);
      }
    }
  }

  private void parameter(Operation operation, Parameter.In in, String name, String value) {
    Parameter known = operation.parameter(in, name);
    if (known != null) {
      to.see(contract, known.schema().schema(), Json.of(value), file);
    }
  }

  /// Where the type is not among those that are promised, any of them will do.
  private void content(Content content, String type, Node value) {
    Content.@Nullable MediaType exact = content.of(type);
    Collection<Content.MediaType> all = exact == null ? content.types().values() : List.of(exact);
    for (Content.MediaType each : all) {
      if (each.schema() != null) {
        to.see(contract, each.schema().schema(), value, file);
      }
    }
  }
}
