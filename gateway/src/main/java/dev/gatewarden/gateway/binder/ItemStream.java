package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.opaque.BodyIds;
import dev.gatewarden.gateway.binder.opaque.Rewriting;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import dev.gatewarden.gateway.binder.stream.Framing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the items of a streamed answer are told apart and read.
public final class ItemStream {
  private final Framing framing;
  private final BodyReader each;
  private final @Nullable BodyIds ids;

  /// @param ids those that callers do not see, or null
  ItemStream(Framing framing, BodyReader each, @Nullable BodyIds ids) {
    this.framing = framing;
    this.each = each;
    this.ids = ids;
  }

  public Framing framing() {
    return framing;
  }

  /// Reads the document of one item that a caller is to see.
  ///
  /// @return null where an id in it is none that could be shown, or nobody can tell
  public @Nullable Reading read(Bytes json, String contentType, Principal caller) {
    if (ids == null) {
      return read(json, contentType);
    }
    return switch (ids.swap(json, Swapping.OUTWARD, OpaqueIds.tenant(caller.tenant()))) {
      case BodyIds.Outcome.Strange(), BodyIds.Outcome.Unread() -> null;
      case BodyIds.Outcome.Done(Rewriting rewriting) -> {
        Reading shown = read(rewriting.after(), contentType);
        yield rewriting.swaps().isEmpty() ? shown : InnerReading.answered(shown, rewriting);
      }
    };
  }

  private Reading read(Bytes json, String contentType) {
    BodyReader.Found found = each.read(json, contentType);
    Breach breach = found.conforms() ? Breach.NONE : Breach.SCHEMA;
    return new ReadResponse(json, found, each, contentType, breach, List.of());
  }
}
