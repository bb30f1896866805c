package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Responses.Promised;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Mark;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.UnknownFields;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The binders of one contract, by operation; compiled when the contract is loaded.
public final class Binders {
  private final RequestBinder[] requests;
  private final ResponseBinder[] responses;

  private Binders(int operations) {
    requests = new RequestBinder[operations];
    responses = new ResponseBinder[operations];
  }

  public RequestBinder request(Operation operation) {
    return requests[operation.index()];
  }

  public ResponseBinder response(Operation operation) {
    return responses[operation.index()];
  }

  /// Whether a guard is relaxed at an operation, so that what it would need may be missing.
  @FunctionalInterface
  public interface Relaxed {
    boolean relaxed(String guard, Operation operation);
  }

  /// Compiles the binders of a contract.
  ///
  /// @param problems where everything that cannot be judged is added
  public static Binders compile(Contract contract, Relaxed relaxed, List<Problem> problems) {
    Binders binders = new Binders(contract.operations().size());
    for (Operation operation : contract.operations()) {
      List<Problem> request =
          relaxed.relaxed("request-schema", operation) ? new ArrayList<>() : problems;
      List<Problem> response =
          relaxed.relaxed("response-schema", operation) ? new ArrayList<>() : problems;
      binders.requests[operation.index()] = request(operation, new Schemas(request), request);
      binders.responses[operation.index()] = response(operation, new Schemas(response), response);
    }
    return binders;
  }

  /// The binder of one operation's responses, for who reads them beside the path.
  public static ResponseBinder responseOf(Operation operation, List<Problem> problems) {
    return response(operation, new Schemas(problems), problems);
  }

  private static RequestBinder request(
      Operation operation, Schemas schemas, List<Problem> problems) {
    Map<Content.MediaType, BodyReader> readers = new IdentityHashMap<>();
    if (operation.body() != null) {
      for (Content.MediaType type : operation.body().content().types().values()) {
        Meanings meanings = new Meanings();
        ObjectMarks marks = new ObjectMarks(meanings);
        List<ObjectBinding> bindings = operation.objects().list();
        for (int i = 0; i < bindings.size(); i++) {
          marks.ofRequest(i, bindings.get(i));
        }
        Labels labels = new Annotations("x-gatewarden-write", meanings, problems);
        BodyReader reader =
            reader(type, schemas, Direction.REQUEST, UnknownFields.REFUSE, labels, marks, meanings);
        if (reader != null) {
          readers.put(type, reader);
        }
      }
    }
    return new RequestBinder(operation, parameters(operation, schemas), readers);
  }

  private static ResponseBinder response(
      Operation operation, Schemas schemas, List<Problem> problems) {
    Map<Content.MediaType, BodyReader> readers = new IdentityHashMap<>();
    boolean shows = false;
    List<ObjectBinding> bindings = operation.objects().list();
    for (ObjectBinding binding : bindings) {
      shows |= ResponseBinder.shows(binding);
    }
    for (Promised promised : operation.responses().byStatus().values()) {
      for (Content.MediaType type : promised.content().types().values()) {
        Meanings meanings = new Meanings();
        ObjectMarks marks = new ObjectMarks(meanings);
        for (int i = 0; i < bindings.size(); i++) {
          if (ResponseBinder.shows(bindings.get(i))) {
            marks.ofResponse(i, bindings.get(i));
          }
        }
        Labels labels = new Annotations("x-gatewarden-read", meanings, problems);
        BodyReader reader =
            reader(
                type, schemas, Direction.RESPONSE, UnknownFields.OBSERVE, labels, marks, meanings);
        if (reader != null) {
          readers.put(type, reader);
        }
      }
    }
    return new ResponseBinder(operation, readers, shows);
  }

  private static @Nullable BodyReader reader(
      Content.MediaType type,
      Schemas schemas,
      Direction direction,
      UnknownFields unknown,
      Labels labels,
      ObjectMarks marks,
      Meanings meanings) {
    if (type.schema() == null || !isJson(type.range())) {
      return null;
    }
    List<Mark> wishes = marks.list();
    Schema promised = schemas.compile(type.schema(), direction, unknown, labels, wishes);
    if (promised == null) {
      return null;
    }
    return new BodyReader(
        promised, Schemas.anything(type.schema().schema().place(), wishes), meanings);
  }

  /// RFC 6838, section 4.2.8: the suffix says that the body is JSON.
  private static boolean isJson(String range) {
    return range.equals("application/json") || range.endsWith("+json") || range.equals("*/*");
  }

  private static ParameterChecks parameters(Operation operation, Schemas schemas) {
    List<ParameterCheck> checks = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      if (ignored(parameter)) {
        continue;
      }
      Schema schema =
          schemas.compile(
              parameter.schema(), Direction.REQUEST, UnknownFields.REFUSE, Labels.NONE, List.of());
      if (schema != null) {
        checks.add(new ParameterCheck(parameter, schema, shape(parameter)));
      }
    }
    return new ParameterChecks(operation.path().variables(), checks);
  }

  /// OpenAPI, "Parameter Object": header parameters of these names say nothing.
  private static boolean ignored(Parameter parameter) {
    return parameter.in() == Parameter.In.HEADER
        && (parameter.name().equalsIgnoreCase("accept")
            || parameter.name().equalsIgnoreCase("content-type")
            || parameter.name().equalsIgnoreCase("authorization"));
  }

  private static ParameterCheck.Shape shape(Parameter parameter) {
    if (parameter.mediaType() != null) {
      return ParameterCheck.Shape.DOCUMENT;
    }
    Node.Obj schema = followed(parameter.schema(), parameter.schema().schema());
    return switch (type(schema)) {
      case "string" -> ParameterCheck.Shape.TEXT;
      case "integer", "number", "boolean" -> ParameterCheck.Shape.SCALAR;
      case "array" -> {
        Node items = schema == null ? null : schema.get("items");
        String item = items == null ? "" : type(followed(parameter.schema(), items));
        yield item.equals("integer") || item.equals("number") || item.equals("boolean")
            ? ParameterCheck.Shape.SCALARS
            : ParameterCheck.Shape.TEXTS;
      }
      default -> ParameterCheck.Shape.EITHER;
    };
  }

  private static String type(Node.@Nullable Obj schema) {
    return schema != null && schema.get("type") instanceof Node.Text text ? text.value() : "";
  }

  private static Node.@Nullable Obj followed(SchemaSource source, Node schema) {
    Node at = schema;
    for (int i = 0; i < 32 && at instanceof Node.Obj object; i++) {
      if (!(object.get("$ref") instanceof Node.Text reference)) {
        return object;
      }
      at =
          source.references().resolve(reference.value(), reference.place())
                  instanceof References.Resolution.Found(Node node)
              ? node
              : null;
    }
    return null;
  }
}
