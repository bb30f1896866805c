package dev.gatewarden.app.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @TempDir private Path folder;

  @Test
  void takes_a_file_that_changed_between_two_readings_for_one_that_says_something_else()
      throws Exception {
    Path shared = Files.writeString(folder.resolve("shared.yaml"), "first: 1");
    InputFiles inputs = new InputFiles();
    inputs.of("one").read(shared.toUri());
    assertThat(inputs.torn()).isNull();
    Files.writeString(shared, "second: 2");
    inputs.of("other").read(shared.toUri());

    assertThat(inputs.torn()).isEqualTo(shared);
    assertThat(inputs.changed()).isEqualTo(shared);
  }

  @Test
  void takes_a_file_that_is_read_twice_for_one() throws Exception {
    Path shared = Files.writeString(folder.resolve("shared.yaml"), "first: 1");
    InputFiles inputs = new InputFiles();
    inputs.of("one").read(shared.toUri());
    inputs.of("one").read(shared.toUri());
    inputs.of("other").read(shared.toUri());

    assertThat(inputs.count()).isOne();
    assertThat(inputs.torn()).isNull();
    assertThat(inputs.changed()).isNull();
  }
}
