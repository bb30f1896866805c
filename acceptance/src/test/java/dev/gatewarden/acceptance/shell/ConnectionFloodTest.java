package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nobody takes all connections.
@Timeout(120)
class ConnectionFloodTest {
  private static final String FEW = "{connections: 40, connections-of-network: 10}";
  private static final String BUSY =
      "POST /small HTTP/1.1\r\nHost: own.example\r\nContent-Type: application/json\r\n"
          + "Content-Length: 9\r\n\r\n{";

  @Test
  @Requirement(id = "RUN-8", without = "connection-share")
  void one_network_does_not_keep_all_others_out() throws Exception {
    try (Siege siege = Siege.within(FEW)) {
      List<Socket> flood = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        flood.add(busy(siege, 1));
      }
      // One that has asked for nothing yet makes room for the next.
      Waiting.asking("most are ended", () -> siege.ended("share") + siege.ended("made_room") == 50);
      assertThat(siege.metric("gatewarden_connections")).isEqualTo(10);
      assertThat(siege.honest()).isEqualTo(200);
      assertThat(siege.honestWriter()).isEqualTo(200);
      assertThat(siege.served()).isEqualTo(2);
      close(flood);
    }
  }

  @Test
  void connections_on_which_nothing_is_asked_make_room_the_oldest_first() throws Exception {
    try (Siege siege = Siege.within(FEW);
        OwnGate.Line honest = siege.gate().line()) {
      assertThat(honest.get("/small").status()).isEqualTo(200);
      List<Socket> flood = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        flood.add(siege.attacker(1 + i % 8));
      }
      Waiting.asking("some made room", () -> siege.ended("made_room") >= 150);
      // Who was served before is not closed for those who never asked for anything.
      assertThat(honest.get("/small").status()).isEqualTo(200);
      assertThat(siege.honest()).isEqualTo(200);
      assertThat(siege.metric("gatewarden_connections")).isLessThanOrEqualTo(41);
      close(flood);
    }
  }

  @Test
  void networks_of_proxies_in_front_have_no_bound_of_their_own() throws Exception {
    try (Siege siege = Siege.trusting(FEW, "127.1.1.0/24")) {
      List<Socket> many = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        many.add(busy(siege, 1));
      }
      Waiting.asking("all are in", () -> siege.metric("gatewarden_connections") == 30);
      assertThat(siege.ended("share")).isZero();
      close(many);
    }
  }

  @Test
  void a_proxy_that_is_named_while_the_gate_runs_has_no_bound_from_then_on() throws Exception {
    try (Siege siege = Siege.within(FEW)) {
      Path file = siege.gate().folder().resolve("gatewarden.yaml");
      String text = Files.readString(file);
      Files.writeString(file, text.replace("listen:\n", "listen:\n  trust: ['127.1.1.0/24']\n"));
      siege.gate().reload();
      List<Socket> many = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        many.add(busy(siege, 1));
      }
      Waiting.asking("all are in", () -> siege.metric("gatewarden_connections") == 30);
      assertThat(siege.ended("share")).isZero();
      close(many);
    }
  }

  private static Socket busy(Siege siege, int network) throws IOException {
    Socket socket = siege.attacker(network);
    try {
      Siege.say(socket, BUSY);
    } catch (IOException refused) {
      socket.close();
    }
    return socket;
  }

  private static void close(List<Socket> all) throws IOException {
    for (Socket each : all) {
      each.close();
    }
  }
}
