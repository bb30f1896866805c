package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is encoded is undone within bounds, judged, and travels plain.
class ContentCodingTest {
  private static final String ANSWER =
      "responses: {'200': {description: it, content: {application/json: {schema: {type: object,"
          + " properties: {data: {type: string}}}}}}}";
  private static final String PATHS =
      """
      /closed:
        post: {operationId: closed, x-gatewarden-object: {none: test}, BODY, ANSWER}
      /open:
        post: {operationId: open, x-gatewarden-object: {none: test}, BODY, ANSWER}
      """
          .replace(
              "BODY",
              "requestBody: {content: {application/json: {schema: {type: object, properties:"
                  + " {data: {type: string, maxLength: 100000}}}}}}")
          .replace("ANSWER", ANSWER);
  private static final String JSON = "{\"data\":\"hello\"}";

  private static RawEcho service;
  private static OwnGate gate;
  private static OwnGate.Line line;

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.start();
    gate = gate(service.uri());
    line = gate.line();
  }

  private static OwnGate gate(java.net.URI to) throws IOException {
    return OwnGate.start(
        to,
        PATHS,
        """
        guards:
          principal-limit: {rate: 1000000/1s}
          source-limit: {rate: 1000000/1s, burst: 1000000}
        operations:
          open: {guards: {content-coding: {accept: [gzip, deflate, br, zstd], most-ratio: 20}}}
        """,
        "limits: {body: 64KiB}\n");
  }

  @AfterAll
  static void close() throws Exception {
    line.close();
    gate.close();
    service.close();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] one, byte[] two) {
    byte[] all = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, all, one.length, two.length);
    return all;
  }

  private static Told post(String path, String coding, byte[] body) throws IOException {
    return line.send(
        "POST "
            + path
            + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Encoding: "
            + coding
            + "\r\nContent-Digest: sha-256=:AA==:\r\n",
        body);
  }

  private static void passes(String coding, byte[] body) throws IOException {
    Told told = post("/open", coding, body);
    assertThat(told.status()).as(told.body()).isEqualTo(200);
    assertThat(service.last().text()).isEqualTo(JSON);
    assertThat(service.last().field("content-encoding")).isEmpty();
    assertThat(service.last().field("content-digest")).isEmpty();
    assertThat(service.last().field("content-length")).containsExactly("" + JSON.length());
  }

  private static void fails(int status, String coding, byte[] body) throws IOException {
    int before = service.count();
    Told told = post("/open", coding, body);
    assertThat(told.status()).as(told.body()).isEqualTo(status);
    assertThat(service.count()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "SCH-4", without = "content-coding")
  void an_encoded_body_is_refused_unless_it_is_asked_for() throws Exception {
    Told told = post("/closed", "gzip", gzip(JSON));

    assertThat(told.status()).isEqualTo(415);
    assertThat(told.head()).contains("accept-encoding: identity");
  }

  @Test
  @Requirement(id = "SCH-4")
  void an_encoded_body_is_judged_plain_and_travels_plain() throws Exception {
    passes("gzip", gzip(JSON));
    passes("x-gzip", gzip(JSON));
    passes("zstd", Zstd.compress(JSON.getBytes(StandardCharsets.UTF_8)));
    passes("br", HexFormat.of().parseHex("1b0f00f8a54574f6fa96249b1406c81825e4"));
  }

  @Test
  @Requirement(id = "SCH-4", without = "request-schema")
  void a_coding_hides_nothing_from_the_contract() throws Exception {
    fails(400, "gzip", gzip("{\"data\":\"hello\",\"admin\":true}"));
  }

  @Test
  @Requirement(id = "SCH-4")
  void a_bomb_does_not_go_off() throws Exception {
    String long60 = "{\"data\":\"" + "a".repeat(60_000) + "\"}";
    fails(413, "gzip", gzip(long60));
    fails(413, "gzip", gzip("{\"data\":\"" + "a".repeat(5_000_000) + "\"}"));
    fails(413, "zstd", Zstd.compress(new byte[50_000_000]));
    fails(413, "br", HexFormat.of().parseHex("5b3f428f5f222c1e0b04f2731e00"));
  }

  @Test
  @Requirement(id = "SCH-4")
  void what_is_not_one_whole_stream_is_refused() throws Exception {
    byte[] good = gzip(JSON);
    fails(400, "gzip", Arrays.copyOf(good, good.length - 1));
    fails(400, "gzip", Arrays.copyOf(good, good.length + 1));
    fails(400, "gzip", join(good, good));
    fails(400, "gzip", JSON.getBytes(StandardCharsets.UTF_8));
    fails(400, "zstd", good);
    fails(415, "gzip, gzip", gzip(JSON));
    fails(415, "compress", good);
  }

  @Test
  @Requirement(id = "SCH-4")
  void an_encoded_answer_is_judged_plain() throws Exception {
    byte[] zstd = Zstd.compress(JSON.getBytes(StandardCharsets.UTF_8));
    try (Echo echo = Echo.answering(request -> encoded(request.text().contains("odd"), zstd));
        OwnGate other = gate(echo.uri());
        OwnGate.Line to = other.line()) {
      Told told = to.post("/open", JSON);
      assertThat(told.status()).isEqualTo(200);
      assertThat(told.body()).isEqualTo(JSON);
      assertThat(told.head()).doesNotContain("content-encoding");
      assertThat(echo.last().header("accept-encoding")).isEqualTo("identity");
      assertThat(to.post("/open", "{\"data\":\"odd\"}").status()).isEqualTo(502);
    }
  }

  @Test
  @Requirement(id = "SCH-4")
  void a_bomb_of_a_service_does_not_go_off() throws Exception {
    Map<String, byte[]> bombs =
        Map.of(
            "gzip", gzip("{\"data\":\"" + "a".repeat(50_000_000) + "\"}"),
            "zstd", Zstd.compress(new byte[50_000_000]),
            "br", HexFormat.of().parseHex("5b3f428f5f222c1e0b04f2731e00"));
    try (Echo echo = Echo.answering(request -> bomb(request.text(), bombs));
        OwnGate other = gate(echo.uri());
        OwnGate.Line to = other.line()) {
      for (String coding : bombs.keySet()) {
        Told told = to.post("/closed", "{\"data\":\"" + coding + "\"}");
        assertThat(told.status()).as(coding).isEqualTo(502);
        assertThat(told.body()).as(coding).doesNotContain("aaa");
      }
      assertThat(other.admin("/metrics")).contains("gatewarden_held_bytes 0");
    }
  }

  private static Answer bomb(String text, Map<String, byte[]> bombs) {
    String coding = bombs.keySet().stream().filter(text::contains).findFirst().orElseThrow();
    return new Answer(
        200,
        new LinkedHashMap<>(Map.of("content-type", "application/json", "content-encoding", coding)),
        bombs.getOrDefault(coding, new byte[0]));
  }

  private static Answer encoded(boolean odd, byte[] body) {
    return new Answer(
        200,
        new LinkedHashMap<>(
            Map.of("content-type", "application/json", "content-encoding", odd ? "odd" : "zstd")),
        body);
  }
}
