package dev.gatewarden.core.probe;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What came back for an attempt.
///
/// @param attempt the number of the attempt within the run, from 1
/// @param headers by their names in lower case, each line by itself
/// @param json the body where it is JSON, else null
public record Answer(
    int attempt, int status, List<Draft.Pair> headers, byte[] body, @Nullable Node json) {
  /// What stands in a body that tells an error, and nothing else does.
  private static final Set<String> TELLING =
      Set.of(
          "error",
          "errors",
          "message",
          "msg",
          "code",
          "status",
          "statuscode",
          "success",
          "ok",
          "detail",
          "details",
          "reason",
          "path",
          "timestamp",
          "requestid",
          "traceid");

  private static final Set<String> REFUSING =
      Set.of("error", "fail", "failed", "failure", "denied", "forbidden", "unauthorized");

  private static final Bounds BOUNDS = new Bounds(8 << 20, 128, 1_000_000);

  private static final int BEGINNING = 1 << 16;

  public Answer {
    headers = List.copyOf(headers);
  }

  /// Reads a body.
  public static Answer of(int attempt, int status, List<Draft.Pair> headers, byte[] body) {
    List<Draft.Pair> lower = new ArrayList<>();
    headers.forEach(
        each -> lower.add(new Draft.Pair(each.name().toLowerCase(Locale.ROOT), each.value())));
    return new Answer(attempt, status, lower, body, read(body));
  }

  private static @Nullable Node read(byte[] body) {
    int first = 0;
    while (first < body.length && body[first] <= ' ') {
      first++;
    }
    if (first == body.length || "{[\"-0123456789tfn".indexOf(body[first]) < 0) {
      return null;
    }
    try {
      return new DocumentReader(BOUNDS)
          .read(new Origin(URI.create("answer.json"), "an answer"), body);
    } catch (ProblemsException other) {
      return null;
    }
  }

  /// Whether the service says that it did what it was asked.
  public boolean ok() {
    return status >= 200 && status < 300 && !refusesWithin();
  }

  /// Whether a status of success stands over a body that is nothing but an error: many services
  /// refuse so.
  public boolean refusesWithin() {
    if (status < 200 || status >= 300 || !(json instanceof Node.Obj body)) {
      return false;
    }
    boolean refuses = false;
    boolean code = false;
    boolean why = false;
    for (Node.Member each : body.entries()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (!TELLING.contains(name)) {
        if (isNothing(each.value())) {
          // an envelope without content
          continue;
        }
        return false;
      }
      switch (name) {
        case "error", "errors" -> refuses |= isSaid(each.value());
        case "success", "ok" ->
            refuses |= each.value() instanceof Node.Bool(var _, boolean is) && !is;
        case "code", "status", "statuscode" -> code |= isRefusal(each.value());
        case "message", "msg", "detail", "details", "reason" -> why |= isSaid(each.value());
        default -> {}
      }
    }
    return refuses || (code && why);
  }

  private static boolean isNothing(Node value) {
    return switch (value) {
      case Node.Null _ -> true;
      case Node.Obj object -> object.entries().isEmpty();
      case Node.Arr array -> array.items().isEmpty();
      case Node.Text _, Node.Num _, Node.Bool _ -> false;
    };
  }

  /// Whether a status within the body is one of an error: by its number, or by its word.
  private static boolean isRefusal(Node value) {
    String text = Json.scalar(value);
    return text != null
        && ((text.length() == 3
                && (text.startsWith("4") || text.startsWith("5"))
                && Character.isDigit(text.charAt(1))
                && Character.isDigit(text.charAt(2)))
            || REFUSING.contains(text.toLowerCase(Locale.ROOT)));
  }

  private static boolean isSaid(Node error) {
    return switch (error) {
      case Node.Text(var _, String text) -> !text.isEmpty();
      case Node.Bool(var _, boolean is) -> is;
      case Node.Obj object -> !object.entries().isEmpty();
      case Node.Arr array -> !array.items().isEmpty();
      case Node.Num _, Node.Null _ -> false;
    };
  }

  /// Whether the service says that something broke in it.
  public boolean broke() {
    return status >= 500 && status != 501 && status != 503;
  }

  /// The first line of a header, or null.
  public @Nullable String header(String name) {
    for (Draft.Pair each : headers) {
      if (each.name().equals(name)) {
        return each.value();
      }
    }
    return null;
  }

  /// The first 64 KiB as text, for patterns: what a service sends must not cost more than that.
  public String beginning() {
    return new String(body, 0, Math.min(body.length, BEGINNING), StandardCharsets.UTF_8);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// Whether the body has these bytes' content: the same JSON or the same text.
  public boolean sameAs(Answer other) {
    return status == other.status && java.util.Arrays.equals(body, other.body);
  }

  /// Nothing of the body.
  @Override
  public String toString() {
    return status + " (" + body.length + " bytes)";
  }
}
