package dev.gatewarden.app.serving;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.lookup.Fetch;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks one API's service over the connections that requests use as well.
///
/// @param deadline for the whole answer
record Asked(Transport transport, Upstreams upstreams, Duration deadline) implements Fetch {
  private static final int MOST_BYTES = 1 << 20;

  @Override
  public Fetched get(String target, List<Reply.Line> headers) throws IOException {
    Cleared request =
        Cleared.lookUp(
            target,
            each -> headers.forEach(line -> each.accept(line.name(), line.value())),
            upstreams,
            deadline);
    try {
      var answer =
          transport
              .fetch()
              .send(request, MOST_BYTES)
              .get(deadline.toMillis() * 2, TimeUnit.MILLISECONDS);
      return new Fetched(
          answer.status(), answer.headers(), new Bytes(answer.body(), 0, answer.body().length));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the look-up was interrupted", stopped);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException("the service did not answer", failed);
    }
  }
}
