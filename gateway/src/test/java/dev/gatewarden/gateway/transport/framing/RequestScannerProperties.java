package dev.gatewarden.gateway.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.transport.framing.ObviousReader.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class RequestScannerProperties {
  private static final List<String> SEEDS =
      List.of(
          "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.0\r\nhost: a:80\r\nAccept: */*\r\n\r\n",
          "OPTIONS * HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
          "GET http://a.b/c?d HTTP/1.1\r\nHost: A.B\r\nX-Y:  z \r\n\r\n",
          "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
          "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
          "POST /p HTTP/1.1\r\n"
              + "Transfer-Encoding: chunked\r\n"
              + "Host: a\r\n\r\n"
              + "5\r\n"
              + "abcde\r\n"
              + "0\r\n\r\n",
          "POST /p HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "A\r\n"
              + "0123456789\r\n"
              + "01\r\n"
              + "x\r\n"
              + "0\r\n"
              + "X-Sum: 9\r\n\r\n",
          "PUT /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          " ",
          "\t",
          ":",
          "\0",
          "#",
          "+",
          "-",
          "0",
          "1",
          "5",
          "x",
          "0x",
          ";",
          ",",
          "\u00e9",
          "\r\n ",
          "\r\n\r\n",
          "Host: a\r\n",
          "Host: b\r\n",
          "Content-Length: 5\r\n",
          "Content-Length: 3\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "HTTP/1.1",
          "HTTP/1.0",
          "HTTP/2.0",
          "*",
          "/",
          "http://",
          "@",
          "[",
          "]",
          "ffffffff",
          "Authorization: x\r\n");

  @Provide
  Arbitrary<String> streams() {
    Arbitrary<String> whole =
        Arbitraries.of(SEEDS).list().ofMinSize(1).ofMaxSize(3).map(l -> String.join("", l));
    Arbitrary<List<Tuple.Tuple3<Integer, Integer, String>>> changes =
        Combinators.combine(
                Arbitraries.integers().between(0, 400),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(PIECES))
            .as(Tuple::of)
            .list()
            .ofMaxSize(3);
    return Combinators.combine(whole, changes).as(RequestScannerProperties::changed);
  }

  private static String changed(String text, List<Tuple.Tuple3<Integer, Integer, String>> changes) {
    StringBuilder changed = new StringBuilder(text);
    for (var change : changes) {
      int at = changed.isEmpty() ? 0 : change.get1() % changed.length();
      int gone = Math.min(change.get2(), changed.length() - at);
      changed.replace(at, at + gone, change.get2() == 3 ? "" : change.get3());
    }
    return changed.toString();
  }

  @Property(tries = 3000)
  void agrees_with_the_obvious_reader(@ForAll("streams") String text) {
    RequestScanner scanner = scanned(text, new Random(0), text.length());
    Outcome seen =
        scanner.refusal() != null
            ? Outcome.REFUSED
            : scanner.midHead() || scanner.midBody() ? Outcome.INCOMPLETE : Outcome.CLEAN;
    assertThat(seen).isEqualTo(ObviousReader.over(text).read());
  }

  @Property(tries = 2000)
  void says_the_same_however_the_bytes_are_split(
      @ForAll("streams") String text, @ForAll long seed) {
    RequestScanner whole = scanned(text, new Random(0), text.length());
    RequestScanner split = scanned(text, new Random(seed), 7);
    assertThat(split.refusal()).isEqualTo(whole.refusal());
    assertThat(split.refusedInHead()).isEqualTo(whole.refusedInHead());
    if (whole.refusal() == null) {
      assertThat(split.midHead()).isEqualTo(whole.midHead());
      assertThat(split.midBody()).isEqualTo(whole.midBody());
    }
  }

  @Property(tries = 2000)
  void lets_nothing_through_that_the_decoder_frames_otherwise(@ForAll("streams") String text) {
    ObviousReader reader = ObviousReader.over(text);
    if (reader.read() != Outcome.CLEAN) {
      return;
    }
    assertThat(decoded(text)).isEqualTo(reader.bodies);
  }

  private static RequestScanner scanned(String text, Random random, int most) {
    RequestScanner scanner = new RequestScanner(8192, 50, 4096);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < bytes.length && scanner.refusal() == null) {
      int skipped = random.nextBoolean() ? scanner.skip(bytes.length - at) : 0;
      at += skipped;
      int to = Math.min(bytes.length, at + 1 + random.nextInt(Math.max(1, most)));
      if (most == text.length()) {
        to = bytes.length;
      }
      at = scanner.scan(bytes, at, to);
    }
    return scanner;
  }

  private static List<String> decoded(String text) {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    List<String> bodies = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      assertThat(((HttpObject) next).decoderResult().isSuccess()).isTrue();
      if (next instanceof HttpContent content) {
        body.append(content.content().toString(StandardCharsets.ISO_8859_1));
        content.release();
      }
      if (next instanceof LastHttpContent) {
        bodies.add(body.toString());
        body.setLength(0);
      }
    }
    channel.finishAndReleaseAll();
    return bodies;
  }
}
