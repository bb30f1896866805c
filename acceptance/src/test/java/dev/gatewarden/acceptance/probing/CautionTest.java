package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.demo.broken.BrokenServer;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run leaves as it was, on an API where everything is broken.
class CautionTest {
  @TempDir Path folder;

  private static List<String> parcels(BrokenServer running) throws IOException {
    List<String> seen = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String pair : List.of("1 alice", "2 alice", "3 bob", "4 carol", "5 dave")) {
        String[] parts = pair.split(" ", -1);
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(running.uri() + "/parcels/" + parts[0]))
                .header("Authorization", "Bearer parcels-" + parts[1] + "-7f3a91c2d4")
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        seen.add(answer.body());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException(ended);
    }
    return seen;
  }

  private Cli probe(BrokenServer running, String... more) throws IOException {
    Files.writeString(folder.resolve("contract.yaml"), Specimen.PARCELS.contract(running.uri()));
    Files.writeString(folder.resolve("identities.yaml"), Specimen.PARCELS.identities(running));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "probe",
                "--contract",
                "contract.yaml",
                "--identities",
                "identities.yaml",
                "--target",
                running.uri().toString(),
                "--rate",
                "10000"));
    arguments.addAll(List.of(more));
    return Cli.run(folder, arguments.toArray(new String[0]));
  }

  @Test
  @Requirement(id = "TST-9")
  void leaves_what_was_there_before_as_it_was() throws IOException {
    try (BrokenServer running =
        BrokenServer.start(0, Specimen.PARCELS.api("all", Clock.systemUTC()))) {
      List<String> before = parcels(running);

      Cli ran = probe(running);

      assertThat(ran.out()).contains("critical");
      assertThat(parcels(running)).isEqualTo(before);
    }
  }

  @Test
  @Requirement(id = "TST-9")
  void never_sends_more_than_was_agreed_to() throws IOException {
    try (BrokenServer running =
        BrokenServer.start(0, Specimen.PARCELS.api("none", Clock.systemUTC()))) {
      Cli ran = probe(running, "--most", "40", "--format", "json", "--log", "sent.log");

      assertThat(ran.out()).contains("the 40 requests that were agreed to are spent");
      assertThat(
              Files.readAllLines(folder.resolve("sent.log")).stream()
                  .filter(line -> !line.contains("\"probe\":\"\",")))
          .hasSizeLessThanOrEqualTo(40);
    }
  }

  @Test
  void says_nothing_of_credentials() throws IOException {
    try (BrokenServer running =
        BrokenServer.start(0, Specimen.PARCELS.api("all", Clock.systemUTC()))) {
      Cli ran = probe(running, "--format", "json", "--log", "sent.log");

      assertThat(ran.out() + ran.err() + Files.readString(folder.resolve("sent.log")))
          .doesNotContain("7f3a91c2d4");
    }
  }

  @Test
  void sends_the_same_again() throws IOException {
    List<String> first;
    List<String> second;
    try (BrokenServer running =
        BrokenServer.start(0, Specimen.PARCELS.api("none", Clock.systemUTC()))) {
      first = sent(running);
      running.api().reset();
      second = sent(running);
    }
    assertThat(second).isEqualTo(first);
  }

  private List<String> sent(BrokenServer running) throws IOException {
    var unused = probe(running, "--log", "sent.log");
    return Files.readAllLines(folder.resolve("sent.log")).stream()
        .filter(line -> !line.contains("\"probe\":\"race\""))
        // what the service makes up itself is another each time
        .map(line -> line.replaceAll("\"number\":\\d+|[0-9a-f]{8}-[0-9a-f-]{27}", ""))
        .toList();
  }

  @Test
  @Requirement(id = "TST-1")
  void prints_what_has_to_be_answered_and_sends_nothing() throws IOException {
    String target;
    try (BrokenServer running =
        BrokenServer.start(0, Specimen.CLINIC.api("none", Clock.systemUTC()))) {
      target = running.uri().toString();
      Files.writeString(folder.resolve("contract.yaml"), Specimen.CLINIC.contract(running.uri()));
      Files.writeString(folder.resolve("identities.yaml"), Specimen.CLINIC.identities(running));
    }

    Cli plan =
        Cli.run(
            folder,
            "probe",
            "--contract",
            "contract.yaml",
            "--identities",
            "identities.yaml",
            "--target",
            target,
            "--plan");

    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains(
            "getRecord  alice  own  2xx",
            "getRecord  alice  of the same tenant  404",
            "getRecord  ada  of the same tenant  2xx",
            "getRecord  ada  of another tenant  404",
            "getRecord  nobody  of the same tenant  401",
            "setRole  alice  -  403",
            "setRole  ada  -  2xx");
  }
}
