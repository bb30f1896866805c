package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Headers;
import java.io.IOException;
import java.util.List;

/// Reads one resource of one upstream; waits for it, so it is called on threads that may.
@FunctionalInterface
public interface Fetch {

  /// The answer to a GET.
  ///
  /// @param target in origin form, with the upstream's base path
  /// @throws IOException when there is no whole answer within the deadline and the bound
  Fetched get(String target, List<Reply.Line> headers) throws IOException;

  /// A whole response.
  record Fetched(int status, Headers headers, Bytes body) {}
}
