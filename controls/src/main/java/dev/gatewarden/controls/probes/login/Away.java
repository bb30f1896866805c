package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.probe.Answer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Addresses that lead away from the API, however they are written.
final class Away {
  private static final String HOST = "probe.example";

  private static final List<String> WRITTEN =
      List.of("https://" + HOST + "/", "//" + HOST, "/\\" + HOST, "https:" + HOST, "/%2f" + HOST);

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(next|to|url|uri|go(to)?|dest(ination)?|target|return|redirect|continue|forward|back"
              + "|callback|success|after)([_-]?(url|uri|to|path|page))?");

  private Away() {}

  static List<String> written() {
    return WRITTEN;
  }

  /// Whether a member's name says that somebody is led there.
  static boolean leads(String name) {
    return NAME.matcher(name).matches();
  }

  /// Whether an answer sends the browser to the foreign host.
  static boolean led(Answer answer) {
    String location = answer.header("location");
    if (location == null || answer.status() < 300 || answer.status() >= 400) {
      return false;
    }
    // as browsers read it: a backslash is a slash, and any number of them begins a host
    String read = location.strip().replace('\\', '/').toLowerCase(Locale.ROOT);
    return read.matches("(https?:)?/{2,}" + Pattern.quote(HOST) + "([/?#:].*)?")
        || read.matches("https?:/*" + Pattern.quote(HOST) + "([/?#:].*)?");
  }
}
