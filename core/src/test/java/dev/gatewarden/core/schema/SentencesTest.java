package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a client developer is told, rejection by rejection, as a table that is read as a whole: a
/// schema, a document that breaks it, and what is said of it.
class SentencesTest {
  private static final Path TABLE =
      Path.of("src/test/resources/dev/gatewarden/core/schema/sentences.txt");

  @Test
  void tells_each_rejection_as_the_table_has_it() throws IOException {
    String table = Files.readString(TABLE);
    List<String> blocks = new ArrayList<>();
    for (String block : table.split("\n\n+", -1)) {
      String[] lines = block.strip().split("\n", -1);
      blocks.add(lines[0] + "\n" + lines[1] + "\n" + told(lines[0], lines[1]));
    }
    String now = String.join("\n", blocks);
    if (Boolean.getBoolean("gatewarden.bless")) {
      Files.writeString(TABLE, now);
      return;
    }
    assertThat(now).isEqualTo(table);
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(60);
  }

  private static String told(String schema, String json) {
    Dialect dialect =
        schema.contains("nullable") || schema.contains(":true,\"minimum")
            ? Dialect.OPENAPI_3_0
            : Dialect.OPENAPI_3_1;
    Options options =
        Options.of(dialect).direction(Direction.REQUEST).unknownFields(UnknownFields.REFUSE);
    byte[] text = schema.getBytes(StandardCharsets.UTF_8);
    Documents documents = new Documents(address -> text, Bounds.DEFAULT, Texts.HERE, Set.of());
    Schema compiled = SchemaCompiler.compile(documents.root(), options.references(documents));
    StringBuilder said = new StringBuilder();
    for (Violation each : Texts.violations(compiled, json)) {
      said.append("  ")
          .append(each.instanceLocation().isEmpty() ? "the whole" : each.instanceLocation());
      said.append(" ").append(each.sentence());
      said.append("  (").append(each.keywordLocation()).append(")\n");
    }
    return said.toString();
  }
}
