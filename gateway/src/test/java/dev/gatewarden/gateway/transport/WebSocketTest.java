package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WebSocketTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String OPEN =
      "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
          + KEY
          + "\r\n\r\n";

  private Bench bench;
  private RecordingUpstream shop;

  @BeforeEach
  void start() throws Exception {
    bench = new Bench();
    shop = RecordingUpstream.with(WebSocketTest::echo);
    bench.gate.upstreams = shop.upstreams();
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
    shop.close();
  }

  /// Accepts, greets at once, and sends every frame back unmasked.
  private static void echo(RawPeer peer) throws Exception {
    String head = peer.head();
    assertThat(head).contains("connection: upgrade\r\n").contains("upgrade: websocket\r\n");
    int at = head.indexOf("sec-websocket-key: ") + 19;
    String key = head.substring(at, head.indexOf('\r', at));
    byte[] digest =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    byte[] greeting = frame(0x81, "hi".getBytes(StandardCharsets.UTF_8), false);
    peer.send(
        "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(digest)
            + "\r\n\r\n"
            + new String(greeting, StandardCharsets.ISO_8859_1));
    while (true) {
      byte[][] got = read(peer, true);
      peer.send(frame(got[0][0] & 0xFF, got[1], false));
      if ((got[0][0] & 0x0F) == 8) {
        return;
      }
    }
  }

  private static byte[] frame(int first, byte[] payload, boolean masked) {
    int header = payload.length < 126 ? 2 : 4;
    byte[] frame = new byte[header + (masked ? 4 : 0) + payload.length];
    frame[0] = (byte) first;
    int length = payload.length < 126 ? payload.length : 126;
    frame[1] = (byte) (length | (masked ? 0x80 : 0));
    if (header == 4) {
      frame[2] = (byte) (payload.length >> 8);
      frame[3] = (byte) payload.length;
    }
    byte[] mask = {1, 2, 3, 4};
    int at = header;
    if (masked) {
      System.arraycopy(mask, 0, frame, at, 4);
      at += 4;
    }
    for (int i = 0; i < payload.length; i++) {
      frame[at + i] = (byte) (masked ? payload[i] ^ mask[i % 4] : payload[i]);
    }
    return frame;
  }

  /// First byte and payload of the next frame.
  private static byte[][] read(RawPeer peer, boolean masked) throws IOException {
    int first = peer.read();
    if (first < 0) {
      throw new IOException("closed");
    }
    int second = peer.read();
    assertThat((second & 0x80) != 0).isEqualTo(masked);
    int length = second & 0x7F;
    if (length == 126) {
      length = peer.read() << 8 | peer.read();
    }
    byte[] mask = masked ? peer.bytes(4) : new byte[4];
    byte[] payload = peer.bytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new byte[][] {{(byte) first}, payload};
  }

  private static String text(byte[][] frame) {
    return new String(frame[1], StandardCharsets.UTF_8);
  }

  private RawPeer open() throws IOException {
    RawPeer peer = bench.peer();
    peer.send(OPEN);
    assertThat(peer.head())
        .startsWith("HTTP/1.1 101")
        .contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    assertThat(text(read(peer, false))).isEqualTo("hi");
    return peer;
  }

  @Test
  void carries_frames_both_ways_and_the_close() throws Exception {
    try (RawPeer peer = open()) {
      peer.send(frame(0x81, "hello".getBytes(StandardCharsets.UTF_8), true));
      assertThat(text(read(peer, false))).isEqualTo("hello");
      // A ping, a fragment, and bits of an extension pass as they are.
      for (int first : new int[] {0x89, 0x01, 0x80, 0xC2}) {
        peer.send(frame(first, new byte[] {7}, true));
        byte[][] back = read(peer, false);
        assertThat(back[0][0] & 0xFF).isEqualTo(first);
        assertThat(back[1]).containsExactly(7);
      }
      peer.send(frame(0x88, new byte[] {3, (byte) 232}, true));
      assertThat(read(peer, false)[1]).containsExactly(3, 232);
      assertThat(peer.read()).isEqualTo(-1);
    }
    assertThat(bench.gate.awaitEnd()).isEqualTo(new ScriptedGate.Ended(101, 11, 13));
  }

  @Test
  void ends_a_flood_of_pings() throws Exception {
    try (RawPeer peer = open()) {
      byte[] ping = frame(0x89, new byte[0], true);
      for (int i = 0; i < 500; i++) {
        peer.send(ping);
        assertThat(read(peer, false)[0][0] & 0xFF).isEqualTo(0x89);
      }
      peer.send(ping);
      assertThat(read(peer, false)[1]).startsWith(3, (byte) 240);
    }
    assertThat(bench.listener.endings()).containsEntry("messages", 1L);
  }

  @Test
  void ends_a_message_that_comes_in_pieces_without_end() throws Exception {
    try (RawPeer peer = open()) {
      byte[] piece = new byte[65_000];
      int first = 0x01;
      byte[][] back = {{1}};
      for (int i = 0; i < 17 && (back[0][0] & 0x0F) != 8; i++) {
        peer.send(frame(first, piece, true));
        back = read(peer, false);
        first = 0;
      }
      assertThat(back[0][0] & 0xFF).isEqualTo(0x88);
      assertThat(back[1]).startsWith(3, (byte) 241);
    }
  }

  @Test
  void says_why_when_the_lease_ends() throws Exception {
    bench.gate.lease = new Lease(Instant.EPOCH.plus(Duration.ofMinutes(1)));
    try (RawPeer peer = open()) {
      bench.pass(Duration.ofSeconds(62));
      byte[][] close = read(peer, false);
      assertThat(close[0][0] & 0x0F).isEqualTo(8);
      assertThat((close[1][0] & 0xFF) << 8 | close[1][1] & 0xFF).isEqualTo(1008);
      assertThat(peer.read()).isEqualTo(-1);
    }
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(101);
  }

  @Test
  void says_goodbye_to_a_caller_who_is_shut_out_although_nothing_is_said() throws Exception {
    try (RawPeer peer = open()) {
      bench.gate.callerHolds = false;
      bench.pass(Duration.ofSeconds(1));
      byte[][] close = read(peer, false);
      assertThat(close[0][0] & 0x0F).isEqualTo(8);
      assertThat((close[1][0] & 0xFF) << 8 | close[1][1] & 0xFF).isEqualTo(1008);
      assertThat(peer.read()).isEqualTo(-1);
    }
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(101);
    assertThat(bench.gate.walks.getFirst().calls).contains("abandon PROOF_ENDED");
  }

  @Test
  void closes_a_socket_that_says_nothing() throws Exception {
    try (RawPeer peer = open()) {
      bench.pass(Duration.ofSeconds(310));
      byte[][] close = read(peer, false);
      assertThat((close[1][0] & 0xFF) << 8 | close[1][1] & 0xFF).isEqualTo(1001);
    }
    bench.gate.awaitEnd();
  }

  @Test
  void tells_the_upstream_when_the_caller_is_gone() throws Exception {
    open().close();
    assertThat(bench.gate.awaitEnd().sent()).isEqualTo(101);
  }

  @Test
  void refuses_a_frame_beyond_the_bound_and_one_without_a_mask() throws Exception {
    try (RawPeer peer = open()) {
      byte[] head = {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4};
      peer.send(head);
      assertThat(read(peer, false)[0][0] & 0x0F).isEqualTo(8);
    }
    bench.gate.awaitEnd();
    try (RawPeer peer = open()) {
      peer.send(frame(0x81, new byte[] {1}, false));
      assertThat(read(peer, false)[0][0] & 0x0F).isEqualTo(8);
    }
    bench.gate.awaitEnd();
  }

  @Test
  void takes_a_request_with_a_broken_key_for_a_plain_one() throws Exception {
    try (RecordingUpstream plain =
            RecordingUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = plain.upstreams();
      peer.send(OPEN.replace(KEY, "short"));
      assertThat(peer.head()).startsWith("HTTP/1.1 200");
      assertThat(plain.heads.getFirst()).doesNotContain("upgrade");
    }
    bench.gate.awaitEnd();
  }

  @Test
  void refuses_an_upstream_that_answers_another_key() throws Exception {
    try (RecordingUpstream liar =
            RecordingUpstream.answering(
                "HTTP/1.1 101 Switching Protocols\r\n"
                    + "Upgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: AAAA\r\n\r\n");
        RawPeer peer = bench.peer()) {
      bench.gate.upstreams = liar.upstreams();
      peer.send(OPEN);
      assertThat(peer.head()).startsWith("HTTP/1.1 502");
    }
    bench.gate.awaitEnd();
  }
}
