package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers page by a text that the gate gave them, over a service that counts.
final class PageCursorTest {
  private static final int ITEMS = 7;
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Things, version: '1'}
      security: [{token: []}]
      components:
        securitySchemes:
          token: {type: http, scheme: bearer, bearerFormat: JWT}
      paths:
        /things:
          get:
            operationId: listThings
            x-gatewarden-object: {none: numbers are nobody's}
            x-gatewarden-cursor: {in: cursor, offset: skip}
            parameters:
            - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 3, default: 3}}
            - {name: cursor, in: query, schema: {type: string, maxLength: 100}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {type: integer}}}}}}}
        /pages:
          get:
            operationId: listPages
            x-gatewarden-object: {none: numbers are nobody's}
            x-gatewarden-cursor: {in: page, page: page}
            parameters:
            - {name: page, in: query, schema: {type: string, maxLength: 100}}
            responses:
              '200': {description: ok, content: {application/json: {schema: {type: array, items: {type: integer}}}}}
        /reports:
          get:
            operationId: listReports
            x-gatewarden-object: {none: numbers are nobody's}
            x-gatewarden-cursor: {in: cursor, offset: skip}
            parameters:
            - {name: cursor, in: query, schema: {type: string, maxLength: 100}}
            responses:
              '200': {description: ok, content: {text/csv: {}, application/json: {schema: {type: array}}}}
        /anything:
          get:
            operationId: listAnything
            x-gatewarden-object: {none: numbers are nobody's}
            x-gatewarden-cursor: {in: cursor, offset: skip}
            parameters:
            - {name: cursor, in: query, schema: {type: string, maxLength: 100}}
            responses:
              '200': {description: ok}
      """;
  private static final Signed CORP = Signed.of("corp");
  private static final String ALICE = CORP.token("alice", "north");

  @TempDir private Path folder;
  private Echo service;
  private Opened gate;
  private boolean links;
  private Answer odd = Answer.json(200, "[]");

  @BeforeEach
  void open() throws IOException {
    service =
        Echo.answering(
            asked -> {
              String query = String.valueOf(asked.target());
              if (query.startsWith("/reports") || query.startsWith("/anything")) {
                return odd;
              }
              if (query.startsWith("/pages")) {
                long page = Long.parseLong(said(query, "page", "1"));
                return Answer.json(200, data((page - 1) * 3, 3));
              }
              long skip = Long.parseLong(said(query, "skip", "0"));
              long limit = Long.parseLong(said(query, "limit", "3"));
              Answer answer = Answer.json(200, "{\"data\":" + data(skip, limit) + "}");
              return links
                  ? answer.with("Link", "</things?skip=" + (skip + 3) + ">; rel=\"next\"")
                  : answer;
            });
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("ids.key"), "k".repeat(40));
    gate =
        Opened.gate(
            folder,
            Opened.before(
                service.uri(), CORP, "tenancy: token", "opaque-ids: {keys: [file:ids.key]}"),
            CONTRACT);
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
    service.close();
  }

  @Test
  @Requirement(id = "LIM-7", without = "opaque-ids")
  void leads_callers_through_a_list_by_texts_that_say_nothing() throws Exception {
    assertThat(walked("/things?limit=2")).containsExactly("[0, 1]", "[2, 3]", "[4, 5]", "[6]");
    assertThat(service.seen().getLast().target()).isEqualTo("/things?limit=2&skip=7");
    assertThat(walked("/pages")).containsExactly("[0, 1, 2]", "[3, 4, 5]", "[6]");
  }

  @Test
  @Requirement(id = "LIM-7", without = "opaque-ids")
  void takes_no_place_that_it_did_not_give_out() throws Exception {
    String cursor = next(gate.get("/things", ALICE)).replaceAll(".*cursor=", "");
    assertThat(cursor).isNotEmpty();
    assertThat(gate.get("/things?cursor=" + cursor, ALICE).statusCode()).isEqualTo(200);
    int before = service.seen().size();
    String other = (cursor.charAt(0) == 'A' ? "B" : "A") + cursor.substring(1);
    for (String odd :
        List.of("skip=3", "cursor=3", "cursor=", "cursor=" + other, "skip=3&cursor=" + cursor)) {
      assertThat(gate.get("/things?" + odd, ALICE).statusCode()).as(odd).isEqualTo(400);
    }
    assertThat(gate.get("/pages?page=" + cursor, ALICE).statusCode()).isEqualTo(400);
    assertThat(gate.get("/things?cursor=" + cursor, CORP.token("sue", "south")).statusCode())
        .isEqualTo(400);
    assertThat(service.seen()).hasSize(before);
  }

  @Test
  @Requirement(id = "LIM-7", without = "opaque-ids")
  void shows_the_services_own_link_with_a_cursor() throws Exception {
    links = true;
    String link = next(gate.get("/things", ALICE));
    assertThat(link).startsWith("/things?cursor=").doesNotContain("skip");
    assertThat(gate.get(link, ALICE).body()).isEqualTo("{\"data\":[3, 4, 5]}");
  }

  @Test
  void does_not_look_for_items_in_what_it_has_not_read_as_json() throws Exception {
    for (String text : List.of("[open, for ever", "{\"a", "[1,[2,\"3", "{\"a\":[1 2 3", "[")) {
      odd = Answer.of(200, "text/csv", text);
      HttpResponse<String> answer = gate.get("/reports", ALICE);
      assertThat(answer.statusCode()).as(text).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(text);
      assertThat(next(answer)).isEmpty();
      odd = Answer.json(200, text);
      assertThat(gate.get("/reports", ALICE).statusCode()).as(text).isIn(200, 502);
      assertThat(gate.get("/anything", ALICE).statusCode()).as(text).isEqualTo(200);
    }
  }

  @Test
  void takes_one_place_at_a_time_and_no_other_spelling_of_it() throws Exception {
    String cursor = next(gate.get("/things", ALICE)).replaceAll(".*cursor=", "");
    int before = service.seen().size();
    for (String odd :
        List.of(
            "cursor=" + cursor + "&cursor=" + cursor,
            "cursor[]=" + cursor,
            "%73kip=3",
            "skip[]=3",
            "SKIP=3",
            "cursor=" + cursor + "&skip",
            "cursor=%20" + cursor)) {
      assertThat(gate.get("/things?" + odd, ALICE).statusCode()).as(odd).isEqualTo(400);
    }
    assertThat(service.seen()).hasSize(before);
    assertThat(gate.status("HEAD", "/things?cursor=" + cursor, ALICE)).isEqualTo(200);
    assertThat(gate.status("HEAD", "/things?skip=3", ALICE)).isEqualTo(400);
  }

  private List<String> walked(String from) throws Exception {
    List<String> pages = new ArrayList<>();
    String at = from;
    while (!at.isEmpty() && pages.size() < 2 * ITEMS) {
      HttpResponse<String> page = gate.get(at, ALICE);
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      String items = page.body().replaceAll(".*(\\[.*]).*", "$1");
      if (!items.equals("[]")) {
        pages.add(items);
      }
      at = next(page);
    }
    return pages;
  }

  private static String next(HttpResponse<String> page) {
    return page.headers()
        .firstValue("link")
        .map(link -> link.replaceAll("^<(.*)>; rel=\"next\"$", "$1"))
        .orElse("");
  }

  private static String data(long from, long most) {
    return IntStream.range((int) from, (int) Math.min(ITEMS, from + most))
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String said(String target, String name, String otherwise) {
    for (String pair : target.replaceAll("^[^?]*\\??", "").split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return otherwise;
  }
}
