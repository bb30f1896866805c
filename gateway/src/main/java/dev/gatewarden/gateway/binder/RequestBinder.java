package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.canon.json.JsonNormalizer;
import dev.gatewarden.core.canon.json.NormalForm;
import dev.gatewarden.core.coding.Coded;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.ReadBody;
import dev.gatewarden.gateway.binder.parameter.ParameterChecks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Binds the requests of one operation: one Call, with its arguments judged and its objects named.
///
/// A REST request makes one Call; what carries several (a batch, a GraphQL document, a stream)
/// makes one of each.
public final class RequestBinder {
  private final Operation operation;
  private final ParameterChecks parameters;
  private final Map<Content.MediaType, BodyReader> readers;
  private final Map<Content.MediaType, NormalForm> forms;

  /// @param forms what bodies are brought into before they are judged; nearly always none
  RequestBinder(
      Operation operation,
      ParameterChecks parameters,
      Map<Content.MediaType, BodyReader> readers,
      Map<Content.MediaType, NormalForm> forms) {
    this.operation = operation;
    this.parameters = parameters;
    this.readers = readers;
    this.forms = forms;
  }

  /// The outcome of binding.
  public sealed interface Bound {
    /// The Calls of the request; never empty.
    ///
    /// @param body what is forwarded where the body is held: the very bytes that were judged
    record Calls(List<Call> each, Bytes body) implements Bound {}

    /// The request cannot be bound.
    ///
    /// @param reading what is known of it
    record Refused(Binding why, Reading reading) implements Bound {}
  }

  /// Whether the inside of a body is promised, so that it has to be held.
  public boolean holds() {
    return !readers.isEmpty();
  }

  /// Whether the request may have a body of the type it says it has; asked before a byte of it is
  /// read.
  public @Nullable Binding obstacle(Exchange exchange, boolean hasBody) {
    if (!hasBody) {
      return null;
    }
    if (operation.body() == null) {
      return Binding.BODY_NOT_EXPECTED;
    }
    if (Coded.of(exchange.request().headers()) == Coded.OTHER) {
      return Binding.CONTENT_ENCODED;
    }
    Content.MediaType type = mediaType(exchange);
    return type == null || readOtherwise(exchange) ? Binding.UNSUPPORTED_MEDIA_TYPE : null;
  }

  /// Whether a service might read the body otherwise than it is judged: two types, or a charset
  /// that is not UTF-8 (RFC 8259, section 8.1).
  private static boolean readOtherwise(Exchange exchange) {
    List<String> lines = exchange.request().headers().all("content-type");
    if (lines.size() == 1 && lines.getFirst().equals("application/json")) {
      return false;
    }
    ContentType type = ContentType.of(lines);
    return type == null || !type.isUtf8();
  }

  /// Reads a body and names the objects.
  ///
  /// @param came the body; empty when there is none, or when it is streamed
  /// @param streamed whether the body passes unread
  public Bound bind(Exchange exchange, Bytes came, boolean streamed) {
    Bytes normal = forms.isEmpty() ? came : normal(exchange, came);
    Bytes body = normal == null ? came : normal;
    BodyReader reader = reader(exchange, body);
    String contentType = exchange.request().headers().first("content-type");
    BodyReader.@Nullable Found found =
        reader == null || contentType == null ? null : reader.read(body, contentType);
    if (normal == null && found != null && found.conforms()) {
      throw new GatewardenBug("a body conforms that could not be brought into its form");
    }
    boolean missing =
        !streamed && body.length() == 0 && operation.body() != null && operation.body().required();
    Breach breach = parameters.breach(exchange);
    if (missing || (found != null && !found.conforms())) {
      breach = breach.or(Breach.SCHEMA);
    }
    List<Mark> marks = found == null ? List.of() : found.marks();
    boolean complete = found == null ? body.length() == 0 && !streamed : found.complete();
    Reading reading =
        new ReadBody(
            body,
            found == null ? body : found.view(),
            breach,
            complete,
            marks,
            found == null ? List.of() : found.uploads(),
            () -> explain(exchange, body, missing, reader, found));
    return name(exchange, reading, body);
  }

  /// The body in the form the contract declares, or null where it is no JSON.
  private @Nullable Bytes normal(Exchange exchange, Bytes came) {
    Content.MediaType type = came.length() == 0 ? null : mediaType(exchange);
    NormalForm form = type == null ? null : forms.get(type);
    return form == null ? came : JsonNormalizer.apply(form, came);
  }

  private List<Detail> explain(
      Exchange exchange,
      Bytes body,
      boolean missing,
      @Nullable BodyReader reader,
      BodyReader.@Nullable Found found) {
    List<Detail> details = new ArrayList<>(parameters.explain(exchange));
    if (missing) {
      details.add(new Detail("", "", "this operation needs a body"));
    }
    if (reader != null && found != null && !found.conforms()) {
      details.addAll(
          reader.explain(
              body,
              java.util.Objects.requireNonNull(
                  exchange.request().headers().first("content-type"))));
    }
    return details;
  }

