package dev.gatewarden.acceptance.unfamiliar;

import static dev.gatewarden.acceptance.unfamiliar.Matrix.ALICE;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.BOB;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.GHOST;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.NOBODY;
import static dev.gatewarden.acceptance.unfamiliar.Matrix.OWNERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Corpora;
import dev.gatewarden.acceptance.unfamiliar.Matrix.Rule;
import dev.gatewarden.acceptance.unfamiliar.Matrix.Way;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Conduit: a blog that everybody reads, where authors alone write what is theirs.
@Timeout(180)
class ConduitTest {
  private static final String OVERLAY =
      """
      overlay: 1.0.0
      info: {title: whose articles, comments and accounts are, version: 1.0.0}
      actions:
      - target: $.components
        update:
          x-gatewarden-objects:
            article:
              id: {at: /slug}
              owner: {at: /author/username, is: principal.subject}
              access: {read: [anyone], write: [owner]}
              read-by: GetArticle
            comment:
              id: {at: /id}
              owner: {at: /author/username, is: principal.subject}
              access: {read: [anyone], write: [owner]}
              known-by: [relation]
            user:
              id: {at: /username}
              owner: {at: /username, is: principal.subject}
            profile:
              id: {at: /username}
              owner: {at: /username, is: principal.subject}
              access: {read: [anyone], write: [owner]}
              read-by: GetProfileByUsername
      - {target: $.components.schemas.UpdateUser.properties.username, update: {x-gatewarden-write: []}}
      - target: $.components.securitySchemes.Token
        update: {type: http, scheme: bearer}
      - {target: "$.paths['/users/login'].post", update: {security: [], x-gatewarden-object: {none: who signs in}}}
      - {target: "$.paths['/users'].post", update: {security: [], x-gatewarden-object: {none: who registers}}}
      - {target: "$.paths['/user'].get", update: {x-gatewarden-object: {type: user, does: read, at: 'response.body#/user'}}}
      - {target: "$.paths['/user'].put", update: {x-gatewarden-object: {type: user, does: update, id: principal.subject}}}
      - {target: "$.paths['/profiles/{username}'].get", update: {security: [], x-gatewarden-object: {type: profile, id: path.username, at: 'response.body#/profile'}}}
      - {target: "$.paths['/profiles/{username}/follow'].post", update: {x-gatewarden-object: {none: anybody may follow}}}
      - {target: "$.paths['/profiles/{username}/follow'].delete", update: {x-gatewarden-object: {none: anybody may follow}}}
      - {target: "$.paths['/articles/feed'].get", update: {x-gatewarden-object: {type: article, does: list, items: 'response.body#/articles'}}}
      - {target: "$.paths['/articles'].get", update: {security: [], x-gatewarden-object: {type: article, does: list, items: 'response.body#/articles'}}}
      - {target: "$.paths['/articles'].post", update: {x-gatewarden-object: {type: article, does: create, id: 'response.body#/article/slug', learn: owner}}}
      - {target: "$.paths['/articles/{slug}'].get", update: {security: [], x-gatewarden-object: {type: article, id: path.slug, at: 'response.body#/article'}}}
      - {target: "$.paths['/articles/{slug}'].put", update: {x-gatewarden-object: {type: article, id: path.slug}}}
      - {target: "$.paths['/articles/{slug}'].delete", update: {x-gatewarden-object: {type: article, id: path.slug}}}
      - {target: "$.paths['/articles/{slug}/comments'].get", update: {security: [], x-gatewarden-object: {type: comment, does: list, items: 'response.body#/comments'}}}
      - {target: "$.paths['/articles/{slug}/comments'].post", update: {x-gatewarden-object: {type: comment, does: create, id: 'response.body#/comment/id', learn: owner}}}
      - {target: "$.paths['/articles/{slug}/comments/{id}'].delete", update: {x-gatewarden-object: {type: comment, id: path.id}}}
      - {target: "$.paths['/articles/{slug}/favorite'].post", update: {x-gatewarden-object: {type: article, does: act, id: path.slug, access: [anyone]}}}
      - {target: "$.paths['/articles/{slug}/favorite'].delete", update: {x-gatewarden-object: {type: article, does: act, id: path.slug, access: [anyone]}}}
      - {target: "$.paths['/tags'].get", update: {security: [], x-gatewarden-object: {none: words}}}
      """;

  private static final String LOGIN = "{\"user\":{\"email\":\"a@b.example\",\"password\":\"p\"}}";
  private static final String CHANGE = "{\"article\":{\"body\":\"changed\"}}";

  @TempDir private static Path folder;
  private static Blog blog;
  private static Matrix matrix;

  @BeforeAll
  static void open() throws Exception {
    Path contract = Corpora.file("openapi/conduit.yaml");
    blog = new Blog();
    matrix = Matrix.open(folder, new Seeded(), contract, OVERLAY, "Token");
  }

  @AfterAll
  static void close() {
    if (matrix != null) {
      matrix.close();
      blog.close();
    }
  }

  private static final class Seeded implements Matrix.Faulty {
    @Override
    public URI uri() {
      return blog.uri();
    }

