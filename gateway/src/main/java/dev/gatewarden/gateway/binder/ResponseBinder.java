package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses.Promised;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.BodyReaders;
import dev.gatewarden.gateway.binder.body.PropertyNames;
import dev.gatewarden.gateway.binder.opaque.BodyIds;
import dev.gatewarden.gateway.binder.opaque.Rewriting;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import dev.gatewarden.gateway.binder.parameter.HeaderParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Binds the responses of one operation: what one pass over the body found, and which objects it
/// shows.
public final class ResponseBinder {
  private static final Detail STATUS =
      new Detail("", "", "the status is not promised by the contract");
  private static final Detail TYPE =
      new Detail("header/content-type", "", "the content type is not promised by the contract");
  private static final int ERRORS = 400;

  private final Operation operation;
  private final Map<Content.MediaType, BodyReader> readers;
  private final Map<Content.MediaType, ItemStream> streams;
  private final Map<Promised, HeaderParameters> headers;
  private final boolean showsObjects;
  private final boolean hides;
  private final @Nullable OperationIds ids;
  private volatile @Nullable Set<String> declared;

  /// @param streams how answers are read that are judged while they pass
  /// @param headers what judges the headers of the promised responses that promise some
  /// @param hides whether any response has values that not everybody may see
  /// @param ids those that callers do not see, or null
  ResponseBinder(
      Operation operation,
      Map<Content.MediaType, BodyReader> readers,
      Map<Content.MediaType, ItemStream> streams,
      Map<Promised, HeaderParameters> headers,
      boolean showsObjects,
      boolean hides,
      @Nullable OperationIds ids) {
    this.operation = operation;
    this.readers = readers;
    this.streams = streams;
    this.headers = headers;
    this.showsObjects = showsObjects;
    this.hides = hides;
    this.ids = ids;
  }

  /// Whether whose objects the response shows is known only from the response itself.
  public boolean showsObjects() {
    return showsObjects;
  }

  /// Whether every response of the operation has to be held to be judged, so that only the whole
  /// tells what a HEAD would: how long the rest is once something was cut out.
  public boolean holdsEvery() {
    return showsObjects || hides;
  }

  /// Whether any response of the operation has to be held to be judged.
  public boolean holdsAny() {
    return judgesAny()
        || !readers.isEmpty()
        || !streams.isEmpty()
        || (ids != null && !ids.answered().isEmpty());
  }

  /// Whether what the response may show depends on who asks, or on whose it is.
  private boolean judgesAny() {
    return holdsEvery() || !operation.objects().list().isEmpty();
  }

  /// What is known of a response whose body is not held.
  ///
  /// @param hasBody whether one is there
  public Reading unheld(int status, Headers lines, boolean hasBody) {
    Promised promised = operation.responses().of(status);
    if (promised == null) {
      return ReadResponse.unread(Bytes.NONE, Breach.UNDECLARED_STATUS, List.of(STATUS));
    }
    if (hasBody && type(status, lines) == null && !promised.content().isEmpty()) {
      return ReadResponse.unread(Bytes.NONE, Breach.UNDECLARED_TYPE, List.of(TYPE));
    }
    return headOf(promised, lines, Bytes.NONE);
  }

  /// Whether a body with this head has to be held to be judged. One that hides nothing passes where
  /// nothing is promised of its inside, and so do streams.
  public boolean holds(int status, Headers lines) {
    Content.MediaType type = type(status, lines);
    // Of what services say in errors, nobody knows by the head what it shows.
    return status >= ERRORS
        || holdsEvery()
        || (ids != null && (type == null ? showsIds() : ids.answered().containsKey(type)))
        || (type == null
            ? !operation.objects().list().isEmpty()
            : readers.containsKey(type) || !BodyReaders.passes(type));
  }

  private boolean showsIds() {
    return ids != null && !ids.answered().isEmpty();
  }

  /// The fields of a response with the ids that its caller sees; null where one holds none.
  public @Nullable Headers shown(Headers received, Principal caller) {
    return ids == null || ids.fields().isEmpty()
        ? received
        : ids.shown(received, OpaqueIds.tenant(caller.tenant()));
  }

  /// Reads a held body that a caller is to see.
  ///
  /// @param body empty where the response has none
  /// @return null where an id in it is none that could be shown, or nobody can tell
  public @Nullable Reading read(int status, Headers lines, Bytes body, Principal caller) {
    Content.MediaType type = type(status, lines);
    BodyIds places = ids == null || type == null ? null : ids.answered().get(type);
    if (ids == null || body.length() == 0) {
      return read(status, lines, body);
    }
    if (places == null) {
      return type == null && status < 300 && showsIds() ? null : read(status, lines, body);
    }
    return switch (places.swap(body, Swapping.OUTWARD, OpaqueIds.tenant(caller.tenant()))) {
      case BodyIds.Outcome.Strange(), BodyIds.Outcome.Unread() -> null;
      case BodyIds.Outcome.Done(Rewriting rewriting) -> {
        Reading shown = read(status, lines, rewriting.after());
        yield rewriting.swaps().isEmpty() ? shown : InnerReading.answered(shown, rewriting);
      }
    };
  }

