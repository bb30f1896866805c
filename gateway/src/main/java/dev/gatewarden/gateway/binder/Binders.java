package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.canon.json.NormalForm;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses.Promised;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.gateway.binder.body.Annotations;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.BodyReaders;
import dev.gatewarden.gateway.binder.body.Compilers;
import dev.gatewarden.gateway.binder.body.IdentityMarks;
import dev.gatewarden.gateway.binder.body.Manner;
import dev.gatewarden.gateway.binder.body.Meanings;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import dev.gatewarden.gateway.binder.body.ObjectMarks;
import dev.gatewarden.gateway.binder.body.Schemas;
import dev.gatewarden.gateway.binder.body.Slot;
import dev.gatewarden.gateway.binder.body.patch.Patches;
import dev.gatewarden.gateway.binder.normal.HeadNormalization;
import dev.gatewarden.gateway.binder.normal.Normalizations;
import dev.gatewarden.gateway.binder.opaque.BodyIds;
import dev.gatewarden.gateway.binder.opaque.OpaqueTypes;
import dev.gatewarden.gateway.binder.parameter.HeaderParameters;
import dev.gatewarden.gateway.binder.parameter.ParameterCompiler;
import dev.gatewarden.gateway.binder.stream.Framing;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The binders of one contract, by operation; compiled when the contract is loaded.
public final class Binders {
  private final RequestBinder[] requests;
  private final ResponseBinder[] responses;
  private final @Nullable HeadNormalization[] heads;

  private Binders(int operations) {
    requests = new RequestBinder[operations];
    responses = new ResponseBinder[operations];
    heads = new HeadNormalization[operations];
  }

  public RequestBinder request(Operation operation) {
    return requests[operation.index()];
  }

  /// What brings the parameters of an operation into their declared form; null where none is
  /// declared.
  public @Nullable HeadNormalization head(Operation operation) {
    return heads[operation.index()];
  }

  public ResponseBinder response(Operation operation) {
    return responses[operation.index()];
  }

  /// How messages are read, by operation and direction.
  @FunctionalInterface
  public interface Manners {
    Manner of(Operation operation, Direction direction);
  }

  /// Compiles the binders of a contract.
  ///
  /// @param problems where everything that cannot be judged is added
  public static Binders compile(Contract contract, Manners manners, List<Problem> problems) {
    return compile(contract, manners, OpaqueTypes.NONE, problems);
  }

  /// Compiles the binders of a contract whose callers do not see all ids.
  ///
  /// @param problems where everything that cannot be judged is added
  public static Binders compile(
      Contract contract, Manners manners, OpaqueTypes opaque, List<Problem> problems) {
    IdsReader reader = new IdsReader(opaque, problems);
    Binders binders = new Binders(contract.operations().size());
    Compilers compilers = new Compilers();
    Normalizations normal = Normalizations.of(contract, problems);
    for (Operation operation : contract.operations()) {
      Manner asked = manners.of(operation, Direction.REQUEST);
      Manner answered = manners.of(operation, Direction.RESPONSE);
      OperationIds ids =
          reader.of(operation, Slot.of(operation, contract.types()), asked, answered.bounds());
      binders.requests[operation.index()] =
          request(contract, operation, asked, compilers, normal.bodies(operation), problems, ids);
      binders.heads[operation.index()] = normal.head(operation);
      binders.responses[operation.index()] =
          response(operation, answered, compilers, problems, ids);
    }
    return binders;
  }

  /// The binder of one operation's responses, for who reads them beside the path.
  public static ResponseBinder responseOf(Operation operation, List<Problem> problems) {
    return response(
        operation,
        new Manner(UnknownFields.OBSERVE, Bounds.DEFAULT, Manner.PARTS, false, false),
        new Compilers(),
        problems,
        null);
  }

