package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate.Told;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Types are what the contract says, and files are what they say.
class UploadsTest {
  private static final String PATHS =
      """
      /photos:
        post:
          operationId: addPhoto
          x-gatewarden-object: {none: photos of everybody}
          requestBody:
            required: true
            content:
              multipart/form-data:
                schema:
                  type: object
                  required: [title, photo]
                  properties:
                    title: {type: string, maxLength: 20}
                    meta: {type: object, properties: {width: {type: integer}}}
                    photo: {type: string, contentMediaType: image/gif, maxLength: 500}
                    extra: {type: string, contentMediaType: application/octet-stream}
                    role: {type: string, maxLength: 9, x-gatewarden-write: ['role:admin']}
                encoding:
                  photo: {contentType: 'image/gif, image/png'}
                  extra: {contentType: 'application/octet-stream, application/zip'}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      /raw:
        put:
          operationId: putRaw
          x-gatewarden-object: {none: files of everybody}
          requestBody: {content: {image/gif: {}}}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      /notes:
        post:
          operationId: addNote
          x-gatewarden-object: {none: notes of everybody}
          requestBody: {content: {application/json: {schema: {type: string, maxLength: 99}}}}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
        get:
          operationId: getNotes
          x-gatewarden-object: {none: notes of everybody}
          responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
      """;
  private static final byte[] GIF =
      HexFormat.of()
          .parseHex(
              "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020244"
                  + "01003b");
  private static final String PHOTO =
      "name=\"photo\"; filename=\"a.gif\"\r\nContent-Type: image/gif";
  private static final String TITLE = "name=\"title\"";

  private static RawEcho service;
  private static OwnGate gate;
  private static OwnGate.Line line;

  @BeforeAll
  static void open() throws Exception {
    service = RawEcho.start();
    gate =
        OwnGate.start(
            service.uri(),
            PATHS,
            """
            guards:
              principal-limit: {rate: 1000000/1s}
              source-limit: {rate: 1000000/1s, burst: 1000000}
            """,
            "");
    line = gate.line();
  }

  @AfterAll
  static void close() throws Exception {
    line.close();
    gate.close();
    service.close();
  }

  private static byte[] body(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i += 2) {
      all.writeBytes(text("--b\r\nContent-Disposition: form-data; " + parts[i] + "\r\n\r\n"));
      all.writeBytes(parts[i + 1] instanceof byte[] bytes ? bytes : text("" + parts[i + 1]));
      all.writeBytes(text("\r\n"));
    }
    all.writeBytes(text("--b--\r\n"));
    return all.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Told photo(byte[] body) throws IOException {
    return line.send(
        "POST /photos HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\n", body);
  }

  private static void passes(byte[] body) throws IOException {
    int before = service.count();
    Told told = photo(body);
    assertThat(told.status()).as(told.body()).isEqualTo(200);
    assertThat(service.count()).isEqualTo(before + 1);
    assertThat(service.last().body()).isEqualTo(body);
  }

