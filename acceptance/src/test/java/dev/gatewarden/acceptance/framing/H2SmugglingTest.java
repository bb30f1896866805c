package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.wire.H2Line;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever fields callers send over HTTP/2, a service reads exactly the requests that the gate
/// judged, over HTTP/1.1 as over HTTP/2.
@Timeout(600)
class H2SmugglingTest {
  private static final int AT_ONCE = 32;

  @Test
  @Requirement(id = "RUN-8")
  void a_service_of_http_1_counts_what_the_gate_counted() throws Exception {
    try (StrictEcho service = StrictEcho.start()) {
      counts(service);
    }
  }

  @Test
  @Requirement(id = "RUN-8")
  void a_service_of_http_2_counts_what_the_gate_counted() throws Exception {
    try (H2Echo service = H2Echo.start()) {
      counts(service);
    }
  }

  private static void counts(Upstream service) throws Exception {
    List<H2Families.Asked> all = H2Families.all();
    try (OwnGate gate = SmugglingTest.before(service)) {
      int answered = ask(gate, all);
      gate.stop();
      Count count = new Count(gate.decisions());
      count.agreesWith(service);
      assertThat(count.forwarded()).isGreaterThan(all.size() / 4);
      assertThat(answered).isGreaterThan(50);
      System.out.printf(
          "framing.smuggles.h2-%s %d (%d decisions, %d forwarded, %d answered)%n",
          service.protocol(), all.size(), count.decisions(), count.forwarded(), answered);
    }
  }

  private static int ask(OwnGate gate, List<H2Families.Asked> all) throws Exception {
    Semaphore room = new Semaphore(AT_ONCE);
    int answered = 0;
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> told = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        String tag = "c%05d".formatted(i);
        H2Families.Asked one = all.get(i).tagged(tag);
        told.add(
            each.submit(
                () -> {
                  room.acquire();
                  try {
                    return one(gate, one, tag);
                  } finally {
                    room.release();
                  }
                }));
      }
      for (Future<Boolean> one : told) {
        answered += one.get() ? 1 : 0;
      }
    }
    return answered;
  }

  /// Attacks between two honest requests on one connection.
  private static boolean one(OwnGate gate, H2Families.Asked attack, String tag) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", gate.uri().getPort())) {
      socket.setSoTimeout(10_000);
      H2Line line = new H2Line(socket);
      honest(line, tag + "a");
      H2Line.Answer told = line.ask(attack.fields(), attack.pieces(), attack.trailers());
      if (told.body().contains("\"target\"")) {
        assertThat(told.body()).as(attack.toString()).contains(tag);
      }
      try {
        honest(line, tag + "z");
      } catch (IOException closed) {
        assertThat(told.status()).as(attack.toString()).isNotEqualTo(200);
      }
      return told.status() == 200;
    }
  }

  private static void honest(H2Line line, String tag) throws IOException {
    H2Line.Answer told =
        line.ask(
            List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "own.example"},
                new String[] {":path", "/held/" + tag}),
            List.of(),
            List.of());
    if (told.status() == 0) {
      throw new IOException("the gate hung up");
    }
    assertThat(told.body()).contains("/held/" + tag);
  }
}
