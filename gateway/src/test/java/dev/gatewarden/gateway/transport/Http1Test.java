package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.Walk;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class Http1Test {
  private static final String HELLO =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

  private Bench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void carries_a_request_to_the_upstream_and_its_response_back() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send("GET /v1/orders?x=1 HTTP/1.1\r\nHost: api.example\r\nAccept: */*\r\n\r\n");
      assertThat(peer.head())
          .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\n");
      assertThat(peer.text(5)).isEqualTo("hello");
      assertThat(shop.heads)
          .containsExactly(
              "GET /v1/orders?x=1 HTTP/1.1\r\nhost: shop.internal\r\naccept: */*\r\n\r\n");
      assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(200, 0, 5));
    }
  }

  @Test
  void keeps_both_connections_for_the_next_request() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      for (int i = 0; i < 3; i++) {
        peer.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
        peer.head();
        assertThat(peer.text(5)).isEqualTo("hello");
      }
      assertThat(shop.connections).hasValue(1);
    }
  }

  @Test
  void judges_a_held_body_and_forwards_its_bytes() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdResponse = true;
      peer.send("POST /o HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
      peer.head();
      assertThat(peer.text(5)).isEqualTo("hello");
      assertThat(shop.bodies).containsExactly("{\"a\":1}");
      assertThat(bench.gate.walks.getFirst().judgedBody).isEqualTo("{\"a\":1}");
      assertThat(bench.gate.walks.getFirst().releasedBody).isEqualTo("hello");
      assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(200, 7, 5));
      assertThat(bench.transport.held()).isZero();
    }
  }

  @Test
  void answers_pipelined_requests_in_order() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        many.append("POST /").append(i).append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
        many.append("%03d".formatted(i));
      }
      peer.send(many.toString());
      for (int i = 0; i < 200; i++) {
        peer.head();
        assertThat(peer.text(5)).isEqualTo("hello");
      }
      for (int i = 0; i < 200; i++) {
        assertThat(shop.bodies.get(i)).isEqualTo("%03d".formatted(i));
      }
    }
  }

  @Test
  void streams_a_chunked_body_both_ways() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.answering(
                "HTTP/1.1 200 OK\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3\r\n"
                    + "abc\r\n"
                    + "2\r\n"
                    + "de\r\n"
                    + "0\r\n\r\n");
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      bench.gate.holdRequest = false;
      peer.send(
          "POST /o HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "4\r\n"
              + "wiki\r\n"
              + "0\r\n\r\n");
      assertThat(peer.head()).contains("transfer-encoding: chunked");
      assertThat(peer.until("0\r\n\r\n").replaceAll("\r\n|[0-9]", "")).isEqualTo("abcde");
      assertThat(shop.bodies).containsExactly("wiki");
    }
  }

  @Test
  void reads_a_request_that_comes_byte_by_byte() throws Exception {
    try (RecordingUpstream shop = RecordingUpstream.answering(HELLO);
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      String request =
          "POST /o HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n0\r\n\r\n";
      for (char each : request.toCharArray()) {
        peer.send(String.valueOf(each));
      }
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      assertThat(peer.text(5)).isEqualTo("hello");
      assertThat(shop.bodies).containsExactly("wiki");
      assertThat(bench.gate.awaitEnd().in()).isEqualTo(4);
    }
  }

  @Test
  void keeps_the_fields_of_one_hop_to_that_hop() throws Exception {
    try (RecordingUpstream shop =
            RecordingUpstream.answering(
                "HTTP/1.1 200 OK\r\n"
                    + "Content-Length: 0\r\n"
                    + "Connection: keep-alive\r\n"
                    + "Keep-Alive: timeout=5\r\n"
                    + "Upgrade: h2c\r\n"
                    + "Trailer: x\r\n\r\n");
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send(
          "GET / HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "Connection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\n"
              + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n"
              + "Keep-Alive: 5\r\n"
              + "Proxy-Connection: x\r\n"
              + "TE: gzip\r\n\r\n");
      assertThat(peer.head()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
      assertThat(shop.heads).containsExactly("GET / HTTP/1.1\r\nhost: shop.internal\r\n\r\n");
      assertThat(bench.gate.begun.getFirst().wantsUpgrade()).isEmpty();
    }
  }

  @Test
  void turns_absolute_form_into_origin_form() throws Exception {
    bench.gate.admission = () -> new Walk.Admission.Answered(Reply.empty(204));
    try (RawPeer peer = bench.peer()) {
      for (String target : new String[] {"http://a/x?y", "http://a", "http://a?y", "HTTP://A/"}) {
        peer.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        peer.head();
      }
    }
    assertThat(bench.gate.begun)
        .extracting(RequestHead::target)
        .containsExactly("/x?y", "/", "/?y", "/");
  }

  @Test
  void refuses_to_write_a_header_that_would_be_two() throws Exception {
    bench.gate.admission =
        () ->
            new Walk.Admission.Answered(
                Reply.empty(204, new Reply.Line("x", "a\r\nSet-Cookie: b")));
    try (RawPeer peer = bench.peer()) {
      peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 500").doesNotContain("Set-Cookie");
    }
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(500);
  }

  @Test
  void a_body_in_chunks_that_trickles_is_ended_though_it_never_pauses() throws Exception {
    bench.gate.holdRequest = false;
    bench.gate.deadline = Duration.ofSeconds(60);
    BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
    try (RecordingUpstream shop =
            RecordingUpstream.with(
                peer -> {
                  peer.head();
                  while (true) {
                    arrived.add(peer.until("a\r\n").length());
                  }
                });
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = shop.upstreams();
      peer.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 5; i++) {
        peer.send("1\r\na\r\n");
        assertThat(arrived.poll(10, TimeUnit.SECONDS)).isNotNull();
        bench.pass(Duration.ofSeconds(4));
      }
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.gate.awaitEnd().sent()).isEqualTo(408);
      assertThat(bench.gate.walks.getFirst().calls).contains("abandon BODY_TIMEOUT");
      assertThat(bench.listener.endings()).containsEntry("slow_body", 1L);
    }
  }
}
