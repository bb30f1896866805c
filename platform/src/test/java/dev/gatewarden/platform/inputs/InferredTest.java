package dev.gatewarden.platform.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Identity.Presented;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What collections and recordings show of a contract.
class InferredTest {
  private static Node json(String text) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(
            new Place.Origin(URI.create("file:///shop.json"), "shop.json"),
            text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Node collection(String more, String... requests) {
    return json(
        "{'info':{'name':'Shop','schema':'https://schema.getpostman.com/json/collection/v2.1.0/'},"
            + more
            + "'item':["
            + String.join(",", requests)
            + "]}");
  }

  private static String request(String name, String request) {
    return "{'name':'" + name + "','request':" + request + "}";
  }

  private static Inferred inferred(Node document) {
    return Objects.requireNonNull(Inputs.inferred(document, Inputs.Told.NOTHING));
  }

  private static List<String> operations(Inferred inferred) {
    List<String> found = new ArrayList<>();
    Obj paths = (Obj) Objects.requireNonNull(inferred.contract().get("paths"));
    for (Node.Member path : paths.entries()) {
      for (Node.Member method : ((Obj) path.value()).entries()) {
        found.add(method.name() + " " + path.name());
      }
    }
    return found;
  }

  private static String at(Inferred inferred, String... path) {
    Node found = Json.at(inferred.contract(), List.of(path));
    return found == null ? "" : Json.text(found);
  }

  private static String entry(String method, String url, int status, String body) {
    return "{'request':{'method':'"
        + method
        + "','url':'"
        + url
        + "','headers':[{'name':'Authorization','value':'Bearer t'}]},'response':{'status':"
        + status
        + ",'content':{'mimeType':'application/json','text':'"
        + body.replace("'", "\\\"")
        + "'}}}";
  }

  private static Node recording(String... entries) {
    return json("{'log':{'entries':[" + String.join(",", entries) + "]}}");
  }

  @Test
  void makes_one_template_of_what_is_written_in_several_ways() {
    Inferred inferred =
        inferred(
            collection(
                "",
                request("List", "'http://a.example/orders'"),
                request("Get", "'http://a.example/orders/:orderId'"),
                request("Change", "{'method':'PUT','url':'http://a.example/orders/17'}"),
                request("Drop", "{'method':'DELETE','url':'http://a.example/orders/{{order}}'}")));

    assertThat(operations(inferred))
        .containsExactly(
            "get /orders",
            "get /orders/{orderId}",
            "put /orders/{orderId}",
            "delete /orders/{orderId}");
  }

  @Test
  void tells_a_name_in_a_path_by_the_answer_that_repeats_it() {
    Inferred inferred =
        inferred(
            recording(
                entry("GET", "http://a.example/users/v1/anna", 200, "{'username':'anna'}"),
                entry("DELETE", "http://a.example/users/v1/anna", 204, ""),
                entry("GET", "http://a.example/users/v1/me", 200, "{'username':'anna'}"),
                entry("GET", "http://a.example/users/v1/search", 200, "{'found':0}")));

    assertThat(operations(inferred))
        .containsExactly(
            "get /users/v1/{userId}",
            "delete /users/v1/{userId}",
            "get /users/v1/me",
            "get /users/v1/search");
  }

  @Test
  void requires_what_was_always_there_and_forbids_nothing() {
    Inferred inferred =
        inferred(
            recording(
                entry("GET", "http://a.example/items/1", 200, "{'id':1,'size':2.5,'at':null}"),
                entry(
                    "GET",
                    "http://a.example/items/2",
                    200,
                    "{'id':2,'size':3,'at':'2026-01-31T12:00:00Z','note':'x'}")));

    assertThat(
            at(
                inferred,
                "paths",
                "/items/{itemId}",
                "get",
                "responses",
                "200",
                "content",
                "application/json",
                "schema"))
        .contains("\"required\":[\"id\",\"size\",\"at\"]")
        .contains("\"size\":{\"type\":\"number\"}")
        .contains("\"type\":[\"null\",\"string\"],\"format\":\"date-time\"")
        .doesNotContain("additionalProperties");
  }

  @Test
  void inherits_authorization_until_something_says_otherwise() {
    Inferred inferred =
        inferred(
            collection(
                "'auth':{'type':'apikey','apikey':[{'key':'key','value':'X-Key'},"
                    + "{'key':'value','value':'{{key}}'}]},",
                request("Mine", "'http://a.example/mine'"),
                request(
                    "Shared",
                    "{'method':'GET','url':'http://a.example/shared','auth':{'type':'noauth'}}"),
                "{'name':'Staff','auth':{'type':'basic','basic':{'username':'u','password':'p'}},"
                    + "'item':["
                    + request("Audit", "'http://a.example/audit'")
                    + "]}"));

    assertThat(at(inferred, "paths", "/mine", "get", "security"))
        .isEqualTo("[{\"header-X-Key\":[]}]");
    assertThat(at(inferred, "paths", "/shared", "get", "security")).isEqualTo("[]");
    assertThat(at(inferred, "paths", "/audit", "get", "security")).isEqualTo("[{\"basic\":[]}]");
    assertThat(at(inferred, "components", "securitySchemes", "basic"))
        .isEqualTo("{\"type\":\"http\",\"scheme\":\"basic\"}");
    assertThat(Json.text(inferred.contract())).doesNotContain("dTpw");
  }

  @Test
  void fills_variables_in_variables_and_folders_hide_the_collection() {
    Inferred inferred =
        inferred(
            collection(
                "'variable':[{'key':'base','value':'https://{{host}}/api'},"
                    + "{'key':'host','value':'a.example'},{'key':'kind','value':'big'}],",
                "{'name':'F','variable':[{'key':'kind','value':'small'}],'item':["
                    + request(
                        "Make",
                        "{'method':'POST','url':'{{base}}/boxes','body':{'mode':'raw','raw':"
                            + "'{\\\"kind\\\":\\\"{{kind}}\\\",\\\"count\\\":{{count}}}'}}")
                    + "]}"));

    assertThat(at(inferred, "servers")).isEqualTo("[{\"url\":\"https://a.example/api\"}]");
    assertThat(operations(inferred)).containsExactly("post /boxes");
    assertThat(inferred.remarks()).first().hasToString("`Make`: `{{count}}` has no value");
    assertThat(inferred.remarks().getFirst().problem().place().line()).isOne();
  }

  @Test
  void refuses_variables_that_stand_for_one_another() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(
            () ->
                inferred(
                    collection(
                        "'variable':[{'key':'a','value':'{{b}}'},{'key':'b','value':'{{a}}'}],",
                        request("X", "'{{a}}/x'"))))
        .withMessageContaining("in a circle: `a` → `b` → `a`");
  }

