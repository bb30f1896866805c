package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.app.source.Sources;
import dev.gatewarden.app.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigurationSchemaTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/gatewarden/app/configuration/schema.json");

  @Test
  void is_made_of_the_records_and_their_comments() throws IOException {
    String schema =
        Json.text(new ConfigurationSchema(Texts.GUARDS, Sources.ofThisProgram()).schema());
    if (Boolean.getBoolean("gatewarden.bless")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, schema);
    }
    assertThat(schema).isEqualTo(Files.readString(GOLDEN));
  }
}
