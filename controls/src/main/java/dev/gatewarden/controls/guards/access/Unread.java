package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Response;
import java.util.Map;

/// Whether an answer may hide what nobody looked at.
final class Unread {
  private Unread() {}

  /// A body that breaks its promise hides something unless it was read to its end, and what was
  /// read is what leaves. One that keeps it hides something where its type may hold properties with
  /// that word, and nobody read it.
  static boolean hides(Call call, Response response, String word) {
    Reading body = response.body();
    return body.conforms()
        ? !body.complete() && mayHold(call, response, word)
        : !body.complete() || body.whole() != body.bytes();
  }

  private static boolean mayHold(Call call, Response response, String word) {
    Responses.Promised promised = call.operation().responses().of(response.status());
    String said = response.headers().first("content-type");
    Content.MediaType type = promised == null || said == null ? null : promised.content().of(said);
    return promised != null
        && !promised.content().isEmpty()
        && (type == null || RestrictedProperties.in(new Content(Map.of(type.range(), type)), word));
  }
}
