package dev.gatewarden.acceptance.unfamiliar;

import static dev.gatewarden.acceptance.unfamiliar.Matrix.ALICE;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.GHOST;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.NOBODY;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.OWNERS;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Corpora;
import dev.gatewarden.acceptance.unfamiliar.Matrix.Rule;
import dev.gatewarden.acceptance.unfamiliar.Matrix.Way;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// VAmPI: books with a secret for their owner alone, and accounts.
@Timeout(180)
class VampiTest {
  private static final String OVERLAY =
      """
      overlay: 1.0.0
      info: {title: whose books and accounts are, version: 1.0.0}
      actions:
      - target: $.components
        update:
          x-gatewarden-objects:
            user:
              id: {at: /username}
              owner: {at: /username, is: principal.subject}
              access: {read: [anyone], write: [owner, 'role:admin']}
              read-by: api_views.users.get_by_username
            book:
              id: {at: /book_title}
              owner: {at: /owner, is: principal.subject}
              known-by: [relation, response]
      - {target: "$.paths['/createdb'].get", update: {security: [{bearerAuth: []}], x-gatewarden-permission: {roles: [admin]}, x-gatewarden-object: {none: all of it}}}
      - {target: "$.paths['/'].get", update: {security: [], x-gatewarden-object: {none: a welcome}}}
      - {target: "$.paths['/users/v1'].get", update: {security: [], x-gatewarden-object: {type: user, does: list, items: 'response.body#/users'}}}
      - {target: "$.paths['/users/v1/_debug'].get", update: {security: [{bearerAuth: []}], x-gatewarden-permission: {roles: [admin]}, x-gatewarden-object: {type: user, does: list, items: 'response.body#/users'}}}
      - {target: "$.paths['/users/v1/register'].post", update: {security: [], x-gatewarden-object: {type: user, does: create, id: 'body#/username', access: [anyone]}}}
      - {target: "$.paths['/users/v1/login'].post", update: {security: [], x-gatewarden-object: {none: who signs in}}}
      - {target: "$.paths['/me'].get", update: {x-gatewarden-object: {type: user, does: read, at: 'response.body#/data', access: [owner]}}}
      - {target: "$.paths['/users/v1/{username}'].get", update: {security: [], x-gatewarden-object: {type: user, id: path.username}}}
      - {target: "$.paths['/users/v1/{username}'].delete", update: {x-gatewarden-permission: {roles: [admin]}, x-gatewarden-object: {type: user, id: path.username, access: ['role:admin']}}}
      - {target: "$.paths['/users/v1/{username}/email'].put", update: {x-gatewarden-object: {type: user, does: act, id: path.username, access: [owner]}}}
      - {target: "$.paths['/users/v1/{username}/password'].put", update: {x-gatewarden-object: {type: user, does: act, id: path.username, access: [owner]}}}
      - {target: "$.paths['/books/v1'].get", update: {security: [], x-gatewarden-object: {none: titles are public}}}
      - {target: "$.paths['/books/v1'].post", update: {x-gatewarden-object: {type: book, does: create, id: 'body#/book_title', learn: owner}}}
      - {target: "$.paths['/books/v1/{book_title}'].get", update: {x-gatewarden-object: {type: book, does: list, items: 'response.body#', foreign: deny}}}
      """;

  @TempDir private static Path folder;
  private static Shelf shelf;
  private static Matrix matrix;

  @BeforeAll
  static void open() throws Exception {
    Path contract = Corpora.file("openapi/vampi.yaml");
    shelf = new Shelf();
    matrix = Matrix.open(folder, new Seeded(), contract, OVERLAY, "bearerAuth");
  }

  @AfterAll
  static void close() {
    if (matrix != null) {
      matrix.close();
      shelf.close();
    }
  }

  private static final class Seeded implements Matrix.Faulty {
    @Override
    public URI uri() {
      return shelf.uri();
    }

    @Override
    public String fresh(Way way, String of) throws IOException, InterruptedException {
      for (String owner : OWNERS) {
        shelf.users.put(owner, false);
        shelf.books.put("book-of-" + owner, owner);
      }
      shelf.users.remove("newcomer");
      return way.path().startsWith("/books") ? "book-of-" + of : of;
    }

    @Override
    public List<String> takeWrites() {
      return shelf.takeWrites();
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  @Requirement(id = "AUT-2", without = "object-release")
  void every_cell_is_answered_as_the_contract_means_it() throws Exception {
    assertThat(
            matrix.wrong(
                List.of(
                    new Way("welcome", "GET", "/", "", Rule.ANYBODY, 200, false),
                    new Way("make it anew", "GET", "/createdb", "", Rule.ADMIN, 200, true),
                    new Way("users", "GET", "/users/v1", "", Rule.ANYBODY, 200, false),
                    new Way("debug", "GET", "/users/v1/_debug", "", Rule.ADMIN, 200, false),
                    new Way(
                        "sign in",
                        "POST",
                        "/users/v1/login",
                        "{\"username\":\"alice\",\"password\":\"p\"}",
                        Rule.ANYBODY,
                        200,
                        true),
                    new Way(
                        "register",
                        "POST",
                        "/users/v1/register",
                        "{\"username\":\"newcomer\",\"password\":\"p\",\"email\":\"n@mail.example\"}",
                        Rule.ANYBODY,
                        200,
                        true),
                    new Way("me", "GET", "/me", "", Rule.SIGNED_IN, 200, false),
                    new Way("look", "GET", "/users/v1/{of}", "", Rule.ANYBODY, 200, false),
                    new Way("delete", "DELETE", "/users/v1/{of}", "", Rule.ADMIN, 200, true),
                    new Way(
                        "email",
                        "PUT",
                        "/users/v1/{of}/email",
                        "{\"email\":\"x@mail.example\"}",
                        Rule.OWNER,
                        204,
                        true),
                    new Way(
                        "password",
                        "PUT",
                        "/users/v1/{of}/password",
                        "{\"password\":\"taken\"}",
                        Rule.OWNER,
                        204,
                        true),
                    new Way("titles", "GET", "/books/v1", "", Rule.ANYBODY, 200, false),
                    new Way("secret", "GET", "/books/v1/{of}", "", Rule.OWNER, 200, false))))
        .isEmpty();
  }

  @Test
  @Requirement(id = "AUT-3")
  void nobody_registers_as_an_admin() throws Exception {
    String body =
        "{\"username\":\"eve\",\"password\":\"p\",\"email\":\"e@mail.example\",\"admin\":true}";
    assertThat(matrix.send(NOBODY, "POST", "/users/v1/register", body).statusCode()).isEqualTo(400);
    assertThat(shelf.users).doesNotContainKey("eve");
  }

  @Test
  @Requirement(id = "AUT-3", without = "excess-data")
  void nobodys_password_comes_with_what_was_promised() throws Exception {
    shelf.users.put(GHOST, false);
    assertThat(matrix.send(ALICE, "GET", "/me", "").body())
        .contains("\"username\":\"alice\"")
        .doesNotContain("secret-of");
    assertThat(matrix.send(ROOT, "GET", "/users/v1/_debug", "").body()).contains("\"username\"");
    shelf.users.remove(GHOST);
  }
}