  private static RequestBinder request(
      Contract contract,
      Operation operation,
      Manner manner,
      Compilers compilers,
      Map<Content.MediaType, NormalForm> forms,
      List<Problem> all,
      @Nullable OperationIds ids) {
    List<Problem> problems = manner.relaxed() ? new ArrayList<>() : all;
    Schemas schemas = new Schemas(compilers, problems);
    BodyReaders choice = new BodyReaders(schemas, Direction.REQUEST, manner);
    Map<Content.MediaType, BodyReader> readers = new IdentityHashMap<>();
    List<Slot> slots = Slot.of(operation, contract.types());
    if (operation.body() != null) {
      for (Content.MediaType type : operation.body().content().types().values()) {
        Meanings meanings = new Meanings();
        ObjectMarks marks = new ObjectMarks(meanings);
        List<ObjectBinding> bindings = operation.objects().list();
        for (int i = 0; i < bindings.size(); i++) {
          marks.ofRequest(i, bindings.get(i));
          if (!MediaTypes.isJsonPatch(type.range())) {
            IdentityMarks.in(marks, i, bindings.get(i));
          }
          marks.items(i, bindings.get(i));
          marks.filter(i, bindings.get(i));
        }
        slots(type, slots, marks);
        Labels labels = new Annotations(Direction.REQUEST, contract.classes(), meanings, problems);
        BodyReader reader = choice.of(type, labels, marks, meanings);
        if (reader != null) {
          readers.put(type, new Patches(contract).of(operation, type, reader));
        }
      }
    }
    return new RequestBinder(
        operation,
        new ParameterCompiler(schemas, manner).of(operation, contract.schemes()),
        readers,
        forms,
        new ObjectNames(operation, slots),
        ids);
  }

  private static void slots(Content.MediaType type, List<Slot> slots, ObjectMarks marks) {
    if (slots.isEmpty()) {
      return;
    }
    if (MediaTypes.isJsonPatch(type.range())) {
      marks.patches(slots);
      return;
    }
    for (int i = 0; i < slots.size(); i++) {
      marks.slot(i, slots.get(i), type.schema() == null ? type.items() : type.schema());
    }
  }

  private static ResponseBinder response(
      Operation operation,
      Manner manner,
      Compilers compilers,
      List<Problem> all,
      @Nullable OperationIds ids) {
    List<Problem> problems = manner.relaxed() ? new ArrayList<>() : all;
    Schemas schemas = new Schemas(compilers, problems);
    BodyReaders choice = new BodyReaders(schemas, Direction.RESPONSE, manner);
    Map<Content.MediaType, BodyReader> readers = new IdentityHashMap<>();
    Map<Content.MediaType, ItemStream> streams = new IdentityHashMap<>();
    Map<Promised, HeaderParameters> headers = new IdentityHashMap<>();
    boolean shows = false;
    boolean hides = false;
    List<ObjectBinding> bindings = operation.objects().list();
    for (ObjectBinding binding : bindings) {
      shows |= ResponseBinder.shows(binding);
    }
    for (Promised promised : operation.responses().byStatus().values()) {
      if (!promised.headers().isEmpty()) {
        headers.put(promised, new ParameterCompiler(schemas, manner).headers(promised.headers()));
      }
      for (Content.MediaType type : promised.content().types().values()) {
        Meanings meanings = new Meanings();
        ObjectMarks marks = new ObjectMarks(meanings);
        Framing framing = Framing.of(type.range());
        for (int i = 0; i < bindings.size(); i++) {
          if (ResponseBinder.shows(bindings.get(i)) && framing != null) {
            marks.ofResponseLines(i, bindings.get(i));
          } else if (ResponseBinder.shows(bindings.get(i))) {
            marks.ofResponse(i, bindings.get(i));
          } else if (framing == null) {
            IdentityMarks.shown(marks, i, bindings.get(i));
          }
        }
        Labels labels = new Annotations(Direction.RESPONSE, Map.of(), meanings, problems);
        if (framing != null && type.items() != null && ItemBindings.pass(bindings)) {
          BodyIds inside = ids == null ? null : ids.answered().get(type);
          BodyReader each = choice.items(type.items(), labels, marks, meanings, inside != null);
          if (each != null) {
            streams.put(type, new ItemStream(framing, each, inside));
          }
        } else {
          BodyReader reader = choice.of(type, labels, marks, meanings);
          if (reader != null) {
            readers.put(type, reader);
          }
        }
        hides |= meanings.hides();
      }
    }
    return new ResponseBinder(operation, readers, streams, headers, shows, hides, ids);
  }
}