  private static void fails(int status, byte[] body) throws IOException {
    int before = service.count();
    Told told = photo(body);
    assertThat(told.status()).as(told.body()).isEqualTo(status);
    assertThat(service.count()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "SCH-5")
  void a_form_as_promised_passes_byte_for_byte() throws Exception {
    passes(body(TITLE, "me", PHOTO, GIF));
    passes(
        body(
            TITLE,
            "me",
            "name=\"meta\"\r\nContent-Type: application/json",
            "{\"width\":1}",
            PHOTO,
            GIF));
  }

  @Test
  @Requirement(id = "SCH-5", without = "request-schema")
  void a_form_is_judged_part_by_part() throws Exception {
    fails(400, body(PHOTO, GIF));
    fails(400, body(TITLE, "a title that is too long", PHOTO, GIF));
    fails(400, body(TITLE, "me", PHOTO, GIF, "name=\"admin\"", "1"));
    fails(400, body(TITLE, "me", TITLE, "you", PHOTO, GIF));
    fails(400, body(TITLE, "me", PHOTO, new byte[501]));
    fails(400, body(TITLE, "me", PHOTO.replace("image/gif", "image/bmp"), GIF));
    fails(
        400,
        body(
            TITLE,
            "me",
            "name=\"meta\"\r\nContent-Type: application/json",
            "{\"height\":1}",
            PHOTO,
            GIF));
    byte[] good = body(TITLE, "me", PHOTO, GIF);
    byte[] led = new byte[good.length + 2];
    System.arraycopy(text("\r\n"), 0, led, 0, 2);
    System.arraycopy(good, 0, led, 2, good.length);
    fails(400, led);
  }

  @Test
  @Requirement(id = "SCH-5", without = "writable-fields")
  void a_restricted_field_does_not_come_in_as_a_part() throws Exception {
    fails(403, body(TITLE, "me", PHOTO, GIF, "name=\"role\"", "admin"));
  }

  @Test
  @Requirement(id = "SCH-5", without = "upload")
  void a_file_is_what_it_says_it_is() throws Exception {
    fails(415, body(TITLE, "me", PHOTO, "<html><script>1</script>"));
    fails(415, body(TITLE, "me", PHOTO.replace("image/gif", "image/png"), GIF));
    fails(415, body(TITLE, "me", PHOTO.replace("a.gif", "a.png"), GIF));
    fails(415, body(TITLE, "me", PHOTO, Arrays.copyOf(GIF, GIF.length - 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.php.gif", "../a.gif", "a.gif.", "nul.gif", "a\u202Efig.gif", "a%2f.gif"})
  @Requirement(id = "SCH-5", without = "upload")
  void a_files_name_means_the_same_everywhere(String name) throws Exception {
    fails(400, body(TITLE, "me", PHOTO.replace("a.gif", name), GIF));
  }

  @Test
  @Requirement(id = "SCH-5", without = "upload")
  void a_file_is_one_thing_only() throws Exception {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(GIF);
    two.writeBytes(zip("x.php", new byte[10]));
    fails(415, body(TITLE, "me", PHOTO, two.toByteArray()));
  }

  @Test
  @Requirement(id = "SCH-5", without = "upload")
  void an_archive_unpacks_to_little_and_stays_where_it_is() throws Exception {
    String extra = "name=\"extra\"; filename=\"a.zip\"\r\nContent-Type: application/zip";
    passes(body(TITLE, "me", PHOTO, GIF, extra, zip("a/b.txt", text("hello"))));
    fails(413, body(TITLE, "me", PHOTO, GIF, extra, zip("a", new byte[5 << 20])));
    fails(415, body(TITLE, "me", PHOTO, GIF, extra, zip("../../a", text("x"))));
  }

  @Test
  @Requirement(id = "SCH-5", without = "upload")
  void a_program_is_no_file_to_be_taken() throws Exception {
    String extra = "name=\"extra\"\r\nContent-Type: application/octet-stream";
    fails(415, body(TITLE, "me", PHOTO, GIF, extra, "\u007FELF\2\1\1"));
    fails(415, body(TITLE, "me", PHOTO, GIF, extra, "#!/bin/sh"));
    passes(body(TITLE, "me", PHOTO, GIF, extra, new byte[] {9, 9, 0, 1}));
  }

  @Test
  @Requirement(id = "SCH-5", without = "upload")
  void a_body_that_is_a_file_is_judged_like_one() throws Exception {
    String head = "PUT /raw HTTP/1.1\r\nContent-Type: image/gif\r\n";
    assertThat(line.send(head, GIF).status()).isEqualTo(200);
    assertThat(service.last().body()).isEqualTo(GIF);
    assertThat(line.send(head, text("<script>1</script>")).status()).isEqualTo(415);
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Content-Type: application/json; charset=utf-16",
        "Content-Type: application/json; charset=utf-7",
        "Content-Type: application/json; charset=utf-8; charset=utf-16",
        "Content-Type: application/json, text/plain",
        "Content-Type: application/json; charset=\"utf\\-8\"",
        "Content-Type: application/json\r\nContent-Type: text/plain",
        "X-None: 1"
      })
  @Requirement(id = "SCH-5")
  void a_body_has_one_promised_type_in_utf_8(String type) throws Exception {
    int before = service.count();
    Told told = line.send("POST /notes HTTP/1.1\r\n" + type + "\r\n", text("\"hello\""));

    assertThat(told.status()).isIn(400, 415);
    assertThat(service.count()).isEqualTo(before);
  }

  @Test
  @Requirement(id = "SCH-5", without = "request-schema")
  void json_in_another_encoding_is_no_json() throws Exception {
    String head = "POST /notes HTTP/1.1\r\nContent-Type: application/json\r\n";
    byte[] wide = "\"hello\"".getBytes(StandardCharsets.UTF_16LE);
    assertThat(line.send(head, wide).status()).isEqualTo(400);
    assertThat(line.send(head, text("\uFEFF\"hello\"")).status()).isEqualTo(400);
    assertThat(line.send(head, text("<html></html>")).status()).isEqualTo(400);
    assertThat(line.send(head, text("\"hello\"")).status()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "SCH-5")
  void a_body_nobody_asked_for_is_refused() throws Exception {
    String head = "GET /notes HTTP/1.1\r\nContent-Type: application/json\r\n";
    assertThat(line.send(head, text("{}")).status()).isEqualTo(400);
  }

  @Test
  @Requirement(id = "SCH-5", without = "accept")
  void a_service_is_asked_for_nothing_but_what_is_promised() throws Exception {
    assertThat(line.get("/notes", "Accept: text/html").status()).isEqualTo(406);
    assertThat(line.get("/notes", "Accept: text/html, application/json;q=0.5").status())
        .isEqualTo(200);
    assertThat(service.last().field("accept")).containsExactly("application/json;q=0.5");
    assertThat(line.get("/notes", "Accept: */*").status()).isEqualTo(200);
    assertThat(service.last().field("accept")).containsExactly("application/json");
    assertThat(line.get("/notes").status()).isEqualTo(200);
    assertThat(service.last().field("accept")).isEmpty();
  }
}
