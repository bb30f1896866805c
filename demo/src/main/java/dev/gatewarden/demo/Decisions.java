package dev.gatewarden.demo;

import dev.gatewarden.demo.attack.Contest;
import dev.gatewarden.demo.attack.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the gate's own surface why it refused: on the wire a foreign order looks like an absent
/// one.
///
/// @param admin where that surface is
/// @param token what operators bring there
record Decisions(HttpClient client, URI admin, String token) implements Contest.Reasons {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int TRIES = 40;
  private static final Duration PAUSE = Duration.ofMillis(25);

  @Override
  public String of(Seen seen) throws IOException, InterruptedException {
    String id = id(seen);
    if (id.isEmpty()) {
      return "";
    }
    for (int i = 0; i < TRIES; i++) {
      HttpResponse<String> line =
          client.send(
              HttpRequest.newBuilder(admin.resolve("/decisions/" + id))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (line.statusCode() == 200) {
        return telling(JSON.readTree(line.body()).path("reasons"));
      }
      // The line is written after the answer has left.
      Thread.sleep(PAUSE);
    }
    return "";
  }

  /// The first reason that is not said of every answer.
  private static String telling(JsonNode reasons) {
    for (JsonNode reason : reasons) {
      String code = reason.asString("");
      if (!code.startsWith("cors.") && !code.startsWith("security-headers.")) {
        return code;
      }
    }
    return "";
  }

  private static String id(Seen seen) {
    String instance = seen.json().path("instance").asString("");
    return instance.isEmpty()
        ? seen.header("x-request-id")
        : instance.substring(instance.lastIndexOf(':') + 1);
  }
}
