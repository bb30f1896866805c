package dev.gatewarden.acceptance.object;

import static dev.gatewarden.acceptance.object.Caller.ALICE;
import static dev.gatewarden.acceptance.object.Caller.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the gate asks the service whose an object is: by path, by query, below parents, once.
class LookUpTest {
  private static final String CONTRACT =
      """
      openapi: 3.2.0
      info: {title: Library, version: '1'}
      servers: [{url: /}]
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          shelf: {id: {at: /id}, owner: {at: /ownerId}, tenant: {at: /tenantId}, read-by: getShelf}
          book:
            id: {at: /id}
            owner: {at: /ownerId}
            tenant: {at: /tenantId}
            parent: {shelf: /shelfId}
            refs: {shelf: /movedTo}
            read-by: getBook
        schemas:
          Thing:
            type: object
            properties:
              id: {type: string}
              ownerId: {type: string}
              tenantId: {type: string}
              shelfId: {type: string}
              secret: {type: string}
          Move: {type: object, additionalProperties: false, properties: {movedTo: {type: string, maxLength: 60}, note: {type: string, maxLength: 60}}}
      paths:
        /shelf:
          get:
            operationId: getShelf
            x-gatewarden-object: {type: shelf, id: query.id}
            parameters: [{name: id, in: query, required: true, schema: {type: string, maxLength: 60}}]
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
        /shelves/{shelf}/books/{book}:
          parameters:
          - {name: shelf, in: path, required: true, schema: {type: string, maxLength: 60}}
          - {name: book, in: path, required: true, schema: {type: string, maxLength: 60}}
          get:
            operationId: getBook
            x-gatewarden-object: {type: book, id: path.book, within: {shelf: path.shelf}}
            responses: {'200': {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
          put:
            x-gatewarden-object: {type: book, id: path.book, within: {shelf: path.shelf}}
            requestBody:
              content:
                application/json: {schema: {$ref: '#/components/schemas/Move'}}
                application/xml: {schema: {$ref: '#/components/schemas/Move'}}
            responses: {'204': {description: done}}
        /shelves/{shelf}/books:
          post:
            x-gatewarden-object: {type: book, does: create, within: {shelf: path.shelf}}
            parameters: [{name: shelf, in: path, required: true, schema: {type: string, maxLength: 60}}]
            requestBody: {content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Move'}}}}
            responses: {'204': {description: done}}
        /books:
          post:
            x-gatewarden-object: {type: book, does: create, within: {shelf: body#/shelf}}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {shelf: {type: string, maxLength: 60}}}}}}
            responses: {'204': {description: done}}
      """;

  @TempDir static Path folder;
  private static Store store;
  private static ObjectGate gate;

  @BeforeAll
  static void open() throws Exception {
    store = new Store("[sb]-[a-z]+(?:&x=1)?");
    for (Caller of : List.of(ALICE, BOB)) {
      String shelf = "s-" + of.subject();
      store.put(shelf, Depot.of(shelf, "ownerId", of, Map.of()));
      String book = "b-" + of.subject();
      store.put(book, Depot.of(book, "ownerId", of, Map.of("shelfId", shelf)));
    }
    store.put("s-odd&x=1", Depot.of("s-odd&x=1", "ownerId", ALICE, Map.of()));
    gate = ObjectGate.start(folder, store, CONTRACT, "", "");
  }

  @AfterAll
  static void close() {
    gate.close();
  }

  @AfterEach
  void tidy() {
    store.meanwhile = () -> {};
    store.takeWrites();
  }

  private static HttpResponse<String> put(String path, String json) throws Exception {
    return gate.send(ALICE, gate.json("PUT", path, json));
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void asks_below_parents_and_by_query_and_encodes_what_it_asks_for() throws Exception {
    int before = store.seen().size();
    HttpResponse<String> told =
        put("/shelves/s-alice/books/b-alice", "{\"movedTo\":\"s-odd&x=1\"}");

    assertThat(told.statusCode()).isEqualTo(204);
    assertThat(asked(before))
        .containsExactlyInAnyOrder(
            "GET /shelf?id=s-alice",
            "GET /shelves/s-alice/books/b-alice",
            "GET /shelf?id=s-odd%26x%3D1",
            "PUT /shelves/s-alice/books/b-alice");
    assertThat(put("/shelves/s-alice/books/b-alice", "{\"movedTo\":\"s-bob\"}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void asks_for_each_object_once_in_a_request_however_many_guards_want_to_know() throws Exception {
    int before = store.seen().size();
    put("/shelves/s-alice/books/b-alice", "{\"movedTo\":\"s-alice\",\"note\":\"mine\"}");

    assertThat(asked(before)).doesNotHaveDuplicates();
  }

  @Test
  void callers_who_ask_at_once_share_what_they_are_told() throws Exception {
    int at = 6;
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    store.meanwhile =
        () -> {
          arrived.countDown();
          await(go);
        };
    int before = store.seen().size();
    try (ExecutorService threads = Executors.newFixedThreadPool(at)) {
      Callable<Integer> asking =
          () ->
              gate.send(BOB, gate.json("PUT", "/shelves/s-alice/books/b-alice", "{}")).statusCode();
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < at; i++) {
        all.add(threads.submit(asking));
      }
      await(arrived);
      go.countDown();
      for (Future<Integer> each : all) {
        assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(404);
      }
    }
    assertThat(store.seen().size() - before).isBetween(1, at);
    assertThat(store.takeWrites()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void finds_ids_in_xml_and_in_lines() throws Exception {
    assertThat(xml("s-bob")).isEqualTo(404);
    assertThat(lines("s-bob")).isEqualTo(404);
    assertThat(store.takeWrites()).isEmpty();
    assertThat(xml("s-alice")).isEqualTo(204);
    assertThat(lines("s-alice")).isEqualTo(204);
    assertThat(store.takeWrites()).hasSize(2);
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void judges_a_parent_that_stands_in_the_body() throws Exception {
    for (String shelf : List.of("s-alice", "s-bob", "s-nobody")) {
      HttpResponse<String> told =
          gate.send(ALICE, gate.json("POST", "/books", "{\"shelf\":\"" + shelf + "\"}"));

      boolean own = shelf.equals("s-alice");
      assertThat(told.statusCode()).as(shelf).isEqualTo(own ? 204 : 404);
      assertThat(store.takeWrites()).hasSize(own ? 1 : 0);
    }
  }

  private static int xml(String shelf) throws Exception {
    return gate.send(
            ALICE,
            gate.typed(
                "PUT",
                "/shelves/s-alice/books/b-alice",
                "application/xml",
                "<Move><movedTo>" + shelf + "</movedTo></Move>"))
        .statusCode();
  }

  private static int lines(String shelf) throws Exception {
    return gate.send(
            ALICE,
            gate.typed(
                "POST",
                "/shelves/s-alice/books",
                "application/jsonl",
                "{\"note\":\"one\"}\n{\"movedTo\":\"" + shelf + "\"}\n"))
        .statusCode();
  }

  private static List<String> asked(int from) {
    return store.seen().subList(from, store.seen().size()).stream().map(LookUpTest::line).toList();
  }

  private static String line(Incoming request) {
    return request.method() + " " + request.target();
  }
}
