package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Program;
import dev.gatewarden.acceptance.SelfSigned;
import dev.gatewarden.acceptance.probing.GrpcShop.Fault;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gRPC service, fuzzed from its descriptors: what is wrong with it is found, and nothing else.
class GrpcFuzzTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve("shop.binpb"), GrpcShop.descriptors());
    Files.writeString(
        folder.resolve("who.yaml"),
        "identities: {stranger: {token: unknown}, ann: {token: good, owns: {order: [1, 2]}}}");
  }

  @ParameterizedTest
  @CsvSource({
    "BREAKS_ABOVE_FIFTY, shop.Orders/ListOrders, 'with `limit`, is answered INTERNAL'",
    "BREAKS_ON_UNKNOWN_WORD, shop.Orders/ListOrders, 'with `progress`, is answered UNKNOWN'",
    "TAKES_ANYTHING, shop.Orders/GetOrder, a request with one thing wrong (`id: ",
    "BREAKS_ON_RULES, shop.Orders/GetOrder, is answered INTERNAL",
    "ANSWERS_ANOTHER, shop.Orders/GetOrder, its bytes cannot be read as one",
    "LACKS_A_METHOD, shop.Orders/GetOrder, is answered UNIMPLEMENTED",
    "TELLS_TRACES, shop.Orders/GetOrder, is answered with a trace of the code"
  })
  @Requirement(id = "TST-6", without = "fuzz")
  void finds_what_is_wrong(Fault fault, String operation, String message) throws Exception {
    JsonNode said = said(fault, "--fuzz", "60");

    assertThat(said.get("findings"))
        .as(said.toPrettyString())
        .anySatisfy(
            each -> {
              assertThat(each.get("operation").asString()).isEqualTo(operation);
              assertThat(each.get("message").asString()).contains(message);
              assertThat(each.get("attempts").get(0).get("curl").asString())
                  .contains("--http2-prior-knowledge")
                  .contains(operation);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void is_silent_about_a_service_that_keeps_to_its_descriptors(int seed) throws Exception {
    JsonNode said =
        said(Fault.NONE, "--fuzz", "100", "--seed", Integer.toString(seed), "--may", "act");

    assertThat(said.get("findings")).as(said.toPrettyString()).isEmpty();
    assertThat(said.at("/withstood/fuzz"))
        .extracting(JsonNode::asString)
        .containsExactly(
            "shop.Orders/GetOrder", "shop.Orders/ListOrders", "shop.Orders/PlaceOrder");
    assertThat(said.get("untested").toString()).contains("shop.Orders/SendOrders");
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void makes_what_shows_a_fault_as_small_as_it_can_be_and_sends_it_again() throws Exception {
    JsonNode said = said(Fault.BREAKS_ABOVE_FIFTY, "--fuzz", "60", "--corpus", "kept.jsonl");
    assertThat(said.get("findings")).isNotEmpty();
    String id = said.at("/findings/0/id").asString();

    assertThat(Files.readString(folder.resolve("kept.jsonl")))
        .contains("\"with\":{\"message/limit\":51}");
    JsonNode again = said(Fault.BREAKS_ABOVE_FIFTY, "--corpus", "kept.jsonl", "--replay", id);
    assertThat(again.get("findings"))
        .extracting(each -> each.get("id").asString())
        .containsOnly(id);
    assertThat(again.get("requests").asInt()).isLessThan(20);
  }

  @Test
  void sends_the_same_in_every_run() throws Exception {
    said(Fault.BREAKS_ON_RULES, "--fuzz", "40", "--log", "one.jsonl");
    said(Fault.BREAKS_ON_RULES, "--fuzz", "40", "--log", "other.jsonl");

    assertThat(sent("one.jsonl")).isEqualTo(sent("other.jsonl")).contains("application/grpc");
  }

  @Test
  void changes_nothing_unless_it_may() throws Exception {
    try (GrpcShop shop = new GrpcShop(Fault.NONE)) {
      JsonNode careful = said(shop.port(), "--fuzz", "20");
      assertThat(shop.placed()).isZero();
      assertThat(careful.get("untested").toString())
          .contains("shop.Orders/PlaceOrder", "--may act");

      said(shop.port(), "--fuzz", "20", "--may", "act");
      assertThat(shop.placed()).isPositive();
    }
  }

  @Test
  @Requirement(id = "TST-6", without = "fuzz")
  void tells_a_dropped_connection() throws Exception {
    try (GrpcShop shop = new GrpcShop(Fault.NONE);
        Dropping front = new Dropping(shop.port())) {
      JsonNode said = said(front.port(), "--fuzz", "60", "--operation", "shop.Orders/GetOrder");

      assertThat(said.at("/findings/0/message").asString())
          .as(said.toPrettyString())
          .isEqualTo(
              "a request with one thing wrong (`frame: length of two gigabytes`) ends the"
                  + " connection, or is not answered");
    }
  }

  @Test
  void calls_over_tls() throws Exception {
    try (GrpcShop shop = new GrpcShop(Fault.LACKS_A_METHOD, SelfSigned.in(folder))) {
      ProcessBuilder command =
          Program.command(
              folder,
              Program.APP,
              "probe",
              "--contract",
              "shop.binpb",
              "--identities",
              "who.yaml",
              "--target",
              "https://127.0.0.1:" + shop.port(),
              "--fuzz",
              "10");
      command
          .environment()
          .put(
              "JAVA_TOOL_OPTIONS",
              "-Djavax.net.ssl.trustStore=site.p12 -Djavax.net.ssl.trustStorePassword=changeit"
                  + " -Djavax.net.ssl.trustStoreType=PKCS12");
      Path said = folder.resolve("said.txt");
      Process process = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();

      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(said))
          .contains("is answered UNIMPLEMENTED")
          .contains("curl -i -X POST --http2 $");
      assertThat(process.exitValue()).isOne();
    }
  }

  @Test
  void says_what_it_needs_in_place_of_the_text_of_a_schema() throws Exception {
    Files.writeString(folder.resolve("shop.binpb"), "syntax = \"proto3\";\npackage shop;\n");

    Cli cli = run(1, "--fuzz", "4");

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("--descriptor_set_out");
  }

  @Test
  void says_that_nobody_answers() {
    Cli cli = run(1, "--fuzz", "4");

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("no answer came from");
  }

  private String sent(String log) throws IOException {
    return Files.readString(folder.resolve(log)).replaceAll("127\\.0\\.0\\.1:\\d+", "");
  }

  private JsonNode said(Fault fault, String... more) throws Exception {
    try (GrpcShop shop = new GrpcShop(fault)) {
      return said(shop.port(), more);
    }
  }

  private JsonNode said(int port, String... more) {
    Cli cli = run(port, more);
    assertThat(cli.code()).as(cli.err()).isNotEqualTo(2);
    return JsonMapper.shared().readTree(cli.out());
  }

  private Cli run(int port, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                "shop.binpb",
                "--identities",
                "who.yaml",
                "--target",
                "http://127.0.0.1:" + port,
                "--rate",
                "10000",
                "--most",
                "5000",
                "--format",
                "json"));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(folder, arguments.toArray(new String[0]));
  }

  /// Stands before a service and ends the connection of whoever announces two gigabytes.
  private static final class Dropping implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int behind;

    Dropping(int behind) throws IOException {
      this.behind = behind;
      Thread.startVirtualThread(this::serve);
    }

    int port() {
      return door.getLocalPort();
    }

    private void serve() {
      while (!door.isClosed()) {
        try {
          Socket caller = door.accept();
          Socket service = new Socket(InetAddress.getLoopbackAddress(), behind);
          Thread.startVirtualThread(() -> carry(caller, service, true));
          Thread.startVirtualThread(() -> carry(service, caller, false));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private static void carry(Socket from, Socket to, boolean watched) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        byte[] some = new byte[65_536];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
          for (int i = 0; watched && i + 4 < read; i++) {
            boolean huge = some[i] == 0 && some[i + 1] == 0x7f;
            if (huge && some[i + 2] == -1 && some[i + 3] == -1 && some[i + 4] == -1) {
              return;
            }
          }
          to.getOutputStream().write(some, 0, read);
          to.getOutputStream().flush();
        }
      } catch (IOException closed) {
        // the other end is closed with it
      }
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }
}
