package dev.gatewarden.platform.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Collections and recordings of which somebody hopes that they do harm, or tell what they hold.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInputTest {
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0";

  private static Node json(String text) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(
            new Place.Origin(URI.create("file:///shop.json"), "shop.json"),
            text.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return Json.text(Json.of(text));
  }

  private static Node collection(List<String> variables, String... requests) {
    return json(
        "{\"info\":{\"name\":\"Shop\"},\"variable\":["
            + String.join(",", variables)
            + "],\"item\":["
            + String.join(",", requests)
            + "]}");
  }

  private static String variable(String name, String value) {
    return "{\"key\":" + quoted(name) + ",\"value\":" + quoted(value) + "}";
  }

  private static String post(String name, String url, String body) {
    return "{\"name\":"
        + quoted(name)
        + ",\"request\":{\"method\":\"POST\",\"url\":"
        + quoted(url)
        + ",\"body\":{\"mode\":\"raw\",\"raw\":"
        + quoted(body)
        + "}}}";
  }

  private static String entry(String method, String url, String status, String sent) {
    return "{\"request\":{\"method\":"
        + quoted(method)
        + ",\"url\":"
        + quoted(url)
        + ",\"headers\":[],\"postData\":{\"mimeType\":\"application/json\",\"text\":"
        + quoted(sent)
        + "}},\"response\":{\"status\":"
        + status
        + ",\"content\":{\"mimeType\":\"application/json\",\"text\":\"{}\"}}}";
  }

  private static Node recording(String... entries) {
    return json("{\"log\":{\"entries\":[" + String.join(",", entries) + "]}}");
  }

  private static Inferred inferred(Node document) {
    return Objects.requireNonNull(Inputs.inferred(document, Inputs.Told.NOTHING));
  }

  /// Everything that others could print of it.
  private static String all(Inferred inferred) {
    StringBuilder all = new StringBuilder(Json.text(inferred.contract()));
    inferred.remarks().forEach(each -> all.append(each).append(each.problem().advice()));
    Json.at(inferred.contract(), List.of("paths"));
    ((Node.Obj) Objects.requireNonNull(inferred.contract().get("paths")))
        .entries()
        .forEach(
            path ->
                ((Node.Obj) path.value())
                    .entries()
                    .forEach(
                        one -> {
                          String id = Json.scalar(Json.at(one.value(), List.of("operationId")));
                          inferred
                              .seen()
                              .of(String.valueOf(id))
                              .forEach(
                                  each -> {
                                    all.append(each.path()).append(each.query());
                                    Node body = each.body();
                                    all.append(body == null ? "" : Json.text(body));
                                  });
                        }));
    return all.toString();
  }

  @Test
  void refuses_variables_that_stand_for_one_another_without_end() {
    List<String> chain = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      chain.add(variable("v" + i, "{{v" + (i + 1) + "}}"));
    }
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(() -> inferred(collection(chain, post("a", "http://a.example/{{v0}}", "{}"))));
  }

  @Test
  void refuses_variables_that_grow_with_each_other() {
    List<String> grow = new ArrayList<>(List.of(variable("v0", "ha")));
    for (int i = 1; i < 40; i++) {
      grow.add(variable("v" + i, ("{{v" + (i - 1) + "}}").repeat(10)));
    }
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(() -> inferred(collection(grow, post("a", "http://a.example/{{v39}}", "{}"))));
  }

  @Test
  void bounds_what_all_requests_make_of_their_variables_together() {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      requests.add(post("r" + i, "http://a.example/r" + i, "{\"a\":\"{{big}}\"}"));
    }
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(
            () ->
                inferred(
                    collection(
                        List.of(
                            variable("part", "x".repeat(9_000)),
                            variable("big", "{{part}}".repeat(100))),
                        requests.toArray(String[]::new))));
  }

  @Test
  void reads_braces_that_are_no_variables_in_no_time() {
    Inferred inferred =
        inferred(
            collection(
                List.of(),
                post("a", "http://a.example/a", "{{x}} " + "{".repeat(400_000)),
                post("b", "http://a.example/b", "{{x}} " + "{".repeat(400_000) + "}}")));

    assertThat(inferred.remarks().toString()).hasSizeLessThan(1_000);
  }

  @Test
  void tells_nothing_of_a_body_that_has_braces() {
    assertThat(
            all(
                inferred(
                    collection(
                        List.of(),
                        post("a", "http://a.example/a", "{{\"password\":\"hunter2\"}} {{x}}")))))
        .doesNotContain("hunter2");
  }

  @Test
  void tells_no_secret_of_an_address() {
    Inferred inferred =
        inferred(
            recording(
                entry(
                    "POST",
                    "https://anna:hunter2@a.example/orders?reset_token=t0psecret",
                    "201",
                    "{}"),
                entry("POST", "https://a.example/orders?sig=s1gned&key=AIzaSyA-key", "201", "{}"),
                entry("POST", "https://a.example/verify/" + JWT, "200", "{}"),
                entry(
                    "POST",
                    "https://bob:swordfish@b.example/services/T0123/B0123/XhookX1234567890",
                    "200",
                    "{}")));

    assertThat(all(inferred))
        .doesNotContain("hunter2", "t0psecret", "s1gned", "AIzaSyA", "swordfish", "XhookX", JWT);
    assertThat(Json.text(Objects.requireNonNull(inferred.contract().get("servers"))))
        .isEqualTo("[{\"url\":\"https://a.example\"}]");
  }

  @Test
  void tells_no_secret_of_a_body() {
    Inferred inferred =
        inferred(
            recording(
                entry(
                    "POST",
                    "https://a.example/login",
                    "200",
                    "{\"user\":\"anna\",\"pwd\":\"hunter2\",\"pin\":4711,\"otp\":818283,"
                        + "\"tokens\":[\"t0psecret\"],\"credentials\":{\"value\":\"swordfish\"},"
                        + "\"code_verifier\":\"v3rifier\",\"session\":\""
                        + JWT
                        + "\"}")));

    assertThat(all(inferred))
        .doesNotContain("hunter2", "4711", "818283", "t0psecret", "swordfish", "v3rifier", JWT)
        .contains("anna");
  }

  @Test
  void calls_no_operation_by_the_address_that_is_its_name() {
    Inferred inferred =
        inferred(
            collection(
                List.of(),
                post(
                    "https://a.example/orders?api_key=t0psecret", "https://a.example/orders", "{}"),
                post("{{baseUrl}}/items?token=t0psecret", "https://a.example/items", "{}")));

    assertThat(all(inferred)).doesNotContain("t0psecret").contains("postOrders", "postItems");
  }

  @Test
  void leaves_out_answers_whose_status_is_none() {
    Inferred inferred =
        inferred(
            recording(
                entry("POST", "https://a.example/a", "200", "{}"),
                entry("POST", "https://a.example/b", "1e9", "{}"),
                entry("POST", "https://a.example/c", "-12", "{}"),
                entry("POST", "https://a.example/d", "0.5", "{}"),
                entry("POST", "https://a.example/e", "999", "{}")));

    assertThat(Json.text(inferred.contract()))
        .contains("\"/a\"")
        .doesNotContain("1000000000", "\"-12\"", "\"0\"", "\"999\"");
  }

  @Test
  void takes_hosts_for_the_same_that_are() {
    Inferred inferred =
        inferred(
            recording(
                entry("POST", "https://API.Example:443/a", "200", "{}"),
                entry("POST", "https://api.example/b", "200", "{}")));

    assertThat(inferred.remarks().toString()).doesNotContain("another host");
  }

  @Test
  void leaves_out_addresses_that_are_longer_than_any() {
    Inferred inferred =
        inferred(
            recording(
                entry("POST", "https://a.example/" + "a/".repeat(200_000), "200", "{}"),
                entry("POST", "https://a.example/orders", "200", "{}")));

    assertThat(((Node.Obj) Objects.requireNonNull(inferred.contract().get("paths"))).members())
        .containsOnlyKeys("/orders");
  }

  @Test
  void reads_the_requests_of_a_target_that_names_no_port() {
    Node busy =
        recording(
            entry("POST", "https://busy.example/a", "200", "{}"),
            entry("POST", "https://busy.example/b", "200", "{}"),
            entry("POST", "https://api.example/c", "200", "{}"));
    Inferred inferred =
        Objects.requireNonNull(
            Inputs.inferred(busy, new Inputs.Told(null, Set.of(), "api.example:443", "")));

    assertThat(((Node.Obj) Objects.requireNonNull(inferred.contract().get("paths"))).members())
        .containsOnlyKeys("/c");
  }
}
