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
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.BodyReaders;
import dev.gatewarden.gateway.binder.body.ReadBody;
import dev.gatewarden.gateway.binder.parameter.HeaderParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Binds the responses of one operation: what one pass over the body found, and which objects it
/// shows.
public final class ResponseBinder {
  private final Operation operation;
  private final Map<Content.MediaType, BodyReader> readers;
  private final Map<Promised, HeaderParameters> headers;
  private final boolean showsObjects;

  ResponseBinder(
      Operation operation,
      Map<Content.MediaType, BodyReader> readers,
      Map<Promised, HeaderParameters> headers,
      boolean showsObjects) {
    this.operation = operation;
    this.readers = readers;
    this.headers = headers;
    this.showsObjects = showsObjects;
  }

  /// Whether whose objects the response shows is known only from the response itself.
  public boolean showsObjects() {
    return showsObjects;
  }

  /// Whether any response of the operation has to be held to be judged.
  public boolean holdsAny() {
    return showsObjects || !readers.isEmpty();
  }

  /// What is known of a response whose body is not held.
  public Reading unheld(int status, Headers given) {
    Promised promised = operation.responses().of(status);
    if (promised == null) {
      return ReadBody.broken(
          Bytes.NONE, new Detail("", "", "the status is not promised by the contract"));
    }
    return beside(promised, given, Reading.NONE);
  }

  /// A body as it was read, together with the headers it came with.
  private Reading beside(Promised promised, Headers given, Reading body) {
    HeaderParameters checks = headers.get(promised);
    Breach breach = checks == null ? Breach.NONE : checks.judge(given, null);
    if (checks == null || breach == Breach.NONE) {
      return body;
    }
    return new ReadBody(
        body.whole(),
        body.bytes(),
        breach.or(body.breach()),
        body.complete(),
        body.marks(),
        () -> {
          List<Detail> details = new ArrayList<>();
          checks.judge(given, details);
          details.addAll(body.explain());
          return details;
        });
  }

  /// Whether a body with this head has to be held to be judged.
  public boolean holds(int status, Headers headers) {
    Content.MediaType type = type(status, headers);
    return showsObjects
        || (type != null && (readers.containsKey(type) || !BodyReaders.passes(type)));
  }

  /// Reads a held body.
  ///
  /// @param body empty where the response has none
  public Reading read(int status, Headers headers, Bytes body) {
    Promised promised = operation.responses().of(status);
    Reading read = read(promised, status, headers, body);
    return promised == null ? read : beside(promised, headers, read);
  }

  private Reading read(@Nullable Promised promised, int status, Headers headers, Bytes body) {
    if (promised == null) {
      return ReadBody.broken(
          body, new Detail("", "", "the status is not promised by the contract"));
    }
    if (body.length() == 0) {
      return ReadBody.unread(body);
    }
    Content.MediaType type = type(status, headers);
    if (type == null) {
      return promised.content().isEmpty() && !showsObjects
          ? ReadBody.unread(body)
          : ReadBody.broken(
              body, new Detail("", "", "the content type is not promised by the contract"));
    }
    BodyReader reader = readers.get(type);
    if (reader == null) {
      return ReadBody.unread(body);
    }
    String contentType = java.util.Objects.requireNonNull(headers.first("content-type"));
    BodyReader.Found found = reader.read(body, contentType);
    return new ReadBody(
        body,
        found.view(),
        found.conforms() ? Breach.NONE : Breach.SCHEMA,
        found.complete(),
        found.marks(),
        () -> reader.explain(body, contentType));
  }

  /// The objects that the response shows, by binding; an answer that is no success shows none.
  public List<Call.Seen> seen(int status, Reading reading) {
    List<ObjectBinding> bindings = operation.objects().list();
    if (!showsObjects || status >= 300) {
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
        seen.add(new Call.Seen(binding, facts));
      }
    }
    return seen;
  }

  /// Whether a binding finds its objects in the response.
  static boolean shows(ObjectBinding binding) {
    return switch (binding.does()) {
      case READ, LIST, CREATE -> true;
      case UPDATE, DELETE, ACT, AGGREGATE -> binding.items() != null;
    };
  }

  private Content.@Nullable MediaType type(int status, Headers headers) {
    Promised promised = operation.responses().of(status);
    String contentType = headers.first("content-type");
    return promised == null || contentType == null ? null : promised.content().of(contentType);
  }
}
