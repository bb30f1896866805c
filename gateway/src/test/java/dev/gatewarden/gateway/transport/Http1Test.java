package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

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
}
