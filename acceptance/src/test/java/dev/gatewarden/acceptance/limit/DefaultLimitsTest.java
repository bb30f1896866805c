package dev.gatewarden.acceptance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds where nobody says anything, and what does not get around it.
class DefaultLimitsTest {
  private static final int WRITES = 120;

  @TempDir Path folder;

  @Test
  @Requirement(id = "LIM-1", without = "principal-limit")
  void who_is_proved_may_write_less_often_than_read() throws Exception {
    try (Things things = Things.behind(folder, "")) {
      String alice = things.alice();
      assertThat(things.statuses(WRITES, "POST", "/report", alice)).containsOnly(200);
      assertThat(things.status("POST", "/report", alice)).isEqualTo(429);
      assertThat(things.statuses(WRITES + 1, "GET", "/report", alice)).containsOnly(200);
      assertThat(things.status("POST", "/report", Things.CORP.token("bob"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-1", without = "principal-limit")
  void who_is_not_proved_may_too_and_a_forged_forwarding_changes_nothing() throws Exception {
    try (Things things = Things.behind(folder, "")) {
      for (int i = 0; i < WRITES; i++) {
        assertThat(forwarded(things, "POST", "203.0.113." + i)).isEqualTo(200);
      }
      assertThat(forwarded(things, "POST", "203.0.113.200")).isEqualTo(429);
      assertThat(forwarded(things, "GET", "203.0.113.200")).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-1", without = "principal-limit")
  void behind_a_trusted_hop_the_addresses_of_one_network_are_one_source() throws Exception {
    try (Things things =
        Things.behind(
            folder, "principal-limit: {rate: 3/1h}", ", trust: [127.0.0.0/8]", "store: none\n")) {
      for (int i = 1; i <= 3; i++) {
        assertThat(forwarded(things, "GET", "2001:db8:1:2::" + i)).isEqualTo(200);
      }
      assertThat(forwarded(things, "GET", "2001:db8:1:2:ffff:ffff:ffff:1")).isEqualTo(429);
      assertThat(forwarded(things, "GET", "2001:DB8:1:2:0:0:0:1")).isEqualTo(429);
      assertThat(forwarded(things, "GET", "198.51.100.1, 2001:db8:1:2::9")).isEqualTo(429);
      assertThat(forwarded(things, "GET", "2001:db8:1:3::1")).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-1", without = "principal-limit")
  void another_way_to_write_the_same_path_brings_no_second_share() throws Exception {
    List<String> ways =
        List.of(
            "/report",
            "/%72eport",
            "/re%70ort",
            "/./report",
            "/x/../report",
            "//report",
            "/report/",
            "/report;a=b",
            "/report?bytes=1",
            "/report?BYTES=1",
            "/Report",
            "/report%00",
            "/report%2F");
    try (Things things = Things.behind(folder, "principal-limit: {rate: 3/1h}")) {
      for (int i = 0; i < 3; i++) {
        for (String way : ways) {
          raw(things, way);
        }
      }
      assertThat(things.served("/")).isEqualTo(3);
    }
  }

  @Test
  @Requirement(id = "LIM-1", without = "share-limit")
  void a_tenant_is_who_the_proof_says_whatever_a_header_says() throws Exception {
    String shares = "share-limit: {shares: {all: {per: tenant, rate: 3/1h}}}";
    try (Things things = Things.behind(folder, shares)) {
      String alice = Things.CORP.token("alice", "north");
      String bob = Things.CORP.token("bob", "north");
      String[] forged = {"X-Tenant", "south", "X-Tenant-Id", "south", "X-Org", "NORTH"};
      assertThat(things.get("/report", alice, forged).statusCode()).isEqualTo(200);
      assertThat(things.get("/report", bob, forged).statusCode()).isEqualTo(200);
      assertThat(things.get("/report", alice).statusCode()).isEqualTo(200);
      assertThat(things.get("/report", bob, forged).statusCode()).isEqualTo(429);
      String south = Things.CORP.token("sue", "south");
      assertThat(things.status("GET", "/report", south)).isEqualTo(200);
    }
  }

  private static int forwarded(Things things, String method, String from) throws Exception {
    HttpResponse<String> answer =
        things
            .gate()
            .send(
                method,
                "/open",
                "",
                "",
                "X-Forwarded-For",
                from,
                "X-Real-IP",
                "203.0.113.9",
                "True-Client-IP",
                from);
    return answer.statusCode();
  }

  private static void raw(Things things, String target) throws Exception {
    try (Socket socket = things.gate().socket()) {
      String request =
          "GET "
              + target
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
              + things.alice()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }
}
