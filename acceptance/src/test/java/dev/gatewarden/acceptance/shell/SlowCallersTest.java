package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.wire.Frame;
import dev.gatewarden.testkit.wire.H2Line;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Callers who take their time take it from nobody else.
@Timeout(120)
class SlowCallersTest {
  private static final String HASTE =
      "{head-time: 1s, body-time: 1s, idle-time: 1s, silence: 1s, in-flight: 1MiB, body: 256KiB}";
  private static final String HEAD =
      "POST /small HTTP/1.1\r\nHost: own.example\r\nContent-Type: application/json\r\n";

  @Test
  void a_head_that_does_not_end_is_ended() throws Exception {
    try (Siege siege = Siege.within(HASTE);
        Socket slow = siege.attacker(1);
        Socket mute = siege.attacker(1)) {
      Siege.say(slow, "GET /small HTTP/1.1\r\nHost: own.example\r\nX-More: ");
      assertThat(siege.honest()).isEqualTo(200);
      assertThat(Siege.rest(slow)).startsWith("HTTP/1.1 408");
      assertThat(Siege.rest(mute)).isEmpty();
      assertThat(siege.served()).isEqualTo(1);
    }
  }

  @Test
  void a_body_that_does_not_come_is_not_waited_for() throws Exception {
    try (Siege siege = Siege.within(HASTE);
        Socket slow = siege.attacker(1)) {
      Siege.say(slow, HEAD + "Content-Length: 1000\r\n\r\n{");
      assertThat(siege.honestWriter()).isEqualTo(200);
      assertThat(Siege.rest(slow)).startsWith("HTTP/1.1 408");
      assertThat(siege.served()).isEqualTo(1);
      assertThat(siege.ended("slow_body")).isEqualTo(1);
    }
  }

  @Test
  @Requirement(id = "RUN-8", without = "pace")
  void a_body_that_trickles_is_ended_though_it_never_pauses() throws Exception {
    try (Siege siege = Siege.within(HASTE);
        Socket slow = siege.attacker(1)) {
      Siege.say(slow, HEAD + "Content-Length: 100000\r\n\r\n[");
      Waiting.asking(
          "the trickle is ended",
          () -> {
            try {
              Siege.say(slow, " ");
            } catch (SocketException ended) {
              return true;
            }
            return slow.getInputStream().available() > 0;
          });
      assertThat(siege.ended("slow_body")).isEqualTo(1);
      assertThat(siege.served()).isZero();
      assertThat(siege.honestWriter()).isEqualTo(200);
    }
  }

  @Test
  void a_reader_that_never_reads_holds_little_and_not_for_long() throws Exception {
    try (Siege siege = Siege.within(HASTE)) {
      List<Socket> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Socket reader = siege.attacker(1);
        readers.add(reader);
        Siege.say(reader, "GET /big HTTP/1.1\r\nHost: own.example\r\n\r\n");
      }
      Waiting.until("the service is asked", () -> siege.served() == 8);
      assertThat(siege.metric("gatewarden_held_bytes")).isLessThanOrEqualTo(1 << 20);
      assertThat(siege.honest()).isEqualTo(200);
      Waiting.asking("all are ended", () -> siege.ended("slow_reader") == 8);
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void a_reply_that_nobody_takes_does_not_keep_its_connection_open() throws Exception {
    try (Siege siege = Siege.within(HASTE)) {
      List<Socket> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Socket one = siege.attacker(1);
        all.add(one);
        Siege.say(one, "GET /small HTTP/1.1\r\nHost: own.example\r\nConnection: close\r\n\r\n");
      }
      Waiting.asking("all are gone", () -> siege.metric("gatewarden_connections") == 0);
      for (Socket one : all) {
        one.close();
      }
    }
  }

  @Test
  void streams_whose_window_stays_shut_hold_little_and_not_for_long() throws Exception {
    byte[] shut = H2Line.setting(4, 0);
    try (Siege siege = Siege.within(HASTE);
        H2Line line = siege.attackerH2(1, shut)) {
      for (int i = 0; i < 100; i++) {
        line.send(
            Frame.HEADERS,
            Frame.END_HEADERS | Frame.ENDS,
            line.next(),
            line.head("GET", i % 2 == 0 ? "/big" : "/small", Siege.HOST));
      }
      Waiting.until("the service is asked", () -> siege.served() > 20);
      assertThat(siege.metric("gatewarden_held_bytes")).isLessThanOrEqualTo(1 << 20);
      assertThat(siege.honest()).isEqualTo(200);
      Waiting.asking("nothing is held", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
      assertThat(siege.ended("slow_reader")).isPositive();
    }
  }

  @Test
  void slow_bodies_that_fill_the_budget_give_way_to_honest_ones() throws Exception {
    String patient = "{in-flight: 1MiB, body: 256KiB}";
    try (Siege siege = Siege.within(patient)) {
      String part = "[" + " ".repeat(20_000);
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Socket each = siege.attacker(1 + i % 9);
        slow.add(each);
        Siege.say(each, HEAD + "Content-Length: 200000\r\n\r\n" + part);
      }
      Waiting.asking("some are ended", () -> siege.ended("held_too_long") > 100);
      for (int i = 0; i < 20; i++) {
        assertThat(siege.honestWriter()).isEqualTo(200);
      }
      assertThat(siege.served()).isEqualTo(20);
      assertThat(siege.metric("gatewarden_held_bytes")).isLessThanOrEqualTo(1 << 20);
      assertThat(Siege.rest(slow.getFirst())).startsWith("HTTP/1.1 503");
      for (Socket each : slow) {
        each.close();
      }
    }
  }

  @Test
  void a_connection_that_is_closed_by_half_leaves_nothing_behind() throws Exception {
    try (Siege siege = Siege.within(HASTE)) {
      for (int i = 0; i < 20; i++) {
        try (Socket half = siege.attacker(1)) {
          Siege.say(half, i % 2 == 0 ? HEAD + "Content-Length: 9\r\n\r\n{" : HEAD);
          half.shutdownOutput();
          Siege.rest(half);
        }
      }
      Waiting.asking("all are gone", () -> siege.metric("gatewarden_connections") == 0);
      assertThat(siege.served()).isZero();
      assertThat(siege.metric("gatewarden_held_bytes")).isZero();
      assertThat(siege.honestWriter()).isEqualTo(200);
    }
  }
}
