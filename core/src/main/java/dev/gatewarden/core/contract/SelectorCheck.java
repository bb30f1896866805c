package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.SchemaReach.Outcome;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses selectors that the operation's own parameters and schemas cannot contain.
final class SelectorCheck {
  private final SchemaReach reach;

  SelectorCheck(SchemaReach reach) {
    this.reach = reach;
  }

  /// What a selector leads to, or null when it leads nowhere and a problem says so.
  Outcome.@Nullable Reached check(
      Operation operation, Selector selector, Place place, Notes notes) {
    return switch (selector) {
      case Selector.PathParameter(String name) ->
          parameter(operation, Parameter.In.PATH, name, place, notes);
      case Selector.QueryParameter(String name) ->
          parameter(operation, Parameter.In.QUERY, name, place, notes);
      case Selector.Header(String name) ->
          parameter(operation, Parameter.In.HEADER, name, place, notes);
      case Selector.Cookie(String name) ->
          parameter(operation, Parameter.In.COOKIE, name, place, notes);
      case Selector.Body(PointerPattern at) ->
          body(operation, at, SelectorCheck::json, "JSON", place, notes);
      case Selector.Part(String name) ->
          body(
              operation,
              new PointerPattern(List.of(new PointerPattern.Name(name))),
              range -> range.startsWith("multipart/"),
              "multipart",
              place,
              notes);
      case Selector.ResponseBody(PointerPattern at) -> response(operation, at, place, notes);
      case Selector.ResponseHeader(String name) -> header(operation, name, place, notes);
      case Selector.OfPrincipal ignored -> new Outcome.Reached(List.of());
      case Selector.HostLabel ignored -> new Outcome.Reached(List.of());
      case Selector.Argument ignored -> elsewhere("args.", "GraphQL and MCP", place, notes);
      case Selector.Message ignored -> elsewhere("message.", "gRPC", place, notes);
      case Selector.Result ignored -> elsewhere(".", "GraphQL", place, notes);
    };
  }

  private static Outcome.@Nullable Reached elsewhere(
      String selector, String where, Place place, Notes notes) {
    notes.problem(place, "`" + selector + "` belongs to " + where + ", not to OpenAPI");
    return null;
  }

  private Outcome.@Nullable Reached parameter(
      Operation operation, Parameter.In in, String name, Place place, Notes notes) {
    Parameter parameter = operation.parameter(in, name);
    if (parameter != null) {
      return new Outcome.Reached(reach.expanded(List.of(parameter.schema().schema())));
    }
    List<String> known = new ArrayList<>();
    for (Parameter each : operation.parameters()) {
      if (each.in() == in) {
        known.add(each.name());
      }
    }
    String where = Fields.word(in);
    notes.problem(
        place,
        "`"
            + where
            + "."
            + Nodes.shown(name)
            + "` selects nothing: `"
            + operation.id().name()
            + "` has no such "
            + where
            + " parameter",
        Nearest.advice(name, known));
    return null;
  }

  static boolean json(String range) {
    return range.equals("application/json")
        || range.endsWith("+json")
        || range.equals("application/*")
        || range.equals("*/*")
        || range.equals("text/json");
  }

  /// What is read as the JSON it stands for.
  private static boolean form(String range) {
    return range.equals("application/x-www-form-urlencoded");
  }

  private Outcome.@Nullable Reached body(
      Operation operation,
      PointerPattern at,
      java.util.function.Predicate<String> fits,
      String kind,
      Place place,
      Notes notes) {
    RequestBody body = operation.body();
    List<Content.MediaType> types = body == null ? List.of() : fitting(body.content(), fits);
    if (types.isEmpty() && body != null && kind.equals("JSON")) {
      types = fitting(body.content(), SelectorCheck::form);
    }
    if (types.isEmpty()) {
      notes.problem(
          place, "`" + operation.id().name() + "` takes no " + kind + " body with a schema");
      return null;
    }
    // a caller chooses the media type: each of them must be able to hold the value
    List<Obj> all = new ArrayList<>();
    for (Content.MediaType type : types) {
      Outcome.Reached reached = into(type, at, "the request body", place, notes);
      if (reached == null) {
        return null;
      }
      all.addAll(reached.schemas());
    }
    return new Outcome.Reached(all);
  }

  private static List<Content.MediaType> fitting(
      Content content, java.util.function.Predicate<String> fits) {
    List<Content.MediaType> fitting = new ArrayList<>();
    for (Content.MediaType type : content.types().values()) {
      if (type.schema() != null && fits.test(type.range())) {
        fitting.add(type);
      }
    }
    return fitting;
  }

  private Outcome.@Nullable Reached into(
      Content.MediaType type, PointerPattern at, String what, Place place, Notes notes) {
    SchemaSource schema = type.schema();
    if (schema == null) {
      return new Outcome.Reached(List.of());
    }
    return switch (reach.reach(schema.schema(), at)) {
      case Outcome.Reached reached -> reached;
      case Outcome.Barred(String step, String advice) -> {
        notes.problem(
            place,
            "`"
                + at
                + "` selects nothing: the schema of "
                + what
                + " has no `"
                + Nodes.shown(step)
                + "` there",
            advice);
        yield null;
      }
    };
  }