  /// How a body with this head is judged item by item while it passes; null where it is not.
  public @Nullable ItemStream stream(int status, Headers lines) {
    Content.MediaType type = streams.isEmpty() ? null : type(status, lines);
    return type == null ? null : streams.get(type);
  }

  /// Whether answers are judged while they pass, and no other kind of answer is promised.
  public boolean streams() {
    return !streams.isEmpty() && readers.isEmpty();
  }

  /// Reads a held body.
  ///
  /// @param body empty where the response has none
  public Reading read(int status, Headers lines, Bytes body) {
    Promised promised = operation.responses().of(status);
    if (promised == null) {
      return ReadResponse.unread(body, Breach.UNDECLARED_STATUS, List.of(STATUS));
    }
    if (body.length() == 0) {
      return headOf(promised, lines, body);
    }
    Content.MediaType type = type(status, lines);
    if (type == null) {
      return promised.content().isEmpty() && !showsObjects
          ? headOf(promised, lines, body)
          : ReadResponse.unread(body, Breach.UNDECLARED_TYPE, List.of(TYPE));
    }
    BodyReader reader = readers.get(type);
    if (reader == null) {
      return headOf(promised, lines, body);
    }
    String contentType = Objects.requireNonNull(lines.first("content-type"));
    BodyReader.Found found = reader.read(body, contentType);
    List<Detail> told = told(promised, lines);
    Breach breach = told.isEmpty() ? Breach.NONE : Breach.RESPONSE_HEADER;
    if (!found.conforms()) {
      breach = Breach.SCHEMA;
    }
    return new ReadResponse(body, found, reader, contentType, breach, told);
  }

  private Reading headOf(Promised promised, Headers lines, Bytes body) {
    List<Detail> told = told(promised, lines);
    return body.length() == 0 && told.isEmpty()
        ? Reading.NONE
        : ReadResponse.unread(body, told.isEmpty() ? Breach.NONE : Breach.RESPONSE_HEADER, told);
  }

  private List<Detail> told(Promised promised, Headers lines) {
    HeaderParameters judge = headers.get(promised);
    if (judge == null || judge.judge(lines, null) == Breach.NONE) {
      return List.of();
    }
    List<Detail> details = new ArrayList<>();
    judge.judge(lines, details);
    return details;
  }

  /// The names that the promised bodies declare; gathered when somebody first asks.
  public Set<String> declared() {
    Set<String> known = declared;
    if (known == null) {
      PropertyNames names = new PropertyNames();
      operation.responses().byStatus().values().forEach(each -> names.with(each.content()));
      known = names.all();
      declared = known;
    }
    return known;
  }

  /// The objects that the response shows, by binding; one that is no success shows those alone that
  /// it tells something of.
  public List<Call.Seen> seen(int status, Reading reading) {
    List<ObjectBinding> bindings = operation.objects().list();
    if (!showsObjects || (status >= 300 && reading.marks().isEmpty())) {
      return List.of();
    }
    List<Call.Seen> seen = new ArrayList<>(bindings.size());
    for (int i = 0; i < bindings.size(); i++) {
      ObjectBinding binding = bindings.get(i);
      if (shows(binding)) {
        List<ObjectFacts> facts =
            reading.bytes().length() == 0
                ? List.of()
                : FactReader.read(i, binding, reading.bytes(), reading.marks());
        if (status < 300 || binding.items() != null || tells(facts)) {
          seen.add(new Call.Seen(binding, facts));
        }
      }
    }
    return seen;
  }

  private static boolean tells(List<ObjectFacts> facts) {
    for (ObjectFacts each : facts) {
      if (each.id() != Fact.MISSING
          || each.owner() != Fact.MISSING
          || each.tenant() != Fact.MISSING) {
        return true;
      }
    }
    return false;
  }

  /// Whether a binding finds its objects in the response.
  static boolean shows(ObjectBinding binding) {
    return switch (binding.does()) {
      case READ, LIST, CREATE -> true;
      case UPDATE, DELETE, ACT, AGGREGATE -> binding.items() != null;
    };
  }

  /// What is promised of a body of the one type that the head says it has.
  private Content.@Nullable MediaType type(int status, Headers headers) {
    Promised promised = operation.responses().of(status);
    String contentType = headers.first("content-type");
    return promised == null || contentType == null || headers.count("content-type") > 1
        ? null
        : promised.content().of(contentType);
  }
}
