package dev.gatewarden.platform.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\": 1}", "it's", "two\nlines", "漢字", "nul \u0000", "\r\n", "%s $HOME `x`"})
  void writes_a_body_that_a_shell_gives_back(String body) throws Exception {
    assertThat(given(body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writes_bytes_and_long_bodies() throws Exception {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    byte[] many = "0123456789".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    assertThat(given(every)).isEqualTo(every);
    assertThat(given(many)).isEqualTo(many);
    assertThat(curl(many).length()).isLessThan(3_000);
  }

  @Test
  void reads_no_file_where_a_body_begins_like_one() {
    assertThat(curl("@/etc/passwd".getBytes(StandardCharsets.UTF_8))).contains("--data-raw '@");
  }

  private static String curl(byte[] body) {
    return new Attempt(
            1, "p", "o", "nobody", "POST", "http://127.0.0.1/a", List.of(), body, 200, null)
        .curl();
  }

  /// What curl would send: a function of its name stands in its place.
  private static byte[] given(byte[] body) throws IOException, InterruptedException {
    String curl =
        "curl() { while [ $# -gt 0 ]; do case $1 in --data-binary|--data-raw) if [ \"$2\" = @- ];"
            + " then cat; else printf %s \"$2\"; fi; shift;; esac; shift; done; }\n"
            + curl(body);
    Process shell = new ProcessBuilder("sh", "-c", curl).start();
    shell.getOutputStream().close();
    byte[] out = shell.getInputStream().readAllBytes();
    assertThat(shell.waitFor()).isZero();
    return out;
  }
}
