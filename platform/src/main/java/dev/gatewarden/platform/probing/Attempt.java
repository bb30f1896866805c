package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request as it was sent, for whoever wants to see or send it again. Credentials stand in it
/// as
/// the names of who presented them.
///
/// @param number from 1, in the order of sending
/// @param probe which sent it; empty while the objects were being found
/// @param headers without credentials
/// @param status of the answer; 0 where none came
/// @param refusal what the gate said, where it was the gate that refused; else null
public record Attempt(
    int number,
    String probe,
    String operation,
    String identity,
    String method,
    String url,
    List<Draft.Pair> headers,
    byte[] body,
    int status,
    @Nullable GateRefusal refusal) {
  private static final int SHOWN = 2_000;

  public Attempt {
    headers = List.copyOf(headers);
  }

  /// The same request for a shell; the credential is a variable named after the identity.
  public String curl() {
    StringBuilder text = new StringBuilder("curl -i -X ").append(method);
    if (!identity.equals("nobody")) {
      text.append(" $").append(variable(identity));
    }
    for (Draft.Pair each : headers) {
      text.append(" -H ").append(quoted(each.name() + ": " + each.value()));
    }
    if (body.length > 0) {
      String written = new String(body, StandardCharsets.UTF_8);
      text.append(" --data-binary ")
          .append(quoted(written.length() > SHOWN ? written.substring(0, SHOWN) : written));
    }
    return text.append(' ').append(quoted(url)).toString();
  }

  private static String variable(String identity) {
    return identity.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return number + " " + identity + ": " + method + " " + url + " -> " + status;
  }
}
