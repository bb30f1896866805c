package dev.gatewarden.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

final class StderrLoggingTest {

  @Test
  void says_what_operators_do_however_little_else_is_said() {
    StderrLogging logging = new StderrLogging();
    logging.verbosity().say(Level.ERROR, Instant.MAX);

    assertThat(logging.getLogger("dev.gatewarden.app").isInfoEnabled()).isFalse();
    assertThat(logging.getLogger("dev.gatewarden.audit").isInfoEnabled()).isTrue();
  }
}
