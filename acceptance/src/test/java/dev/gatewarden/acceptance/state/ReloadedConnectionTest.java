package dev.gatewarden.acceptance.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes on without an end outlives a reload only where nothing changed that judges its caller.
class ReloadedConnectionTest {
  @TempDir private Path folder;

  private static void change(Path file, String from, String to) throws IOException {
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  private static void reload(GuardedGate gate) throws Exception {
    var told = gate.reload();
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "RUN-2")
  void a_socket_and_a_stream_end_with_the_rules_that_opened_them_and_not_before() throws Exception {
    try (Things things = new Things();
        GuardedGate gate = GuardedGate.start(folder, things.uri(), "", "", "");
        Socket connection = gate.socket();
        OpenSocket socket =
            OpenSocket.on(
                gate.socket(),
                "things",
                "/socket",
                "Authorization: Bearer " + GuardedGate.CORP.token("alice"))) {
      connection
          .getOutputStream()
          .write(
              ("GET /news HTTP/1.1\r\nHost: things\r\nAuthorization: Bearer "
                      + GuardedGate.CORP.token("alice")
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream news = new BufferedInputStream(connection.getInputStream());
      assertThat(Things.head(news)).contains(" 200 ");

      change(
          folder.resolve("gatewarden.yaml"),
          "decisions: none",
          "decisions: none\nlimits: {body: 2MiB}");
      reload(gate);
      assertThat(socket.isQuietFor(Duration.ofSeconds(3))).isTrue();

      change(folder.resolve("things.yaml"), "title: Things", "title: Other things");
      reload(gate);
      assertThat(socket.goodbye()).isEqualTo(1008);
      connection.setSoTimeout(30_000);
      OpenSocket.rest(connection, news);
    }
  }
}
