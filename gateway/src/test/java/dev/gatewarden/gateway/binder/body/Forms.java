package dev.gatewarden.gateway.binder.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.binder.RequestBinder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One operation that takes multipart bodies, and the bodies that are sent to it.
final class Forms {
  private final Operation operation;
  private final RequestBinder binder;

  /// @param type the media type object, as JSON
  /// @param binding the object binding, as JSON
  Forms(String version, String type, String binding) {
    List<Problem> problems = new ArrayList<>();
    this.operation = contract(version, type, binding).operations().getFirst();
    Manner manner =
        new Manner(
            UnknownFields.REFUSE,
            dev.gatewarden.core.schema.Bounds.DEFAULT,
            Manner.PARTS,
            false,
            true);
    this.binder =
        Binders.compile(contract(version, type, binding), (_, _) -> manner, problems)
            .request(operation);
    assertThat(problems).isEmpty();
  }

  static Forms of(String schema) {
    return new Forms("3.1.0", "{\"schema\":" + schema + "}", "\"none\"");
  }

  static List<Problem> problems(String type, String binding) {
    List<Problem> problems = new ArrayList<>();
    Manner manner =
        new Manner(
            UnknownFields.REFUSE,
            dev.gatewarden.core.schema.Bounds.DEFAULT,
            Manner.PARTS,
            false,
            true);
    var unused = Binders.compile(contract("3.1.0", type, binding), (_, _) -> manner, problems);
    return problems;
  }

  private static Contract contract(String version, String type, String binding) {
    String text =
        """
        {"openapi":"%s","info":{"title":"f","version":"1"},"servers":[{"url":"/"}],"security":[{}],
        "components":{"x-gatewarden-objects":{"order":{"id":{"at":"/id","as":"string"},
        "owner":{"at":"/owner","is":"principal.subject"},"known-by":["relation"]}}},
        "paths":{"/f":{"post":{"operationId":"send","x-gatewarden-object":%s,
        "requestBody":{"required":true,"content":{"multipart/form-data":%s}},
        "responses":{"204":{"description":"done"}}}}}}
        """
            .formatted(version, binding, type);
    return new ContractReader(_ -> text.getBytes(StandardCharsets.UTF_8), Bounds.DEFAULT)
        .read(
            new ContractFiles("f", new Place.Origin(URI.create("file:/f.json"), "f.json")),
            _ -> true);
  }

  RequestBinder.Bound bind(String body) {
    return bind(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  RequestBinder.Bound bind(byte[] body) {
    Request request =
        new Request(
            "POST",
            "https",
            "localhost",
            new Target("/f", Query.NONE),
            new One("content-type", "multipart/form-data; boundary=b"),
            new Peer(Ip.of(new byte[] {127, 0, 0, 1}), true),
            Instant.EPOCH);
    Exchange exchange = new Exchange(ExchangeId.of(1, 1), request, operation, List.of());
    return binder.bind(exchange, Bytes.of(body), false);
  }

  /// The parts of a body: head lines and content, one after the other.
  static String body(String... parts) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < parts.length; i += 2) {
      body.append("--b\r\nContent-Disposition: form-data; ").append(parts[i]).append("\r\n\r\n");
      body.append(parts[i + 1]).append("\r\n");
    }
    return body.append("--b--\r\n").toString();
  }

  private record One(String name, String value) implements Headers {
    @Override
    public @Nullable String first(String wanted) {
      return wanted.equalsIgnoreCase(name) ? value : null;
    }

    @Override
    public List<String> all(String wanted) {
      return wanted.equalsIgnoreCase(name) ? List.of(value) : List.of();
    }

    @Override
    public void each(BiConsumer<String, String> line) {
      line.accept(name, value);
    }
  }
}
