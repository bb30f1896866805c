package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Shelves;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTP/2 over TLS is judged as HTTP/1.1 is.
class Http2Test {

  private static final String OF_ALICE = "/v1/orders/" + Shelves.OF_ALICE;

  @TempDir private static Path folder;

  private static ShopAtTheGate shop;
  private static HttpClient client;
  private static URI gate;

  @BeforeAll
  static void open() throws Exception {
    SelfSigned site = SelfSigned.in(folder);
    shop =
        ShopAtTheGate.start(
            EnumSet.allOf(Fault.class),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change(
                        "{port: 8080}",
                        "{port: 0, bind: 127.0.0.1, tls: {certificate: '"
                            + site.certificate()
                            + "', key: 'file:"
                            + site.key()
                            + "'}}"));
    shop.side().reset();
    client =
        HttpClient.newBuilder().sslContext(site.trust()).version(HttpClient.Version.HTTP_2).build();
    gate = URI.create("https://127.0.0.1:" + shop.uri().getPort());
  }

  @AfterAll
  static void close() throws Exception {
    client.close();
    shop.close();
  }

  @Test
  void speaks_http_2_where_the_client_does() throws Exception {
    HttpResponse<String> response = get(OF_ALICE, shop.side().token(ALICE));

    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(Shelves.ALICES_ADDRESS);
  }

  @Test
  void refuses_there_what_it_refuses_elsewhere() throws Exception {
    assertThat(get(OF_ALICE, shop.side().token(BOB)).statusCode()).isEqualTo(404);
    assertThat(get("/nowhere", shop.side().token(ALICE)).statusCode()).isEqualTo(404);
    assertThat(get("/v1/orders", "none").statusCode()).isEqualTo(401);
  }

  @Test
  void keeps_many_requests_on_one_connection_apart() {
    String alice = shop.side().token(ALICE);
    String bob = shop.side().token(BOB);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(
          client.sendAsync(
              request("/v1/profile", i % 2 == 0 ? alice : bob), BodyHandlers.ofString()));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).join().body())
          .contains(i % 2 == 0 ? "alice@north.example" : "bob@north.example");
    }
  }

  private static HttpResponse<String> get(String path, String token) throws Exception {
    return client.send(request(path, token), BodyHandlers.ofString());
  }

  private static HttpRequest request(String path, String token) {
    return HttpRequest.newBuilder(gate.resolve(path))
        .header("Authorization", "Bearer " + token)
        .build();
  }
}
