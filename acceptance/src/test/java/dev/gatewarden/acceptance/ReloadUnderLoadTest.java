package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration turns back and forth while many ask over both protocols, with unsound ones in
/// between and new certificates: nothing is dropped, and nothing is judged half by one and half by
/// another.
class ReloadUnderLoadTest {
  private static final int CLIENTS = 8;
  private static final int REQUESTS = 250;
  private static final String API =
      """
      tenancy: single
      guards:
        principal-limit: {rate: 1000000/1s}
        source-limit: {rate: 1000000/1s, burst: 1000000}
      """;
  private static final Pattern SEEN = Pattern.compile("/(one|two)/x");
  private static final Pattern LINE =
      Pattern.compile(
          "\"id\":\"([0-9a-f]+)\".*\"operation\":\"api/?\\.?(one|two)\".*\"status\":200.*"
              + "\"generation\":\"[0-9]+-([0-9a-f]+)\"");

  @TempDir private Path folder;

  /// One that shows itself in what the service is asked for, and in the operation's name.
  private static String contract(String word) {
    return """
    openapi: 3.1.0
    info: {title: Own, version: 1.0.0}
    servers: [{url: /%1$s}]
    components: {securitySchemes: {token: {type: http, scheme: bearer}}}
    security: [{token: []}]
    paths:
      /x:
        get:
          operationId: %1$s
          x-gatewarden-object: {none: things of nobody}
          responses: {'200': {description: fine}}
    """
        .formatted(word);
  }

  private void replace(String name, String text) throws IOException {
    Path aside = Files.writeString(folder.resolve(name + "~"), text);
    Files.move(
        aside,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  @Requirement(id = "RUN-2")
  @Requirement(id = "DAT-1")
  void drops_nothing_and_mixes_nothing_while_configurations_follow_one_another() throws Exception {
    Authority site = Authority.root("site");
    Wish wish = Wish.server("CN=site", "dns:localhost");
    site.issue(wish).in(folder, "site");
    Signed corp = Signed.of("corp");
    Map<String, String> answers = new ConcurrentHashMap<>();
    try (Echo service =
            Echo.answering(asked -> Answer.json(200, "{\"seen\":\"" + asked.target() + "\"}"));
        Opened gate =
            Opened.gate(
                folder,
                Opened.before(service.uri(), corp, API, "store: none\n")
                    .replace(
                        "public: {port: 0}",
                        "public: {port: 0, bind: 127.0.0.1, tls: {certificate: site.pem, key:"
                            + " 'file:site.key'}}"),
                contract("one"));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = corp.token("alice");
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        HttpClient.Version version =
            i % 2 == 0 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        running.add(callers.submit(() -> ask(gate.port(), version, site, token, answers)));
      }
      turn(gate, site, wish, running);
      for (Future<?> each : running) {
        each.get();
      }

      assertThat(answers).hasSize(CLIENTS * REQUESTS);
      SecuredGate.eventually(
          () -> gate.decisions().lines().count(), lines -> lines >= CLIENTS * REQUESTS);
      Map<String, String> rules = new HashMap<>();
      for (String line : gate.decisions().lines().toList()) {
        Matcher told = LINE.matcher(line);
        assertThat(told.find()).as(line).isTrue();
        assertThat(answers.remove(told.group(1))).as(line).isEqualTo(told.group(2));
        String before = rules.putIfAbsent(told.group(3), told.group(2));
        assertThat(before == null || before.equals(told.group(2))).as(line).isTrue();
      }
      assertThat(answers).isEmpty();
      assertThat(rules.values()).containsExactlyInAnyOrder("one", "two");
    }
  }

  /// Until all have asked what they ask.
  private void turn(Opened gate, Authority site, Wish wish, List<Future<?>> running)
      throws Exception {
    for (int i = 0; i < 6 || !running.stream().allMatch(Future::isDone); i++) {
      switch (i % 3) {
        case 0 -> replace("contract.yaml", contract(i % 2 == 0 ? "two" : "one"));
        case 1 -> replace("contract.yaml", "openapi: 3.1.0\ninfo: {title: half");
        default -> {
          site.issue(wish).in(folder, "site");
          replace("contract.yaml", contract(i % 2 == 0 ? "two" : "one"));
        }
      }
      assertThat(gate.admin("/reload", "{}").statusCode()).isEqualTo(i % 3 == 1 ? 400 : 200);
    }
  }

  private static Void ask(
      int port,
      HttpClient.Version version,
      Authority site,
      String token,
      Map<String, String> answers)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/x"))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(30))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(Issued.plain(site.certificate()))
            .version(version)
            .build()) {
      for (int i = 0; i < REQUESTS; i++) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        Matcher seen = SEEN.matcher(answer.body());
        assertThat(seen.find()).as(answer.body()).isTrue();
        answers.put(answer.headers().firstValue("x-request-id").orElse(""), seen.group(1));
      }
    }
    return null;
  }
}
