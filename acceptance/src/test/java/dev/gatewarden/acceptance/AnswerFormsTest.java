package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever form an answer comes in — encoded, in part, without its body, with two types — it hides
/// nothing from the controls that mask and cut.
class AnswerFormsTest {
  private static final String PATHS =
      """
      /me:
        get:
          operationId: me
          x-gatewarden-object: {none: test}
          responses:
            '200':
              description: it
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      id: {type: string}
                      email: {type: string, maxLength: 1000000, x-gatewarden-class: personal}
                      secret: {type: string, x-gatewarden-class: secret}
                text/plain: {schema: {type: string}}
      """;
  private static final String CLASSES =
      """
      components:
        x-gatewarden-classes:
          personal: {read: ['role:support'], mask: last-four}
          secret: {read: []}
      """;
  private static final String TUNING =
      """
      guards:
        response-schema: {unknown-fields: redact}
        principal-limit: {rate: 1000000/1s}
        source-limit: {rate: 1000000/1s, burst: 1000000}
      """;
  private static final String ME =
      "{\"id\":\"a\",\"secret\":\"hush\",\"email\":\"alice@north.example\",\"more\":[1]}";
  private static final String SEEN = "{\"id\":\"a\",\"email\":\"****mple\"}";

  private static RawEcho service;
  private static OwnGate gate;
  private static OwnGate.Line line;
  private static volatile byte[] answer = new byte[0];

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.answering(_ -> answer);
    gate = OwnGate.start(service.uri(), PATHS, CLASSES, TUNING, "");
    line = gate.line();
  }

  @AfterAll
  static void close() throws Exception {
    line.close();
    gate.close();
    service.close();
  }

  private static byte[] whole(String head, byte[] body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(
        ("HTTP/1.1 " + head + "Content-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    all.write(body);
    return all.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
      deflate.write(plain);
    }
    return out.toByteArray();
  }

  private static Told coded(String codings, byte[] body) throws IOException {
    answer = whole("200 OK\r\nContent-Type: application/json\r\n" + codings + "\r\n", body);
    return line.get("/me", "Accept-Encoding: gzip, br, zstd, deflate");
  }

  @Test
  @Requirement(id = "SCH-2", without = "data-masking")
  void masks_and_cuts_in_an_answer_that_came_encoded() throws Exception {
    for (Told told :
        new Told[] {
          coded("Content-Encoding: gzip", gzip(bytes(ME))),
          coded("content-encoding: x-gzip", gzip(bytes(ME))),
          coded("Content-Encoding: deflate", deflate(bytes(ME))),
          coded("Content-Encoding: zstd", Zstd.compress(bytes(ME))),
        }) {
      assertThat(told.status()).isEqualTo(200);
      assertThat(told.body()).isEqualTo(SEEN);
      assertThat(told.head().toLowerCase(java.util.Locale.ROOT))
          .contains("content-length: " + SEEN.length())
          .doesNotContain("content-encoding");
    }
  }

  @Test
  @Requirement(id = "SCH-2", without = "data-masking")
  void masks_in_an_encoded_answer_that_takes_long_to_undo() throws Exception {
    StringBuilder random = new StringBuilder();
    java.util.Random source = new java.util.Random(7);
    for (int i = 0; i < 200_000; i++) {
      random.append((char) ('a' + source.nextInt(26)));
    }
    byte[] encoded = gzip(bytes(ME.replace("alice", random)));
    assertThat(encoded.length).isGreaterThan(64 * 1024);

    Told told = coded("Content-Encoding: gzip", encoded);

    assertThat(told.body()).isEqualTo(SEEN);
  }

  @Test
  @Requirement(id = "SCH-2")
  void lets_no_digest_of_other_bytes_leave() throws Exception {
    String digests = "\r\nContent-Digest: sha-256=:AA==:\r\nDigest: sha-256=AA==\r\nETag: \"1\"";
    byte[] plain = bytes("{\"id\":\"a\"}");
    Told told = coded("Content-Encoding: gzip" + digests, gzip(plain));
    assertThat(told.body()).isEqualTo("{\"id\":\"a\"}");
    assertThat(told.head().toLowerCase(java.util.Locale.ROOT))
        .contains("etag")
        .doesNotContain("digest");
    assertThat(coded("X: 1" + digests, plain).head().toLowerCase(java.util.Locale.ROOT))
        .contains("content-digest");
  }

  @Test
  @Requirement(id = "SCH-2")
  void releases_no_coding_that_it_cannot_undo() throws Exception {
    byte[] twice = gzip(gzip(bytes(ME)));
    for (Told told :
        new Told[] {
          coded("Content-Encoding: gzip, gzip", twice),
          coded("Content-Encoding: gzip\r\nContent-Encoding: gzip", twice),
          coded("Content-Encoding: gzip", twice),
          coded("Content-Encoding: compress", bytes(ME)),
          coded("Content-Encoding: gzip", bytes(ME)),
          coded("X: 1", gzip(bytes(ME))),
        }) {
      assertThat(told.status()).isEqualTo(502);
      assertThat(told.body()).doesNotContain("north").doesNotContain("hush");
    }
  }

  @Test
  @Requirement(id = "SCH-2")
  void asks_for_no_part_and_no_condition_and_takes_none() throws Exception {
    answer =
        whole(
            "206 Partial Content\r\nContent-Type: application/json\r\n"
                + "Content-Range: bytes 0-60/"
                + ME.length()
                + "\r\n",
            bytes(ME.substring(0, 61)));

    Told told = line.get("/me", "Range: bytes=0-60", "If-Range: \"1\"", "If-None-Match: \"1\"");

    assertThat(service.last().field("range")).isEmpty();
    assertThat(service.last().field("if-range")).isEmpty();
    assertThat(service.last().field("if-none-match")).isEmpty();
    assertThat(told.status()).isEqualTo(502);
    assertThat(told.body()).doesNotContain("north").doesNotContain("hush");
  }

  @Test
  @Requirement(id = "SCH-2")
  void takes_no_answer_with_two_types() throws Exception {
    for (String types :
        new String[] {
          "Content-Type: text/plain\r\nContent-Type: application/json",
          "Content-Type: text/plain, application/json",
        }) {
      answer = whole("200 OK\r\n" + types + "\r\n", bytes(ME));

      Told told = line.get("/me");

      assertThat(told.status()).as(types).isEqualTo(502);
      assertThat(told.body()).doesNotContain("north").doesNotContain("hush");
    }
  }

  @Test
  @Requirement(id = "SCH-2")
  void tells_by_a_head_the_length_of_what_it_would_send() throws Exception {
    answer = whole("200 OK\r\nContent-Type: application/json\r\n", bytes(ME));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> told =
          client.send(
              HttpRequest.newBuilder(gate.uri().resolve("/me"))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());

      assertThat(told.statusCode()).isEqualTo(200);
      assertThat(told.headers().firstValue("content-length")).contains("" + SEEN.length());
      assertThat(told.body()).isEmpty();
      assertThat(service.last().requestLine()).startsWith("GET ");
    }
  }
}