  /// The schemas of the JSON bodies of success, each with its status.
  static List<Content.MediaType> successes(Operation operation) {
    List<Content.MediaType> all = new ArrayList<>();
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      if (promised.status().startsWith("2")) {
        all.addAll(fitting(promised.content(), SelectorCheck::json));
      }
    }
    if (all.isEmpty()) {
      Responses.Promised rest = operation.responses().byStatus().get("default");
      return rest == null ? all : fitting(rest.content(), SelectorCheck::json);
    }
    return all;
  }

  /// One response that can hold the value is enough: an answer without it is judged as one without
  /// an owner.
  private Outcome.@Nullable Reached response(
      Operation operation, PointerPattern at, Place place, Notes notes) {
    List<Content.MediaType> types = successes(operation);
    if (types.isEmpty() && at.steps().isEmpty() && !sequences(operation).isEmpty()) {
      return new Outcome.Reached(List.of());
    }
    if (types.isEmpty()) {
      notes.problem(
          place, "`" + operation.id().name() + "` promises no JSON body with a schema on success");
      return null;
    }
    Notes wrong = new Notes();
    List<Obj> all = new ArrayList<>();
    boolean any = false;
    for (Content.MediaType type : types) {
      Outcome.Reached reached = into(type, at, "the response", place, wrong);
      if (reached != null) {
        any = true;
        all.addAll(reached.schemas());
      }
    }
    if (!any) {
      notes.problems(wrong.problems());
      return null;
    }
    return new Outcome.Reached(all);
  }

  /// Whether some promised answer of success can be looked into.
  static boolean readable(Operation operation) {
    return !successes(operation).isEmpty() || !sequences(operation).isEmpty();
  }

  /// The answers of success of which each line is a document (OpenAPI 3.2, `itemSchema`).
  private static List<SchemaSource> sequences(Operation operation) {
    List<SchemaSource> all = new ArrayList<>();
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      for (Content.MediaType type : promised.content().types().values()) {
        SchemaSource items = type.items();
        if (promised.status().startsWith("2") && isStream(type.range()) && items != null) {
          all.add(items);
        }
      }
    }
    return all;
  }

  /// Whether a body of that type is a stream of documents.
  static boolean isStream(String range) {
    return switch (range) {
      case "application/jsonl",
          "application/x-ndjson",
          "application/json-seq",
          "text/event-stream" ->
          true;
      default -> range.endsWith("+json-seq");
    };
  }

  /// The usual places of counts among those that answers of success declare: `/total`,
  /// `/meta/totalPages`, `/links/last`.
  List<PointerPattern> counts(Operation operation) {
    List<PointerPattern> counts = new ArrayList<>();
    for (Content.MediaType type : successes(operation)) {
      if (type.schema() != null) {
        List<Obj> body = reach.expanded(List.of(type.schema().schema()));
        for (String name : SchemaReach.declared(body)) {
          if (counting(name)) {
            count(counts, name);
          } else if (about(name)) {
            List<Obj> inside = reach.expanded(SchemaReach.member(body, name).schemas());
            for (String below : SchemaReach.declared(inside)) {
              if (counting(below) || below.equals("last")) {
                count(counts, name, below);
              }
            }
          }
        }
      }
    }
    return counts;
  }

  private static void count(List<PointerPattern> counts, String... names) {
    List<PointerPattern.Step> steps = new ArrayList<>();
    for (String name : names) {
      steps.add(new PointerPattern.Name(name));
    }
    PointerPattern at = new PointerPattern(steps);
    if (!counts.contains(at)) {
      counts.add(at);
    }
  }

  private static boolean counting(String name) {
    return switch (plain(name)) {
      case "total",
          "totalcount",
          "count",
          "totalitems",
          "totalelements",
          "totalresults",
          "totalrecords",
          "totalpages",
          "pages",
          "pagecount",
          "lastpage",
          "itemcount",
          "resultcount",
          "recordstotal",
          "recordsfiltered",
          "numfound",
          "numberofelements",
          "odatacount" ->
          true;
      default -> false;
    };
  }

  private static boolean about(String name) {
    return switch (plain(name)) {
      case "meta", "metadata", "pagination", "paging", "page", "pageinfo", "links" -> true;
      default -> false;
    };
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString().toLowerCase(java.util.Locale.ROOT);
  }

  /// Whether some promised body of success can hold a value there.
  boolean canHold(Operation operation, PointerPattern at) {
    for (Content.MediaType type : successes(operation)) {
      if (type.schema() != null
          && reach.reach(type.schema().schema(), at) instanceof Outcome.Reached) {
        return true;
      }
    }
    for (SchemaSource line : sequences(operation)) {
      if (!at.steps().isEmpty()
          && at.steps().getFirst() instanceof PointerPattern.Each
          && reach.reach(
                  line.schema(), new PointerPattern(at.steps().subList(1, at.steps().size())))
              instanceof Outcome.Reached) {
        return true;
      }
    }
    return false;
  }

  private Outcome.@Nullable Reached header(
      Operation operation, String name, Place place, Notes notes) {
    List<String> known = new ArrayList<>();
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      for (Parameter header : promised.headers()) {
        if (header.name().equalsIgnoreCase(name)) {
          return new Outcome.Reached(reach.expanded(List.of(header.schema().schema())));
        }
        known.add(header.name());
      }
    }
    notes.problem(
        place,
        "`response.header."
            + Nodes.shown(name)
            + "` selects nothing: `"
            + operation.id().name()
            + "` promises no such header",
        Nearest.advice(name, known));
    return null;
  }
}
