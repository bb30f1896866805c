package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads selectors as users write them.
final class SelectorReader {
  private static final List<String> HEADS =
      List.of(
          "path",
          "query",
          "header",
          "cookie",
          "body",
          "response",
          "args",
          "message",
          "part",
          "principal",
          "host");

  /// What a text selects, or why it selects nothing.
  sealed interface Outcome {
    record Read(Selector selector) implements Outcome {}

    record Wrong(String message, String advice) implements Outcome {}
  }

  private SelectorReader() {}

  static Outcome read(String written) {
    String text = written;
    if (text.startsWith("$request.")) {
      text = text.substring("$request.".length());
    } else if (text.startsWith("$response.")) {
      text = text.substring(1);
    }
    if (text.equals(".")) {
      return new Outcome.Read(new Selector.Result());
    }
    Selector selector = selector(text);
    if (selector != null) {
      return new Outcome.Read(selector);
    }
    String head = text.split("[.#(]", 2)[0];
    return new Outcome.Wrong(
        "`" + Nodes.shown(written) + "` selects nothing",
        HEADS.contains(head) ? example(head) : near(head));
  }

  private static String near(String head) {
    String near = Nearest.of(head, HEADS);
    return near == null
        ? "selectors look like `path.id`, `query.id`, `body#/order/id` or `response.body#/id`"
        : "did you mean `" + near + "`? " + example(near);
  }

  private static String example(String head) {
    return switch (head) {
      case "body" -> "write `body#/a/*/id`";
      case "response" -> "write `response.body#/data/*` or `response.header.X-Order`";
      case "principal" ->
          "write `principal.subject`, `principal.tenant`, `principal.client` or"
              + " `principal.claim(/x)`";
      case "host" -> "write `host.label(0)`";
      default -> "write `" + head + ".id`";
    };
  }

  private static @Nullable Selector selector(String text) {
    if (text.equals("body") || text.startsWith("body#")) {
      PointerPattern at = PointerPattern.selecting(text.length() < 5 ? "" : text.substring(5));
      return at == null ? null : new Selector.Body(at);
    }
    if (text.equals("response.body") || text.startsWith("response.body#")) {
      PointerPattern at = PointerPattern.selecting(text.length() < 14 ? "" : text.substring(14));
      return at == null ? null : new Selector.ResponseBody(at);
    }
    if (text.startsWith("response.header.") && text.length() > 16) {
      return new Selector.ResponseHeader(text.substring(16));
    }
    int dot = text.indexOf('.');
    if (dot < 0 || dot == text.length() - 1) {
      return null;
    }
    String rest = text.substring(dot + 1);
    return switch (text.substring(0, dot)) {
      case "path" -> new Selector.PathParameter(rest);
      case "query" -> new Selector.QueryParameter(rest);
      case "header" -> new Selector.Header(rest);
      case "cookie" -> new Selector.Cookie(rest);
      case "part" -> new Selector.Part(rest);
      case "args" -> names(rest) == null ? null : new Selector.Argument(List.of(rest.split("\\.")));
      case "message" ->
          names(rest) == null ? null : new Selector.Message(List.of(rest.split("\\.")));
      case "host" -> label(rest);
      case "principal" -> {
        PrincipalPart part = principal(text);
        yield part == null ? null : new Selector.OfPrincipal(part);
      }
      default -> null;
    };
  }

  private static @Nullable String names(String rest) {
    return rest.startsWith(".") || rest.endsWith(".") || rest.contains("..") ? null : rest;
  }

  private static @Nullable Selector label(String rest) {
    if (!rest.startsWith("label(")
        || !rest.endsWith(")")
        || rest.length() < 8
        || rest.length() > 9) {
      return null;
    }
    String index = rest.substring(6, rest.length() - 1);
    return index.chars().allMatch(c -> c >= '0' && c <= '9')
        ? new Selector.HostLabel(Integer.parseInt(index))
        : null;
  }

  /// `principal.subject` and its like, or null.
  static @Nullable PrincipalPart principal(String text) {
    return switch (text) {
      case "principal.subject" -> new PrincipalPart.Subject();
      case "principal.tenant" -> new PrincipalPart.Tenant();
      case "principal.client" -> new PrincipalPart.Client();
      default -> claim(text);
    };
  }

  private static @Nullable PrincipalPart claim(String text) {
    if (!text.startsWith("principal.claim(/") || !text.endsWith(")")) {
      return null;
    }
    String pointer = text.substring("principal.claim(".length(), text.length() - 1);
    var parsed = dev.gatewarden.core.document.Pointer.parse(pointer);
    return parsed == null ? null : new PrincipalPart.Claim(parsed.tokens());
  }
}
