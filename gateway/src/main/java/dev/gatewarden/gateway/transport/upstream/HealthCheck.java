package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Asks one place every so often whether it is well, over the connections that requests use.
final class HealthCheck {
  private final Cluster cluster;
  private final PlacePool place;
  private final Resilience.Health settings;
  private final Deadline next;
  private @Nullable Question asked;
  private int inRow;
  private boolean lastWell = true;
  private boolean stopped;

  HealthCheck(Cluster cluster, PlacePool place, Resilience.Health settings) {
    this.cluster = cluster;
    this.place = place;
    this.settings = settings;
    this.next =
        new Deadline(cluster.client().worker()) {
          @Override
          protected void expired() {
            ask();
          }
        };
  }

  void begin() {
    ask();
  }

  void stop() {
    stopped = true;
    next.forget();
    Question open = asked;
    if (open != null) {
      open.give();
    }
  }

  private void ask() {
    Question question = new Question();
    asked = question;
    question.send();
  }

  private void told(boolean well) {
    if (stopped) {
      return;
    }
    inRow = well == lastWell ? inRow + 1 : 1;
    lastWell = well;
    if (inRow >= (well ? settings.up() : settings.down())) {
      place.health().asked(well, cluster.client().worker().moment());
    }
    next.within(settings.every());
  }

  /// One question and what comes back.
  private final class Question extends Deadline implements Inbound {
    private static final int MOST_BYTES = 64 * 1024;

    private final Attempt attempt;
    private @Nullable Outbound up;
    private int bytes;
    private boolean answered;
    private boolean over;

    Question() {
      super(cluster.client().worker());
      attempt =
          Attempt.pinned(
              cluster,
              place,
              Cleared.check(settings.path(), cluster.upstreams(), settings.within()),
              this);
    }

    void send() {
      within(settings.within());
      attempt.go();
    }

    @Override
    public void connected(Outbound out) {
      if (over) {
        out.cancel();
        return;
      }
      up = out;
      out.start(0, false);
    }

    @Override
    public void head(int status, HttpHeaders headers, long length) {
      if (!over && !answered) {
        answered = true;
        told(status >= 200 && status < 300);
      }
    }

    @Override
    public void data(ByteBuf piece) {
      bytes += piece.readableBytes();
      piece.release();
      if (bytes > MOST_BYTES) {
        give();
      }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
      up = null;
      give();
    }

    @Override
    public void failed(UpstreamFault fault) {
      up = null;
      finish(false);
    }

    @Override
    public void writable() {}

    @Override
    protected void expired() {
      finish(false);
    }

    private void finish(boolean well) {
      if (over) {
        return;
      }
      give();
      if (!answered) {
        answered = true;
        told(well);
      }
    }

    void give() {
      over = true;
      forget();
      attempt.cancel();
      Outbound connection = up;
      up = null;
      if (connection != null) {
        connection.cancel();
      }
    }
  }
}
