package dev.gatewarden.core.contract;

import java.util.List;

/// Where in an exchange a value is read; written like an OpenAPI runtime expression,
/// `path.orderId`.
public sealed interface Selector {

  /// `path.orderId`.
  record PathParameter(String name) implements Selector {}

  /// `query.orderId`.
  record QueryParameter(String name) implements Selector {}

  /// `header.X-Order`; names are compared without case.
  record Header(String name) implements Selector {}

  /// `cookie.order`.
  record Cookie(String name) implements Selector {}

  /// `body#/orders/*/id`.
  record Body(PointerPattern at) implements Selector {}

  /// `response.body#/id`.
  record ResponseBody(PointerPattern at) implements Selector {}

  /// `response.header.X-Order`.
  record ResponseHeader(String name) implements Selector {}

  /// `args.input.id`: an argument of a GraphQL field or an MCP tool.
  record Argument(List<String> path) implements Selector {
    public Argument {
      path = List.copyOf(path);
    }
  }

  /// `message.order_ref.id`: a field of a protobuf message.
  record Message(List<String> path) implements Selector {
    public Message {
      path = List.copyOf(path);
    }
  }

  /// `part.order`: a part of a multipart body.
  record Part(String name) implements Selector {}

  /// `principal.subject`.
  record OfPrincipal(PrincipalPart part) implements Selector {}

  /// `host.label(0)`: a label of the host, counted from the left.
  record HostLabel(int index) implements Selector {}

  /// `.`: the value the operation itself returns, for GraphQL fields.
  record Result() implements Selector {}

  /// Whether the value is only known when the upstream has answered.
  default boolean afterwards() {
    return this instanceof ResponseBody || this instanceof ResponseHeader || this instanceof Result;
  }

  /// As users write it.
  default String text() {
    return switch (this) {
      case PathParameter(String name) -> "path." + name;
      case QueryParameter(String name) -> "query." + name;
      case Header(String name) -> "header." + name;
      case Cookie(String name) -> "cookie." + name;
      case Body(PointerPattern at) -> "body#" + at;
      case ResponseBody(PointerPattern at) -> "response.body#" + at;
      case ResponseHeader(String name) -> "response.header." + name;
      case Argument(List<String> path) -> "args." + String.join(".", path);
      case Message(List<String> path) -> "message." + String.join(".", path);
      case Part(String name) -> "part." + name;
      case OfPrincipal(PrincipalPart part) -> part.text();
      case HostLabel(int index) -> "host.label(" + index + ")";
      case Result() -> ".";
    };
  }
}