  @Test
  void refuses_collections_of_the_first_version() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(() -> inferred(json("{'id':'1','name':'Old','order':[],'requests':[]}")))
        .withMessageContaining("collection v1")
        .withMessageContaining("export it anew as `Collection v2.1`");
  }

  @Test
  void refuses_a_recording_without_a_call() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(() -> inferred(recording()))
        .withMessageContaining("no request in it");
  }

  @Test
  void leaves_contracts_to_say_themselves_what_they_promise() {
    assertThat(Inputs.inferred(json("{'openapi':'3.1.0','paths':{}}"), Inputs.Told.NOTHING))
        .isNull();
    assertThat(Inputs.inferred(json("{'info':{}}"), Inputs.Told.NOTHING)).isNull();
  }

  @Test
  void keeps_to_the_host_of_the_target_and_to_its_path() {
    Inputs.Told told = new Inputs.Told(null, Set.of(), "b.example", "/v2");
    Inferred inferred =
        Objects.requireNonNull(
            Inputs.inferred(
                recording(
                    entry("GET", "http://a.example/one", 200, "{'a':1}"),
                    entry("GET", "http://a.example/two", 200, "{'a':1}"),
                    entry("GET", "http://b.example/v2/three", 200, "{'a':1}")),
                told));

    assertThat(operations(inferred)).containsExactly("get /three");
    assertThat(inferred.remarks())
        .singleElement()
        .asString()
        .contains("requests to `a.example` are left out");
  }

  @Test
  void sends_nobodys_password_on() {
    Inferred inferred =
        inferred(
            collection(
                "",
                request(
                    "Log in",
                    "{'method':'POST','url':'http://a.example/login','body':{'mode':'urlencoded',"
                        + "'urlencoded':[{'key':'user','value':'anna'},"
                        + "{'key':'password','value':'s3cr3t-value'},"
                        + "{'key':'old','value':'1','disabled':true}]}}")));

    assertThat(Json.text(inferred.contract()))
        .contains("anna")
        .doesNotContain("s3cr3t-value")
        .doesNotContain("\"old\"");
    assertThat(inferred.seen().of("logIn").toString()).doesNotContain("s3cr3t-value");
  }

  @Test
  void takes_the_credential_of_a_collection_out_of_an_environment() {
    Node shop =
        collection(
            "'auth':{'type':'bearer','bearer':[{'key':'token','value':'{{token}}'}]},",
            request("X", "'http://a.example/x'"));
    Obj anna = (Obj) json("{'name':'anna','values':[{'key':'token','value':'t-1'}]}");
    Obj off = (Obj) json("{'name':'off','values':[{'key':'token','value':'t-1','enabled':false}]}");

    assertThat(Inputs.credential(shop, anna))
        .extracting(Presented::prefix, Presented::secret)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Bearer ", "t-1"));
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(() -> Inputs.credential(shop, off))
        .withMessageContaining("`{{token}}` of its `auth` has no value");
  }

  @Test
  void takes_a_session_cookie_for_the_credential_where_there_is_no_other() {
    Node recorded =
        json(
            "{'log':{'entries':[{'request':{'method':'GET','url':'http://a.example/x','headers':"
                + "[{'name':'Cookie','value':'theme=dark; sessionid=s-1; csrftoken=c'}]},"
                + "'response':{'status':200,'content':{'text':'{}'}}}]}}");

    assertThat(Inputs.credential(recorded, null))
        .extracting(Presented::toString, Presented::secret)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("COOKIE sessionid", "s-1"));
    assertThat(at(inferred(recorded), "components", "securitySchemes", "cookie-sessionid"))
        .isEqualTo("{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"sessionid\"}");
  }

  @Test
  void requires_no_page_and_no_number_of_a_request() {
    String more = "[{'name':'X-Request-Id','value':'6f1c1f64-0d3a-4c5e-9b1f-2f8a4f0e7a77'}]";
    Inferred inferred =
        inferred(
            recording(
                entry("GET", "http://a.example/books?page%5Bnumber%5D=1&pageNo=2", 200, "[]")
                    .replace("[{'name':'Authorization','value':'Bearer t'}]", more)));

    assertThat(at(inferred, "paths", "/books", "get", "parameters"))
        .contains("page[number]", "pageNo")
        .doesNotContain("\"required\":true", "X-Request-Id");
  }

  @Test
  void writes_nothing_beside_an_envelope() {
    Inferred inferred =
        inferred(
            recording(
                entry("GET", "http://a.example/loans", 200, "{'data':[{'id':'1','note':'x'}]}"),
                entry("POST", "http://a.example/loans", 201, "{'data':{'id':'1','note':'x'}}")
                    .replace(
                        "'headers'",
                        "'postData':{'mimeType':'application/json','text':'{\\\"data\\\":{\\\"note\\\":1}}'},"
                            + "'headers'")));

    assertThat(at(inferred, "paths", "/loans", "post", "requestBody"))
        .contains("\"data\"")
        .doesNotContain("\"id\"");
  }

  @Test
  void reads_bodies_with_the_comments_that_postman_permits() {
    Inferred inferred =
        inferred(
            collection(
                "",
                request(
                    "Make",
                    "{'method':'POST','url':'http://a.example/orders','body':{'mode':'raw','raw':'{"
                        + " // which one\\n"
                        + " \\\"at\\\": \\\"http://x\\\", /* how many */ \\\"size\\\": {{size}}"
                        + " }'}}")));

    assertThat(at(inferred, "paths", "/orders", "post", "requestBody")).contains("\"size\"", "uri");
  }
}
