package dev.gatewarden.platform.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Audited;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What others wrote, audited: nothing throws, and a person can read what is found.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusAuditTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-06-01");

  /// What a person reads in one sitting; more is noise.
  private static final int SITTING = 45;

  private static Path corpora() {
    String named = System.getenv("GATEWARDEN_CORPORA");
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/corpora"))) {
        return at.resolve("shared/corpora");
      }
    }
    return Assumptions.abort("corpora absent");
  }

  static Path openapi() {
    return corpora().resolve("openapi");
  }

  static Stream<Path> documents() throws IOException {
    Path openapi = openapi();
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(openapi.resolve("directory"))) {
      files.sorted().forEach(all::add);
    }
    all.add(openapi.resolve("conduit.yaml"));
    all.add(openapi.resolve("vampi.yaml"));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void tells_a_person_what_to_do_in_one_sitting(Path document) throws IOException {
    Audit audit = audit(document, Files.readAllBytes(document));

    assertThat(audit.findings()).hasSizeLessThan(SITTING);
    assertThat(audit.score().value()).isBetween(0, 100);
  }

  @Test
  void finds_on_vampi_what_its_author_built_in_and_little_else() throws IOException {
    Path document = corpora().resolve("openapi/vampi.yaml");
    Audit audit = audit(document, Files.readAllBytes(document));

    assertThat(audit.findings().stream().map(each -> each.finding().control()))
        .contains("debug-route", "password-answered", "security-unstated", "list-without-limit")
        .hasSizeLessThan(30);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void judges_what_is_left_of_a_document_that_was_mangled(Path document) throws IOException {
    byte[] whole = Files.readAllBytes(document);
    Assumptions.assumeTrue(whole.length < 300_000, "large documents mangle like small ones");
    Random random = new Random(document.getFileName().toString().hashCode());
    for (int i = 0; i < 12; i++) {
      mangled(document, new String(whole, StandardCharsets.UTF_8), random);
    }
  }

  /// Another value in the place of some that stand there: what no schema of OpenAPI allows.
  private static void mangled(Path document, String text, Random random) {
    String[] odd = {
      "null", "[]", "{}", "0", "-1e99", "true", "\"\"", "\"$ref\"", "[null]", "{\"$ref\": \"#\"}"
    };
    StringBuilder changed = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(": ");
      boolean scalar = colon > 0 && !line.endsWith("{") && !line.endsWith("[");
      boolean comma = line.endsWith(",");
      if (scalar && random.nextInt(12) == 0) {
        String value = odd[random.nextInt(odd.length)];
        changed.append(line, 0, colon + 2).append(value).append(comma ? "," : "");
      } else {
        changed.append(line);
      }
      changed.append('\n');
    }
    try {
      Audit audit = audit(document, changed.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(audit.score().value()).isBetween(0, 100);
    } catch (ProblemsException unread) {
      assertThat(unread.problems()).isNotEmpty();
    }
  }

  static Audit audit(Path document, byte[] text) {
    Origin origin = new Origin(document.toUri(), document.getFileName().toString());
    URI address = origin.address();
    ContractReader reader =
        new ContractReader(
            asked -> {
              if (asked.equals(address) || asked.getPath().equals(address.getPath())) {
                return text;
              }
              throw new IOException("there is no such file");
            },
            Bounds.DEFAULT);
    ContractReader.Draft draft = reader.draft(new ContractFiles("api", origin), _ -> true);
    return Audit.of(new Audited(draft.contract(), draft.problems(), TODAY), Catalog.RULES);
  }
}
