package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.controls.probes.input.OddInputProbe;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import dev.gatewarden.platform.probing.protocol.Seen;
import graphql.schema.GraphQLArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with the answer to a case (GraphQL, October 2021, section 7; GraphQL over
/// HTTP).
///
/// What a resolver says of the world, that there is no such order, is no fault: only what says that
/// the request was none, or that the code failed over it.
final class GraphqlJudge {
  /// The request was none by the schema: in the words of Apollo, graphql-java and others.
  private static final Set<String> INVALID =
      Set.of(
          "GRAPHQL_VALIDATION_FAILED",
          "GRAPHQL_PARSE_FAILED",
          "VALIDATIONERROR",
          "INVALIDSYNTAX",
          "HC0001",
          "VALIDATION_FAILED");

  private static final Set<String> FAILED =
      Set.of("INTERNAL_SERVER_ERROR", "INTERNAL_ERROR", "INTERNAL", "UNEXPECTED_ERROR");

  private static final Set<String> SHUT =
      Set.of(
          "UNAUTHENTICATED", "FORBIDDEN", "UNAUTHORIZED", "ACCESS_DENIED", "AUTH_NOT_AUTHORIZED");

  private final GraphqlSchema schema;
  private final AnswerShape shape;

  GraphqlJudge(GraphqlSchema schema) {
    this.schema = schema;
    this.shape = new AnswerShape(schema);
  }

  Seen judge(ProtocolCase made, Answer answer) {
    int number = answer.attempt();
    if (answer.status() == 401 || answer.status() == 403) {
      return Seen.refused(number, "the caller is answered " + answer.status());
    }
    if (answer.status() == 404 || answer.status() == 405 || answer.status() == 429) {
      return Seen.refused(number, "the request is answered " + answer.status());
    }
    if (answer.status() == 0) {
      return wrong(number, made, "drops", Severity.MEDIUM, "is not answered at all");
    }
    if (answer.broke()) {
      return wrong(number, made, "fails", Severity.MEDIUM, "is answered " + answer.status());
    }
    return answer.json() instanceof Node.Obj object
        ? judge(made, answer, object)
        : made.right()
            ? Seen.refused(number, "the answer is no JSON object: no GraphQL is spoken there")
            : answer.ok()
                ? wrong(number, made, "taken", Severity.LOW, "is taken")
                : Seen.well(number);
  }

  private Seen judge(ProtocolCase made, Answer answer, Node.Obj object) {
    int number = answer.attempt();
    List<Node.Obj> errors = errors(object);
    if (errors.stream().anyMatch(each -> SHUT.contains(code(each)))) {
      return Seen.refused(number, "the caller may not: " + code(errors.getFirst()));
    }
    for (Node.Obj each : errors) {
      if (OddInputProbe.hasTrace(Json.text(each))) {
        return wrong(number, made, "trace", Severity.LOW, "is answered with a trace of the code");
      }
      if (FAILED.contains(code(each))) {
        return wrong(
            number, made, "fails", Severity.MEDIUM, "is answered with `" + code(each) + "`");
      }
    }
    return made.right() ? right(made, answer, object, errors) : wrong(made, answer, object, errors);
  }

  private Seen right(ProtocolCase made, Answer answer, Node.Obj object, List<Node.Obj> errors) {
    int number = answer.attempt();
    for (Node.Obj each : errors) {
      String broken = brokenPromise(each);
      if (broken != null) {
        return Seen.wrong(number, "answer", place(each, made), Severity.LOW, broken);
      }
      if (isInvalid(each, object) && !isOpen(made)) {
        return wrong(number, made, "refused", Severity.LOW, "is refused as invalid");
      }
    }
    Node data = object.get("data");
    AnswerShape.Broken broken = data == null ? null : shape.broken(made, data);
    if (broken != null) {
      return Seen.wrong(
          number,
          "answer",
          broken.at(),
          Severity.LOW,
          "the answer breaks the schema: " + broken.message());
    }
    if (data == null && errors.isEmpty()) {
      return Seen.refused(number, "the answer has neither `data` nor `errors`");
    }
    return Seen.well(number);
  }

  private Seen wrong(ProtocolCase made, Answer answer, Node.Obj object, List<Node.Obj> errors) {
    String field = schema.field(made.operation()).getName();
    Node data = object.get("data") instanceof Node.Obj all ? all.get(field) : null;
    boolean served = data != null && !(data instanceof Node.Null);
    return (errors.isEmpty() && answer.ok()) || served
        ? wrong(answer.attempt(), made, "taken", Severity.LOW, "is taken")
        : Seen.well(answer.attempt());
  }

  private Seen wrong(int number, ProtocolCase made, String kind, Severity severity, String what) {
    if (!made.right()) {
      String wrong = made.wrongness();
      int colon = wrong.indexOf(':');
      String place = colon < 0 ? "document" : wrong.substring(0, colon);
      return Seen.wrong(
          number,
          kind,
          place,
          severity,
          "a request with one thing wrong (`" + wrong + "`) " + what);
    }
    String place = String.join(" ", places(made));
    return Seen.wrong(
        number,
        kind,
        place,
        severity,
        "a request that the schema permits"
            + (place.isEmpty() ? "" : ", with `" + place + "`,")
            + " "
            + what);
  }

  /// The arguments of a case, or what it asks for where it has none.
  private static List<String> places(ProtocolCase made) {
    List<String> places = new ArrayList<>();
    for (String prefix : List.of(GraphqlDocument.ARGS, GraphqlDocument.FIELDS)) {
      if (places.isEmpty()) {
        made.values().keySet().stream()
            .filter(each -> each.startsWith(prefix))
            .forEach(each -> places.add(each.substring(prefix.length())));
      }
    }
    return places;
  }

  /// Whether only the service knows which values it takes.
  private boolean isOpen(ProtocolCase made) {
    for (GraphQLArgument each : schema.field(made.operation()).getArguments()) {
      if (made.values().containsKey(GraphqlDocument.ARGS + each.getName())
          && InputValues.isOpen(each.getType())) {
        return true;
      }
    }
    return false;
  }

  private static List<Node.Obj> errors(Node.Obj answer) {
    List<Node.Obj> errors = new ArrayList<>();
    if (answer.get("errors") instanceof Node.Arr array) {
      for (Node each : array.items()) {
        if (each instanceof Node.Obj error) {
          errors.add(error);
        }
      }
    }
    return errors;
  }

  /// The word by which the service tells kinds of errors apart, upper case; or the empty text.
  private static String code(Node.Obj error) {
    if (!(error.get("extensions") instanceof Node.Obj more)) {
      return "";
    }
    String code = Json.scalar(more.get("code"));
    String kind = code == null ? Json.scalar(more.get("classification")) : code;
    return kind == null ? "" : kind.toUpperCase(Locale.ROOT);
  }

  /// What an engine says where the code behind it breaks the schema; null where it says something
  /// else.
  private static @Nullable String brokenPromise(Node.Obj error) {
    String message = String.valueOf(Json.scalar(error.get("message")));
    boolean placed = error.get("path") != null;
    boolean breaks =
        code(error).equals("NULLVALUEINNONNULLABLEFIELD")
            || code(error).equals("SERIALIZATIONERROR")
            || message.startsWith("Can't serialize value")
            || message.startsWith("Cannot return null for non-nullable")
            || (placed && message.contains(" cannot represent "));
    return breaks ? "the service could not answer as the schema promises" : null;
  }

  private static String place(Node.Obj error, ProtocolCase made) {
    StringBuilder place = new StringBuilder();
    if (error.get("path") instanceof Node.Arr path) {
      for (Node each : path.items()) {
        if (each instanceof Node.Text(var _, String name)) {
          place.append(place.isEmpty() ? "" : ".").append(name);
        }
      }
    }
    return place.isEmpty() ? String.join(" ", places(made)) : place.toString();
  }

  /// Whether an error says that the request itself is wrong: by its code, or because there is no
  /// data at all (section 7.1.2), and nothing says that it was too much.
  private static boolean isInvalid(Node.Obj error, Node.Obj answer) {
    if (INVALID.contains(code(error))) {
      return true;
    }
    String message = String.valueOf(Json.scalar(error.get("message"))).toLowerCase(Locale.ROOT);
    boolean bounded =
        List.of("depth", "complex", "cost", "limit", "too many", "too large", "persisted").stream()
            .anyMatch(message::contains);
    return answer.get("data") == null
        && error.get("path") == null
        && code(error).isEmpty()
        && !bounded;
  }
}