  private Bound name(Exchange exchange, Reading reading, Bytes forwarded) {
    List<ObjectBinding> bindings = operation.objects().list();
    List<ObjectUse> uses = bindings.isEmpty() ? List.of() : new ArrayList<>(bindings.size());
    for (int i = 0; i < bindings.size(); i++) {
      Binding why = name(i, bindings.get(i), exchange, reading, uses);
      if (why != null) {
        return new Bound.Refused(why, reading);
      }
    }
    return new Bound.Calls(
        List.of(new Call(exchange, operation, uses, reading, List.of())), forwarded);
  }

  private static @Nullable Binding name(
      int number, ObjectBinding binding, Exchange exchange, Reading reading, List<ObjectUse> uses) {
    Selector selector = binding.id();
    if (selector == null || selector.afterwards()) {
      return null;
    }
    Map<String, String> within = Map.of();
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      within = within.isEmpty() ? new HashMap<>() : within;
      String id =
          single(number, parent.getValue(), Role.PARENT, parent.getKey(), exchange, reading);
      if (id == null) {
        return Binding.OBJECT_NOT_NAMED;
      }
      within.put(parent.getKey(), id);
    }
    if (isInBody(selector)) {
      return inBody(number, binding, reading, within, uses);
    }
    String text = value(selector, exchange);
    if (text == null) {
      return Binding.OBJECT_NOT_NAMED;
    }
    String id = IdForm.canonical(binding.type().id().as(), text);
    if (id == null) {
      return Binding.ODD_ID;
    }
    uses.add(new ObjectUse(binding, id, within));
    return null;
  }

  /// Every id that stands in the body: each names an object, and each is judged.
  private static @Nullable Binding inBody(
      int number,
      ObjectBinding binding,
      Reading reading,
      Map<String, String> within,
      List<ObjectUse> uses) {
    boolean none = true;
    for (Mark mark : reading.marks()) {
      if (!(mark.meaning() instanceof Meaning.Part(int of, Role role, var _))
          || of != number
          || role != Role.ID) {
        continue;
      }
      String id =
          FactReader.fact(reading.bytes(), mark) instanceof Fact.Known(String text)
              ? IdForm.canonical(binding.type().id().as(), text)
              : null;
      if (id == null) {
        return Binding.ODD_ID;
      }
      uses.add(new ObjectUse(binding, id, within));
      none = false;
    }
    return none ? Binding.OBJECT_NOT_NAMED : null;
  }

  private static boolean isInBody(Selector selector) {
    return selector instanceof Selector.Body || selector instanceof Selector.Part;
  }

  private static @Nullable String single(
      int number, Selector selector, Role role, String name, Exchange exchange, Reading reading) {
    if (!isInBody(selector)) {
      return value(selector, exchange);
    }
    String only = null;
    for (Mark mark : reading.marks()) {
      if (mark.meaning().equals(new Meaning.Part(number, role, name))) {
        if (only != null
            || !(FactReader.fact(reading.bytes(), mark) instanceof Fact.Known(String text))) {
          return null;
        }
        only = text;
      }
    }
    return only;
  }

  /// The one value a selector reads out of the head; null when there is none or more than one.
  private static @Nullable String value(Selector selector, Exchange exchange) {
    return switch (selector) {
      case Selector.PathParameter(String name) -> exchange.pathValue(name);
      case Selector.QueryParameter(String name) -> {
        var query = exchange.request().target().query();
        yield query.count(name) == 1 ? query.first(name) : null;
      }
      case Selector.Header(String name) ->
          exchange.request().headers().count(name) == 1
              ? exchange.request().headers().first(name)
              : null;
      case Selector.Cookie(String name) ->
          Cookies.read(exchange.request().headers().all("cookie"))
                  instanceof OneReading.Clear<Cookies>(Cookies cookies)
              ? cookies.only(name)
              : null;
      case Selector.OfPrincipal(PrincipalPart part) -> Ownership.part(part, exchange.principal());
      case Selector.HostLabel(int index) -> label(exchange.request().host(), index);
      case Selector.Body _,
          Selector.ResponseBody _,
          Selector.ResponseHeader _,
          Selector.Argument _,
          Selector.Message _,
          Selector.Part _,
          Selector.Result _ ->
          null;
    };
  }

  private static @Nullable String label(String host, int index) {
    String[] labels = host.split("\\.", -1);
    return index < labels.length ? labels[index] : null;
  }

  private @Nullable BodyReader reader(Exchange exchange, Bytes body) {
    if (body.length() == 0 || readers.isEmpty()) {
      return null;
    }
    Content.MediaType type = mediaType(exchange);
    return type == null ? null : readers.get(type);
  }

  private Content.@Nullable MediaType mediaType(Exchange exchange) {
    String contentType = exchange.request().headers().first("content-type");
    return operation.body() == null || contentType == null
        ? null
        : operation.body().content().of(contentType);
  }
}
