package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.shop.Shelves;
import dev.gatewarden.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Personal data and secrets stand in no log, decision, metric or file of the gate, wherever they
/// travel: each place of a request and an answer carries a marked value, and everything that the
/// gate wrote is searched for it.
class MarkedValuesTest {
  private static final String MARK = "Zq7Vx";

  @Test
  @Requirement(id = "DAT-2")
  void nothing_that_the_gate_writes_holds_a_value_that_travelled() throws Exception {
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Echo service = Echo.answering(MarkedValuesTest::answer);
        ShopAtTheGate shop =
            ShopAtTheGate.start(
                Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      String token = travel(shop.side());
      String told = shop.told("/metrics") + shop.told("/proposals");
      shop.gate().close();

      assertThat(service.seen()).isNotEmpty();
      assertThat(told).doesNotContain(MARK);
      assertThat(Files.readAllLines(shop.folder().resolve("decisions.ndjson")))
          .noneMatch(line -> line.contains(MARK));
      assertThat(written(shop.folder())).isEmpty();
      assertThat(log.toString(StandardCharsets.UTF_8))
          .contains("issuer")
          .doesNotContain(MARK)
          .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
    } finally {
      System.setErr(usual);
    }
  }

  /// Marked values in every place; the token of the caller.
  private static String travel(Side side) throws Exception {
    String token = side.token(ALICE);
    String order = "/v1/orders/" + Shelves.OF_ALICE;
    String field = "\"" + MARK + "\":\"" + MARK + "\"";
    List<HttpRequest.Builder> requests =
        List.of(
            side.request("/v1/orders?status=" + MARK, token).GET(),
            side.request("/v1/orders?" + MARK + "=" + MARK, token).GET(),
            side.request("/v1/orders/" + MARK, token).GET(),
            side.request("/" + MARK, token).GET(),
            side.request(order, token).header("X-" + MARK, MARK).GET(),
            side.request(order, token).header("Cookie", MARK + "=" + MARK).GET(),
            side.request(order, token).header("User-Agent", MARK).GET(),
            side.request(order, token).header("Accept", "text/" + MARK).GET(),
            side.request(order, token).header("traceparent", MARK).GET(),
            side.request(order, token).header("X-Request-Id", MARK).GET(),
            side.request(order, token).header("X-Forwarded-For", MARK).GET(),
            side.request(order, token).header("If-None-Match", "\"" + MARK + "\"").GET(),
            side.request(order, MARK).GET(),
            side.request(order, "e." + MARK + ".x").GET(),
            side.request(order, null).header("Authorization", "Basic " + MARK).GET(),
            patch(side, order, token, "application/json", "{\"note\":\"" + MARK + "\"}"),
            patch(side, order, token, "application/json", "{" + field + "}"),
            patch(side, order, token, "application/json", "{\"status\":\"" + MARK + "\"}"),
            patch(side, order, token, "application/json", "{\"note\":\"" + MARK),
            patch(side, order, token, "text/" + MARK, MARK),
            patch(side, order, token, "application/json; charset=" + MARK, "{}"),
            patch(side, "/v1/profile", token, "application/json", "{\"role\":\"" + MARK + "\"}"),
            patch(
                side, "/v1/profile", token, "application/json", "{\"email\":\"" + MARK + "@x.y\"}"),
            side.request("/v1/profile", token).GET(),
            side.request("/v1/profile", token).method("X" + MARK, BodyPublishers.noBody()),
            side.request("/v1/webhooks/bank", null)
                .header("Content-Type", "application/json")
                .header("webhook-id", MARK)
                .header("webhook-timestamp", "1")
                .header("webhook-signature", "v1," + MARK)
                .POST(BodyPublishers.ofString("{" + field + "}")));
    for (HttpRequest.Builder request : requests) {
      Seen seen = side.send(request);
      assertThat(seen.status()).isBetween(200, 599);
    }
    return token;
  }

  private static HttpRequest.Builder patch(
      Side side, String path, String token, String type, String body) {
    return side.request(path, token)
        .header("Content-Type", type)
        .method("PATCH", BodyPublishers.ofString(body));
  }

  /// Answers that keep their contract, break it in each way, or fail; all of them marked.
  private static Answer answer(Incoming request) {
    if (request.path().endsWith("/profile")) {
      return Answer.json(
              200,
              "{\"id\":\"alice\",\"displayName\":\"%1$s\",\"email\":\"%1$s@x.y\",\"role\":\"%1$s\",\"%1$s@x.y\":1}"
                  .formatted(MARK))
          .with("X-" + MARK, MARK)
          .with("Set-Cookie", MARK + "=" + MARK);
    }
    if (request.method().equals("GET")) {
      return Answer.json(
          200,
          "{\"id\":\"%s\",\"customerId\":\"alice\",\"tenantId\":\"north\",\"shipTo\":\"%2$s\",\"note\":7}"
              .formatted(Shelves.OF_ALICE, MARK));
    }
    return Answer.of(500, "text/html", "<pre>java.lang.Fault: " + MARK + "</pre>");
  }

  /// The files that hold a marked value.
  private static List<Path> written(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(MarkedValuesTest::isMarked).toList();
    }
  }

  private static boolean isMarked(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(MARK);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
