package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import java.util.List;

/// Reads answers that are bytes and nothing else: only their length is judged, whatever they look
/// like.
///
/// @param least `minLength` of the schema, in bytes
/// @param most `maxLength` of the schema, in bytes
record SizedBody(long least, long most) implements BodyReader {

  @Override
  public Found read(Bytes body, String contentType) {
    boolean fits = body.length() >= least && body.length() <= most;
    return new Found(fits, false, body, List.of());
  }

  @Override
  public List<Detail> explain(Bytes body, String contentType) {
    return body.length() < least
        ? List.of(new Detail("body", "", "must be at least " + least + " bytes long"))
        : List.of(new Detail("body", "", "must be at most " + most + " bytes long"));
  }
}
