package dev.gatewarden.gateway.binder.body.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.canon.ContentType;
import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is one multipart body, and what is none.
class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=b";
  private static final String NAMED = "Content-Disposition: form-data; name=\"a\"\r\n";

  private static List<Part> read(String type, String body) throws Unreadable {
    return Multipart.read(
        Bytes.of(body.getBytes(StandardCharsets.UTF_8)), ContentType.read(type), 100);
  }

  private static String part(String head, String content) {
    return "--b\r\n" + head + "\r\n" + content + "\r\n--b--";
  }

  @Test
  void reads_what_browsers_send() throws Unreadable {
    String body =
        "------WebKitFormBoundaryA1\r\n"
            + "Content-Disposition: form-data; name=\"note\"\r\n\r\n"
            + "über\r\n"
            + "------WebKitFormBoundaryA1\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a b.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n"
            + "\r\n\r\n"
            + "------WebKitFormBoundaryA1--\r\n";
    List<Part> parts = read("multipart/form-data; boundary=----WebKitFormBoundaryA1", body);

    assertThat(parts).extracting(Part::name).containsExactly("note", "file");
    assertThat(parts.get(1).disposition().fileName()).isEqualTo("a b.png");
    assertThat(parts.get(1).to() - parts.get(1).from()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NAMED,
        "content-disposition:form-data;name=a\r\n",
        "Content-Disposition: form-data ; name=\"a\" ;filename=\"x\"\r\n",
        NAMED + "Content-Type: text/plain; charset=UTF-8\r\n",
        NAMED + "Content-Length: 1\r\n",
        NAMED + "Content-Transfer-Encoding: binary\r\n"
      })
  void reads_heads_of_one_reading(String head) throws Unreadable {
    Part only = read(TYPE, part(head, "1")).getFirst();

    assertThat(only.name()).isEqualTo("a");
    assertThat(only.to() - only.from()).isEqualTo(1);
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        bad("no disposition", ""),
        bad("two dispositions", NAMED + NAMED),
        bad("another disposition", "Content-Disposition: attachment; name=\"a\"\r\n"),
        bad("no name", "Content-Disposition: form-data\r\n"),
        bad("an empty name", "Content-Disposition: form-data; name=\"\"\r\n"),
        bad("two names", "Content-Disposition: form-data; name=\"a\"; name=\"b\"\r\n"),
        bad("a name in two cases", "Content-Disposition: form-data; name=\"a\"; NAME=\"b\"\r\n"),
        bad("an extended name", "Content-Disposition: form-data; name*=UTF-8''a\r\n"),
        bad(
            "an extended file name",
            "Content-Disposition: form-data; name=\"a\"; filename=\"x\"; filename*=UTF-8''y\r\n"),
        bad("a continued name", "Content-Disposition: form-data; name*0=\"a\"\r\n"),
        bad(
            "a continued file name",
            "Content-Disposition: form-data; name=\"a\"; filename*0=\"x\"; filename*1=\"y\"\r\n"),
        bad("an escaped quote", "Content-Disposition: form-data; name=\"a\\\"b\"\r\n"),
        bad(
            "a path of Windows",
            "Content-Disposition: form-data; name=\"a\"; filename=\"c:\\x\"\r\n"),
        bad("an encoded quote", "Content-Disposition: form-data; name=\"a%22b\"\r\n"),
        bad("an encoded line", "Content-Disposition: form-data; name=\"a%0D%0Ab\"\r\n"),
        bad(
            "an encoded word",
            "Content-Disposition: form-data; name=\"a\"; filename=\"=?utf-8?B?eC5waHA=?=\"\r\n"),
        bad("an open quote", "Content-Disposition: form-data; name=\"a\r\n"),
        bad("something behind a quote", "Content-Disposition: form-data; name=\"a\"b\r\n"),
        bad("a lone semicolon", "Content-Disposition: form-data; name=\"a\";\r\n"),
        bad("another parameter", "Content-Disposition: form-data; name=\"a\"; size=1\r\n"),
        bad("a folded line", "Content-Disposition: form-data;\r\n name=\"a\"\r\n"),
        bad("space before the colon", "Content-Disposition : form-data; name=\"a\"\r\n"),
        bad("a bare line feed", "Content-Disposition: form-data; name=\"a\"\n"),
        bad("a bare carriage return", "Content-Disposition: form-data; name=\"a\rb\"\r\n"),
        bad("a zero byte", "Content-Disposition: form-data; name=\"a\0\"\r\n"),
        bad("a tab", "Content-Disposition:\tform-data; name=\"a\"\r\n"),
        bad("base64", NAMED + "Content-Transfer-Encoding: base64\r\n"),
        bad("quoted-printable", NAMED + "Content-Transfer-Encoding: quoted-printable\r\n"),
        bad("another length", NAMED + "Content-Length: 2\r\n"),
        bad("a coding", NAMED + "Content-Encoding: gzip\r\n"),
        bad("two types", NAMED + "Content-Type: text/plain\r\nContent-Type: text/html\r\n"),
        bad("two types in one", NAMED + "Content-Type: text/plain, text/html\r\n"),
        bad("parts within", NAMED + "Content-Type: multipart/mixed; boundary=c\r\n"),
        bad("a message within", NAMED + "Content-Type: message/rfc822\r\n"),
        bad("a header twice", NAMED + "X-A: 1\r\nx-a: 2\r\n"),
        bad("many headers", NAMED + many()),
        bad("long headers", NAMED + "X-A: " + "a".repeat(5000) + "\r\n"));
  }

  private static String many() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      lines.append("X-").append(i).append(": 1\r\n");
    }
    return lines.toString();
  }

  private static Arguments bad(String title, String head) {
    return Arguments.argumentSet(title, head);
  }

  @ParameterizedTest
  @MethodSource("heads")
  void refuses_heads_that_readers_take_differently(String head) {
    assertThatThrownBy(() -> read(TYPE, part(head, "1"))).isInstanceOf(Unreadable.class);
  }

  static Stream<Arguments> bodies() {
    String good = part(NAMED, "1");
    return Stream.of(
        bad("nothing", ""),
        bad("a preamble", "hello\r\n" + good),
        bad("an empty line in front", "\r\n" + good),
        bad("an epilogue", good + "\r\nhello"),
        bad("two empty lines behind", good + "\r\n\r\n"),
        bad("another body behind", good + "\r\n" + good),
        bad("no end", "--b\r\n" + NAMED + "\r\n1"),
        bad("no closing boundary", "--b\r\n" + NAMED + "\r\n1\r\n--b\r\n"),
        bad("half a closing boundary", "--b\r\n" + NAMED + "\r\n1\r\n--b-"),
        bad("padding behind a boundary", "--b \r\n" + NAMED + "\r\n1\r\n--b--"),
        bad("a bare line feed behind a boundary", "--b\n" + NAMED + "\r\n1\r\n--b--"),
        bad("a boundary after a bare line feed", "--b\r\n" + NAMED + "\r\n1\n--b--"),
        bad("a boundary within a line", "--b\r\n" + NAMED + "\r\nx--b\r\n1\r\n--b--"),
        bad("a boundary that goes on", "--b\r\n" + NAMED + "\r\n1\r\n--bc\r\n2\r\n--b--"),
        bad("a boundary in a head", "--b\r\n" + NAMED + "X-A: --b\r\n\r\n1\r\n--b--"),
        bad("no empty line", "--b\r\n" + NAMED + "--b--"),
        bad("a head that eats the boundary", "--b\r\n" + NAMED + "\r\n--b--"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void refuses_bodies_that_readers_cut_differently(String body) {
    assertThatThrownBy(() -> read(TYPE, body)).isInstanceOf(Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"b \"",
        "multipart/form-data; boundary=\"b\\b\"",
        "multipart/form-data; boundary=b; boundary=c",
        "multipart/form-data; boundary=b, multipart/form-data; boundary=c",
        "multipart/form-data; boundary*=b",
        "multipart/form-data; boundary=\"b"
      })
  void refuses_types_without_one_boundary(String type) {
    assertThatThrownBy(() -> read(type, part(NAMED, "1"))).isInstanceOf(Unreadable.class);
  }

  @Test
  void refuses_boundaries_beyond_70_characters() throws Unreadable {
    for (int length : new int[] {70, 71}) {
      String boundary = "b".repeat(length);
      String body = part(NAMED, "1").replace("--b", "--" + boundary);
      String type = "multipart/form-data; boundary=" + boundary;
      if (length == 70) {
        assertThat(read(type, body)).hasSize(1);
      } else {
        assertThatThrownBy(() -> read(type, body)).isInstanceOf(Unreadable.class);
      }
    }
  }

  @Test
  void bounds_the_number_of_parts() throws Unreadable {
    String one = "--b\r\n" + NAMED + "\r\n1\r\n";

    assertThat(read(TYPE, one.repeat(100) + "--b--")).hasSize(100);
    assertThatThrownBy(() -> read(TYPE, one.repeat(100 + 1) + "--b--"))
        .isInstanceOf(Unreadable.class);
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "--b",
            "--b--",
            "--",
            "\r\n",
            "\r",
            "\n",
            NAMED,
            "Content-Type: ",
            "text/plain",
            "a",
            "\"",
            ";",
            ":",
            " ",
            "\0",
            "é",
            "filename=",
            "form-data",
            "Content-Length: 1\r\n")
        .list()
        .ofMaxSize(24)
        .map(each -> String.join("", each));
  }

  /// The content of each part, put together again, is the body: nothing is lost and nothing is
  /// read twice.
  @Property(tries = 5000)
  void reads_any_bytes_or_refuses_them(@ForAll("pieces") String body) {
    byte[] bytes = ("--b\r\n" + body).getBytes(StandardCharsets.UTF_8);
    try {
      int at = 0;
      for (Part part : Multipart.read(Bytes.of(bytes), ContentType.read(TYPE), 100)) {
        assertThat(part.from()).isGreaterThan(at);
        assertThat(part.to()).isBetween(part.from(), bytes.length);
        assertThat(new String(bytes, part.from(), part.to() - part.from(), StandardCharsets.UTF_8))
            .doesNotContain("--b");
        at = part.to();
      }
    } catch (Unreadable refused) {
      assertThat(refused.why()).isNotEmpty();
    }
  }
}
