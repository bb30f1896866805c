package dev.gatewarden.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class ReturnPathProperties {
  private static final URI HERE = URI.create("https://app.example/auth/callback");

  /// What a browser would make of it, after what it strips and turns around is done (WHATWG URL).
  @Property(tries = 5000)
  void leads_nowhere_else(
      @ForAll
          @StringLength(max = 12)
          @Chars({'/', '\\', '.', ':', '@', '?', '#', '\t', '\n', ' ', '%'})
          @CharRange(from = 'a', to = 'c')
          String text) {
    if (ReturnPath.safe("/" + text)) {
      String read = ("/" + text).replace("\t", "").replace("\n", "").replace('\\', '/').strip();
      assertThat(read).doesNotStartWith("//");
      String path = read.split("[?#]", 2)[0].replace("%", "%25");
      assertThat(HERE.resolve(path).getHost()).isEqualTo("app.example");
    }
    assertThat(ReturnPath.safe(text)).isEqualTo(text.startsWith("/") && ReturnPath.safe(text));
  }
}
