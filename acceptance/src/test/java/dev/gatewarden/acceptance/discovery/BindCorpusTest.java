package dev.gatewarden.acceptance.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Cli;
import dev.gatewarden.acceptance.Corpora;
import dev.gatewarden.testkit.Ratchet;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contracts that others wrote, none of which says a word of owners.
class BindCorpusTest {
  /// An operation whose objects are proposed; a remark behind `#` is none.
  private static final Pattern BOUND = Pattern.compile("(?m)^ +(?:'[^']+'|[^#'\\s]+): \\{type: ");

  @Test
  @Requirement(id = "AUT-12")
  void finds_whose_books_are_in_a_contract_with_a_known_hole(@TempDir Path folder) {
    Cli bound = Cli.run(folder, "bind", Corpora.file("openapi/vampi.yaml").toString());

    assertThat(bound.out())
        .contains("owner: {at: '/owner', is: principal.subject}   # high")
        .contains(
            "api_views.books.get_by_title: {type: book, does: list, items: 'response.body#',"
                + " foreign: deny}")
        .contains("api_views.users.update_password: {type: user, does: act, id: path.username}");
  }

  @Test
  void finds_owners_below_an_envelope(@TempDir Path folder) {
    Cli bound = Cli.run(folder, "bind", Corpora.file("openapi/conduit.yaml").toString());

    assertThat(bound.out())
        .contains("id: {at: '/slug'}")
        .contains("owner: {at: '/author/username', is: principal.subject}   # medium")
        .contains("DeleteArticle: {type: article, id: path.slug}")
        .contains("DeleteArticleComment: {type: comment, id: path.id}")
        .contains("`CreateArticleFavorite`, `DeleteArticleFavorite`: this is done to objects");
  }

  @Test
  @Requirement(id = "AUT-12")
  void what_it_proposes_for_contracts_of_others_loads(@TempDir Path folder) throws IOException {
    List<Path> documents;
    try (Stream<Path> all = Files.list(Corpora.file("openapi/directory"))) {
      documents = all.sorted().toList();
    }
    int proposals = 0;
    int operations = 0;
    for (Path document : documents) {
      Cli bound = Cli.run(folder, "bind", document.toString(), "--out", "objects.yaml", "--force");
      assertThat(bound.code()).as("%s: %s", document, bound.err()).isBetween(0, 1);
      if (Files.readString(folder.resolve("objects.yaml")).contains("objects:\n")) {
        Cli shown =
            Cli.run(folder, "contract", "show", document.toString(), "--overlay", "objects.yaml");
        assertThat(shown.code()).as("%s: %s", document, shown.err()).isZero();
        proposals++;
        operations +=
            BOUND
                .matcher(Files.readString(folder.resolve("objects.yaml")))
                .results()
                .toList()
                .size();
      }
    }
    assertThat(proposals).as("contracts with something to propose").isPositive();
    Ratchet.count("bind.directory-contracts", proposals);
    Ratchet.count("bind.directory-operations", operations);
  }
}
