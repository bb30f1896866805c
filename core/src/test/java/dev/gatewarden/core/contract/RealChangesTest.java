package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Corpora;
import dev.gatewarden.core.change.Change;
import dev.gatewarden.core.change.Comparison;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Contracts that others wrote, against themselves and against copies with one thing different.
@Tag("long")
class RealChangesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  private static Contract read(Path file, byte[] text) {
    return new ContractReader(
            address -> address.equals(file.toUri()) ? text : Files.readAllBytes(Path.of(address)),
            Bounds.DEFAULT)
        .read(
            new ContractFiles("api", new Place.Origin(file.toUri(), file.getFileName().toString())),
            operation -> true);
  }

  @Test
  void finds_nothing_between_a_document_and_itself() {
    List<String> wrong = new ArrayList<>();
    for (Path file : Corpora.files("openapi/directory")) {
      Contract contract = read(file, Corpora.bytes(file));
      List<Change> changes = Comparison.between(contract, read(file, Corpora.bytes(file)), TODAY);
      if (!changes.isEmpty()) {
        wrong.add(file.getFileName() + ": " + changes.getFirst());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void finds_in_the_largest_document_what_was_changed_and_nothing_else() {
    Path file = Corpora.at("openapi/github.json");
    byte[] text = Corpora.bytes(file);
    Contract github = read(file, text);
    assertThat(Comparison.between(github, read(file, text), TODAY)).isEmpty();

    String mutated = new String(text, StandardCharsets.UTF_8);
    mutated = after(mutated, "\"simple-user\": {", "\"login\": {", "\"handle\": {");
    mutated = after(mutated, "\"per-page\": {", "\"default\": 30", "\"maximum\": 100");
    mutated = after(mutated, "\"/zen\": {", "\"get\": {", "\"post\": {");
    mutated =
        after(
            mutated,
            "\"operationId\": \"issues/create\"",
            "\"type\": \"string\"",
            "\"type\": \"number\"");
    Contract other = read(file, mutated.getBytes(StandardCharsets.UTF_8));

    List<Change> changes = Comparison.between(github, other, TODAY);
    assertThat(changes)
        .extracting(each -> each.kind().word())
        .containsExactlyInAnyOrder(
            "operation-removed",
            "public-operation-added",
            "request-limit-lowered",
            "request-type-narrowed",
            "response-property-removed",
            "response-property-added");
    for (Change change : changes) {
      switch (change.kind()) {
        case RESPONSE_PROPERTY_REMOVED -> {
          assertThat(change.sentence()).isEqualTo("`simple-user.login` is gone from responses");
          assertThat(change.operations()).hasSizeGreaterThan(200).contains("issues/get");
          assertThat(change.before().line()).isGreaterThan(100_000);
        }
        case REQUEST_LIMIT_LOWERED ->
            assertThat(change.operations()).hasSizeGreaterThan(100).contains("issues/list");
        case REQUEST_TYPE_NARROWED ->
            assertThat(change.operations()).containsExactly("issues/create");
        default -> assertThat(change.operations().size()).isPositive();
      }
    }
  }

  /// The text with the first piece behind an anchor replaced.
  private static String after(String text, String anchor, String piece, String other) {
    int from = text.indexOf(anchor);
    int at = text.indexOf(piece, from);
    assertThat(from).isPositive();
    assertThat(at).isPositive();
    return text.substring(0, at) + other + text.substring(at + piece.length());
  }
}