    /// Articles are older than the gate; a comment is made through it.
    @Override
    public String fresh(Way way, String of) throws IOException, InterruptedException {
      OWNERS.forEach(each -> blog.articles.put("of-" + each, each));
      if (!way.path().contains("/comments/")) {
        return "of-" + of;
      }
      if (of.equals(GHOST)) {
        return "999999";
      }
      HttpResponse<String> made =
          matrix.send(of, "POST", "/articles/of-alice/comments", "{\"comment\":{\"body\":\"B\"}}");
      return Blog.JSON.readTree(made.body()).path("comment").path("id").asString("none made");
    }

    @Override
    public List<String> takeWrites() {
      return blog.takeWrites();
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-owner")
  void every_cell_is_answered_as_the_contract_means_it() throws Exception {
    assertThat(
            matrix.wrong(
                List.of(
                    new Way("sign in", "POST", "/users/login", LOGIN, Rule.ANYBODY, 200, true),
                    new Way(
                        "register",
                        "POST",
                        "/users",
                        LOGIN.replace("{\"email\"", "{\"username\":\"n\",\"email\""),
                        Rule.ANYBODY,
                        201,
                        true),
                    new Way("own account", "GET", "/user", "", Rule.SIGNED_IN, 200, false),
                    new Way(
                        "change own account",
                        "PUT",
                        "/user",
                        "{\"user\":{\"bio\":\"b\"}}",
                        Rule.SIGNED_IN,
                        200,
                        true),
                    new Way("profile", "GET", "/profiles/alice", "", Rule.ANYBODY, 200, false),
                    new Way(
                        "follow", "POST", "/profiles/bob/follow", "", Rule.SIGNED_IN, 200, true),
                    new Way(
                        "unfollow",
                        "DELETE",
                        "/profiles/bob/follow",
                        "",
                        Rule.SIGNED_IN,
                        200,
                        true),
                    new Way("feed", "GET", "/articles/feed", "", Rule.SIGNED_IN, 200, false),
                    new Way("articles", "GET", "/articles", "", Rule.ANYBODY, 200, false),
                    new Way("tags", "GET", "/tags", "", Rule.ANYBODY, 200, false),
                    new Way(
                        "write an article",
                        "POST",
                        "/articles",
                        "{\"article\":{\"title\":\"T\",\"description\":\"D\",\"body\":\"B\"}}",
                        Rule.SIGNED_IN,
                        201,
                        true),
                    new Way("read", "GET", "/articles/{of}", "", Rule.ANYBODY, 200, false),
                    new Way("change", "PUT", "/articles/{of}", CHANGE, Rule.OWNER, 200, true),
                    new Way("delete", "DELETE", "/articles/{of}", "", Rule.OWNER, 204, true),
                    new Way(
                        "favour", "POST", "/articles/{of}/favorite", "", Rule.SIGNED_IN, 200, true),
                    new Way(
                        "disfavour",
                        "DELETE",
                        "/articles/{of}/favorite",
                        "",
                        Rule.SIGNED_IN,
                        200,
                        true),
                    new Way(
                        "comments",
                        "GET",
                        "/articles/of-alice/comments",
                        "",
                        Rule.ANYBODY,
                        200,
                        false),
                    new Way(
                        "delete a comment",
                        "DELETE",
                        "/articles/of-alice/comments/{of}",
                        "",
                        Rule.OWNER,
                        204,
                        true))))
        .isEmpty();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void an_account_that_is_mixed_up_is_not_released() throws Exception {
    blog.confused = BOB;
    try {
      assertThat(matrix.send(BOB, "GET", "/user", "").statusCode()).isEqualTo(200);
      HttpResponse<String> told = matrix.send(ALICE, "GET", "/user", "");

      assertThat(told.body()).as("status " + told.statusCode()).doesNotContain("secret-of");
    } finally {
      blog.confused = "";
    }
  }

  @Test
  @Requirement(id = "AUT-3", without = "writable-fields")
  void nobody_writes_into_the_account_of_another_by_its_name() throws Exception {
    blog.takeWrites();
    String body = "{\"user\":{\"username\":\"bob\",\"password\":\"taken\"}}";

    assertThat(matrix.send(ALICE, "PUT", "/user", body).statusCode()).isEqualTo(403);
    assertThat(blog.takeWrites()).isEmpty();
  }

  @Test
  @Requirement(id = "AUT-3")
  void nobody_names_another_as_an_author() throws Exception {
    blog.articles.put("of-alice", ALICE);
    blog.takeWrites();
    String author = ",\"author\":{\"username\":\"bob\"}}}";
    String made = "{\"article\":{\"title\":\"T\",\"description\":\"D\",\"body\":\"B\"" + author;

    assertThat(matrix.send(ALICE, "POST", "/articles", made).statusCode()).isEqualTo(400);
    assertThat(
            matrix
                .send(ALICE, "PUT", "/articles/of-alice", "{\"article\":{\"body\":\"B\"" + author)
                .statusCode())
        .isEqualTo(400);
    assertThat(blog.takeWrites()).isEmpty();
  }

  @Test
  @Requirement(id = "AUT-3", without = "excess-data")
  void a_profile_shows_no_more_than_was_promised() throws Exception {
    assertThat(matrix.send(NOBODY, "GET", "/profiles/bob", "").body())
        .contains("\"username\":\"bob\"")
        .doesNotContain("secret-of");
  }
}
