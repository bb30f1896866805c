package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.gateway.binder.body.BodyReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads JSON patches (RFC 6902): as the documents that the contract says they are, and as what
/// they write and tell of the object.
final class JsonPatchBody implements BodyReader {
  private final BodyReader document;
  private final Governed written;
  private final Governed seen;
  private final Identities identities;

  /// @param document reads the patch as JSON
  /// @param written the object as requests may write it
  /// @param seen the object as responses show it
  JsonPatchBody(BodyReader document, Governed written, Governed seen, Identities identities) {
    this.document = document;
    this.written = written;
    this.seen = seen;
    this.identities = identities;
  }

  @Override
  public Found read(Bytes body, String contentType) {
    Found found = document.read(body, contentType);
    if (!found.complete()) {
      return found;
    }
    Operations operations = new Operations(written, seen, identities, body);
    Set<Mark> marks = new LinkedHashSet<>(found.marks());
    marks.addAll(operations.marks());
    return new Found(
        found.conforms() && operations.faults().isEmpty(), true, body, List.copyOf(marks));
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    List<Detail> details = new ArrayList<>(document.explain(body, contentType));
    if (document.read(body, contentType).complete()) {
      details.addAll(new Operations(written, seen, identities, body).faults());
    }
    return details;
  }
}
