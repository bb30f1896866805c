package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.WireHeaders;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.transport.wire.Workers;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sends requests without a body beside the path, and holds their whole responses: for look-ups.
public final class Fetch {

  /// A whole response.
  public record Fetched(int status, Headers headers, byte[] body) {}

  /// Why there is none.
  public static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;
    private final UpstreamFault fault;

    Failed(UpstreamFault fault) {
      super("the upstream failed: " + fault);
      this.fault = fault;
    }

    public UpstreamFault fault() {
      return fault;
    }
  }

  private final Workers workers;
  private final Clients clients;
  private final AtomicInteger next = new AtomicInteger();

  public Fetch(Workers workers, Clients clients) {
    this.workers = workers;
    this.clients = clients;
  }

  /// Sends it, within its own deadline; never to be waited for on an event loop.
  ///
  /// @param most bytes of the body
  /// @return completes with the response, or exceptionally with `Failed`
  public CompletableFuture<Fetched> send(Cleared cleared, int most) {
    Worker worker = workers.all().get(Math.floorMod(next.getAndIncrement(), workers.all().size()));
    CompletableFuture<Fetched> result = new CompletableFuture<>();
    worker.loop().execute(() -> new One(worker, cleared, most, result).begin(clients.of(worker)));
    return result;
  }

  /// One request and what has come of its response.
  private static final class One extends Deadline implements Inbound {
    private final Cleared cleared;
    private final int most;
    private final CompletableFuture<Fetched> result;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Attempt attempt;
    private @Nullable Outbound up;
    private int status;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;

    One(Worker worker, Cleared cleared, int most, CompletableFuture<Fetched> result) {
      super(worker);
      this.cleared = cleared;
      this.most = most;
      this.result = result;
    }

    void begin(UpstreamClient client) {
      within(cleared.deadline());
      Attempt begun = client.open(cleared, this);
      attempt = begun;
      begun.go();
    }

    @Override
    public void connected(Outbound out) {
      if (result.isDone()) {
        out.cancel();
        return;
      }
      up = out;
      out.start(0, false);
    }

    @Override
    public void head(int code, HttpHeaders fields, long length) {
      status = code;
      headers = fields;
      if (length > most) {
        failed(UpstreamFault.BODY_TOO_LONG);
      }
    }

    @Override
    public void data(ByteBuf piece) {
      boolean fits = body.size() + piece.readableBytes() <= most;
      if (fits && !result.isDone()) {
        byte[] bytes = new byte[piece.readableBytes()];
        piece.readBytes(bytes);
        body.writeBytes(bytes);
      }
      piece.release();
      if (!fits) {
        failed(UpstreamFault.BODY_TOO_LONG);
      }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
      up = null;
      forget();
      result.complete(new Fetched(status, new WireHeaders(headers), body.toByteArray()));
    }

    @Override
    public void failed(UpstreamFault fault) {
      forget();
      result.completeExceptionally(new Failed(fault));
      if (attempt != null && fault == UpstreamFault.TIMEOUT) {
        attempt.late();
      } else if (attempt != null) {
        attempt.cancel();
      }
      Outbound connection = up;
      up = null;
      if (connection != null) {
        connection.cancel();
      }
    }

    @Override
    public void writable() {}

    @Override
    protected void expired() {
      failed(UpstreamFault.TIMEOUT);
    }
  }
}
