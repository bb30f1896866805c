package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.canon.json.JsonNormalizer;
import dev.gatewarden.core.canon.json.NormalForm;
import dev.gatewarden.core.coding.Coded;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.ReadBody;
import dev.gatewarden.gateway.binder.opaque.BodyIds;
import dev.gatewarden.gateway.binder.opaque.FieldIds;
import dev.gatewarden.gateway.binder.opaque.Rewriting;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import dev.gatewarden.gateway.binder.parameter.ParameterChecks;
import java.util.ArrayList;
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
  private final ObjectNames names;
  private final @Nullable OperationIds ids;

  /// @param ids those that callers do not see, or null
  /// @param forms what bodies are brought into before they are judged; nearly always none
  /// @param names finds the objects that are named and written into
  RequestBinder(
      Operation operation,
      ParameterChecks parameters,
      Map<Content.MediaType, BodyReader> readers,
      Map<Content.MediaType, NormalForm> forms,
      ObjectNames names,
      @Nullable OperationIds ids) {
    this.operation = operation;
    this.parameters = parameters;
    this.readers = readers;
    this.forms = forms;
    this.names = names;
    this.ids = ids;
  }

  /// The outcome of binding.
  public sealed interface Bound {
    /// The Calls of the request; never empty. Their exchange has the ids of the service.
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
    return !readers.isEmpty() || (ids != null && !ids.asked().isEmpty());
  }

  /// The ids in heads that callers do not see; null where the contract has none.
  public @Nullable HeadIds head() {
    return ids == null ? null : ids.head();
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
    return ids == null
        ? name(exchange, reading, body)
        : inward(ids, exchange, reading, found == null ? body : found.view(), body);
  }

  /// Names the objects by the ids that the service has.
  ///
  /// An id that nobody was given is answered like that of an object that is not there, whatever
  /// else is wrong with the request.
  ///
  /// @param view what the body was read as
  private Bound inward(OperationIds ids, Exchange asked, Reading reading, Bytes view, Bytes body) {
    Tenant tenant = OpaqueIds.tenant(asked.principal().tenant());
    if (ids.head().astray(asked.request().target().query(), tenant)) {
      return new Bound.Refused(Binding.ODD_CURSOR, Reading.NONE);
    }
    Exchange inner = ids.head().inner(asked, tenant);
    if (inner == null) {
      return new Bound.Refused(Binding.ODD_ID, Reading.NONE);
    }
    Content.MediaType type = body.length() == 0 ? null : mediaType(asked);
    BodyIds places = type == null ? null : ids.asked().get(type);
    if (places == null) {
      return name(inner, reading, body);
    }
    return switch (places.swap(view, Swapping.INWARD, tenant)) {
      case BodyIds.Outcome.Strange() -> new Bound.Refused(Binding.ODD_ID, Reading.NONE);
      case BodyIds.Outcome.Unread() -> new Bound.Refused(Binding.OBJECT_NOT_NAMED, reading);
      case BodyIds.Outcome.Done(Rewriting rewriting) -> {
        if (rewriting.swaps().isEmpty()) {
          yield name(inner, reading, body);
        }
        Bytes forwarded =
            places instanceof FieldIds fields
                ? fields.written(
                    body,
                    ContentType.of(asked.request().headers().all("content-type")),
                    tenant,
                    rewriting.swaps().size())
                : rewriting.after();
        yield forwarded == null
            ? new Bound.Refused(Binding.ODD_ID, Reading.NONE)
            : name(inner, InnerReading.sent(reading, rewriting, forwarded), forwarded);
      }
    };
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
    if (names.isEmpty()) {
      return new Bound.Calls(
          List.of(new Call(exchange, operation, List.of(), reading, List.of())), forwarded);
    }
    Content.MediaType type = reading.whole().length() == 0 ? null : mediaType(exchange);
    return switch (names.of(exchange, reading, type)) {
      case ObjectNames.Named.Refused(Binding why) -> new Bound.Refused(why, reading);
      case ObjectNames.Named.Found(List<ObjectUse> uses, List<Written> written) ->
          new Bound.Calls(
              List.of(new Call(exchange, operation, uses, reading, List.of(), written)), forwarded);
    };
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
