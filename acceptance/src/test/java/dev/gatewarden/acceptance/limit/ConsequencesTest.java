package dev.gatewarden.acceptance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of who spends a share.
class ConsequencesTest {
  @TempDir Path folder;

  @Test
  @Requirement(id = "LIM-3", without = "share-limit")
  void who_takes_too_much_is_kept_out_for_a_time_and_no_longer() throws Exception {
    try (Things things =
        Things.behind(folder, "share-limit: {shares: {all: {rate: 3/1s, then: {block: 10m}}}}")) {
      String alice = things.alice();
      assertThat(things.statuses(4, "GET", "/report", alice)).containsExactly(200, 200, 200, 429);
      things.clock.advance(Duration.ofMinutes(9));
      HttpResponse<String> refused = things.get("/report", alice);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(Things.header(refused, "retry-after")).isEqualTo("60");
      assertThat(things.status("GET", "/report", Things.CORP.token("bob"))).isEqualTo(200);
      things.clock.advance(Duration.ofSeconds(60));
      assertThat(things.status("GET", "/report", things.alice())).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-3", without = "share-limit")
  void who_signs_in_more_strongly_has_more() throws Exception {
    try (Things things =
        Things.behind(
            folder,
            "share-limit: {shares: {all: {rate: 2/1h, then: {step-up: {acr: [mfa], max-age: 5m,"
                + " rate: 4/1h}}}}}")) {
      assertThat(things.statuses(2, "GET", "/report", things.alice())).containsOnly(200);
      HttpResponse<String> asked = things.get("/report", things.alice());
      assertThat(asked.statusCode()).isEqualTo(401);
      assertThat(Things.header(asked, "www-authenticate"))
          .startsWith("Bearer realm=\"api\", error=\"insufficient_user_authentication\"")
          .contains("acr_values=\"mfa\", max_age=\"300\"");
      long now = things.clock.instant().getEpochSecond();
      String weak = things.alice(Map.of("acr", "pwd", "auth_time", now));
      String old = things.alice(Map.of("acr", "mfa", "auth_time", now - 301));
      String strong = things.alice(Map.of("acr", "mfa", "auth_time", now));
      assertThat(things.status("GET", "/report", weak)).isEqualTo(401);
      assertThat(things.status("GET", "/report", old)).isEqualTo(401);
      assertThat(things.statuses(4, "GET", "/report", strong)).containsOnly(200);
      assertThat(things.status("GET", "/report", strong)).isEqualTo(429);
      assertThat(things.status("GET", "/report", things.alice())).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "LIM-3", without = "share-limit")
  void fair_use_and_abuse_are_counted_side_by_side_and_neither_for_the_other() throws Exception {
    String shares =
        "share-limit: {shares: {fair: {rate: 2/1h, operations: [getReport]}, abuse: {rate: 3/1h,"
            + " then: {block: 1h}}}}";
    try (Things things = Things.behind(folder, shares)) {
      String alice = things.alice();
      assertThat(things.statuses(7, "GET", "/report", alice))
          .containsExactly(200, 200, 429, 429, 429, 429, 429);
      assertThat(things.statuses(2, "POST", "/report", alice)).containsExactly(200, 429);
      things.clock.advance(Duration.ofMinutes(59));
      assertThat(things.status("GET", "/report", things.alice())).isEqualTo(429);
    }
  }

  @Test
  @Requirement(id = "LIM-3", without = "share-limit")
  void a_refusal_is_held_back_and_nobody_waits_for_it_but_who_was_refused() throws Exception {
    String shares =
        "share-limit: {shares: {all: {rate: 1/1h, operations: [getReport], then: {slow: 30s}}}}";
    try (Things things =
        Things.behind(folder, shares, "", "store: none\nlimits: {connections: 20}\n")) {
      String alice = things.alice();
      assertThat(things.status("GET", "/report", alice)).isEqualTo(200);
      try (Socket one = asking(things, alice);
          Socket other = asking(things, alice)) {
        // Two are a tenth of the connections: the next refusal leaves at once.
        try (Socket third = asking(things, alice)) {
          assertThat(firstOf(List.of(one, other, third)))
              .isEqualTo("HTTP/1.1 429 Too Many Requests");
        }
        assertThat(things.statuses(5, "POST", "/report", alice)).containsOnly(200);
        // One of the three was answered, and closed or not, the two others still wait.
        assertThat(answered(List.of(one)) == null || answered(List.of(other)) == null).isTrue();
      }
      assertThat(things.served("/report")).isEqualTo(6);
    }
  }

  /// What the first of them to be answered is answered.
  private static String firstOf(List<Socket> sockets) throws Exception {
    Waiting.until("one of them is answered", () -> answered(sockets) != null);
    return new BufferedReader(
            new InputStreamReader(answered(sockets).getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }

  private static Socket answered(List<Socket> sockets) throws Exception {
    for (Socket socket : sockets) {
      if (socket.getInputStream().available() > 0) {
        return socket;
      }
    }
    return null;
  }

  private static Socket asking(Things things, String token) throws Exception {
    Socket socket = things.gate().socket();
    String request =
        "GET /report HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
