package dev.gatewarden.platform.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a target sends that wants to hold, fill or lead away whoever probes it.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WireTest {

  @FunctionalInterface
  private interface Talk {
    void to(OutputStream out) throws IOException;
  }

  /// A target that says to every connection what it likes.
  private static final class Hostile implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger met = new AtomicInteger();

    Hostile(Talk talk) throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> listen(talk));
    }

    private void listen(Talk talk) {
      while (!socket.isClosed()) {
        try {
          Socket one = socket.accept();
          met.incrementAndGet();
          Thread.ofVirtual().start(() -> talk(one, talk));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private static void talk(Socket one, Talk talk) {
      try (one) {
        int most = one.getInputStream().read(new byte[8192]);
        if (most > 0) {
          talk.to(one.getOutputStream());
        }
      } catch (IOException away) {
        // whoever probes has hung up
      }
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static Target target(URI uri, int most) {
    return new Target(
        uri, Set.of(Target.authority(uri)), 10_000, most, Duration.ofMillis(400), Set.of());
  }

  private static Answer asked(Wire wire, URI uri) {
    return wire.send(Errand.get("a page", Identity.NOBODY, uri + "/"));
  }

  private static void said(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Test
  void takes_no_answer_that_does_not_end() throws IOException {
    byte[] block = new byte[1 << 16];
    Talk endless =
        out -> {
          said(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
          while (true) {
            out.write(block);
          }
        };
    try (Hostile hostile = new Hostile(endless);
        Wire wire = Wire.to(target(hostile.uri(), 10))) {
      assertThat(asked(wire, hostile.uri()).status()).isZero();
    }
  }

  @Test
  void takes_no_headers_that_do_not_end() throws IOException {
    Talk endless =
        out -> {
          said(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            said(out, "X-More: " + "x".repeat(4000) + "\r\n");
          }
        };
    try (Hostile hostile = new Hostile(endless);
        Wire wire = Wire.to(target(hostile.uri(), 10))) {
      assertThat(asked(wire, hostile.uri()).status()).isZero();
    }
  }

  @Test
  void takes_no_hints_that_do_not_end() throws IOException {
    Talk endless =
        out -> {
          while (true) {
            said(out, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
          }
        };
    try (Hostile hostile = new Hostile(endless);
        Wire wire = Wire.to(target(hostile.uri(), 10))) {
      assertThat(asked(wire, hostile.uri()).status()).isZero();
    }
  }

  @Test
  void waits_for_no_trickle_and_in_the_end_for_nobody() throws IOException {
    Talk trickle =
        out -> {
          said(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
          while (true) {
            said(out, "x");
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
          }
        };
    try (Hostile hostile = new Hostile(trickle);
        Wire wire = Wire.to(target(hostile.uri(), 1000))) {
      for (int i = 0; i < 8; i++) {
        assertThat(asked(wire, hostile.uri()).status()).isZero();
      }
      assertThatThrownBy(() -> asked(wire, hostile.uri())).isInstanceOf(Scene.Spent.class);
      assertThat(wire.spent()).startsWith("8 requests in a row were not answered within");
      assertThat(hostile.met).hasValue(8);
    }
  }

  @Test
  void ends_where_nobody_speaks_http() throws IOException {
    try (Hostile hostile = new Hostile(out -> said(out, "220 mail.example ESMTP\r\n"));
        Wire wire = Wire.to(target(hostile.uri(), 1000))) {
      for (int i = 0; i < 24; i++) {
        assertThat(asked(wire, hostile.uri()).status()).isZero();
      }
      assertThatThrownBy(() -> asked(wire, hostile.uri())).isInstanceOf(Scene.Spent.class);
    }
  }

  @Test
  void unpacks_nothing() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream to = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 256; i++) {
        to.write(new byte[1 << 20]);
      }
    }
    byte[] bomb = packed.toByteArray();
    Talk talk =
        out -> {
          said(
              out,
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                  + bomb.length
                  + "\r\n\r\n");
          out.write(bomb);
        };
    URI[] at = new URI[1];
    try (Hostile hostile = new Hostile(talk)) {
      at[0] = hostile.uri();
      Target patient =
          new Target(
              at[0], Set.of(Target.authority(at[0])), 100, 10, Duration.ofSeconds(20), Set.of());
      try (Wire wire = Wire.to(patient)) {
        Answer answer = asked(wire, at[0]);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(bomb.length);
      }
    }
  }

  @Test
  void follows_no_redirect_and_calls_nobody_else() throws IOException {
    try (Hostile away = new Hostile(out -> said(out, "HTTP/1.1 200 OK\r\n\r\n"));
        Hostile hostile =
            new Hostile(
                out ->
                    said(
                        out,
                        "HTTP/1.1 302 Found\r\nLocation: "
                            + away.uri()
                            + "/\r\nContent-Length: 0\r\n\r\n"));
        Wire wire = Wire.to(target(hostile.uri(), 10))) {
      assertThat(asked(wire, hostile.uri()).status()).isEqualTo(302);
      assertThat(asked(wire, away.uri()).status()).isZero();
      assertThat(away.met).hasValue(0);
      assertThat(wire.attempts()).hasSize(2);
    }
  }

  @Test
  void counts_and_writes_down_what_is_beside_the_contract() throws IOException {
    try (Hostile hostile = new Hostile(out -> said(out, "HTTP/1.1 204 No Content\r\n\r\n"));
        Wire wire = Wire.to(target(hostile.uri(), 1))) {
      wire.hide("open-sesame");
      Errand login =
          Errand.form(
              "login of alice",
              Identity.NOBODY,
              hostile.uri() + "/login",
              java.util.Map.of("password", "abc"));

      assertThat(wire.send(login).status()).isEqualTo(204);

      assertThat(wire.attempts().getFirst().operation()).isEqualTo("login of alice");
      assertThat(wire.attempts().getFirst().curl()).contains("password=…").doesNotContain("abc");
      assertThatThrownBy(() -> wire.send(login)).isInstanceOf(Scene.Spent.class);
    }
  }
}
