package dev.gatewarden.platform.probing;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.probe.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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

  /// The same request for a shell; the credential is a variable named after the identity. What is
  /// no text, or a long one, is written in base64.
  public String curl() {
    StringBuilder text = new StringBuilder("curl -i -X ").append(method);
    if (url.contains("[") || url.contains("{")) {
      text.append(" -g");
    }
    if (headers.contains(new Draft.Pair("te", "trailers"))) {
      text.append(url.startsWith("https:") ? " --http2" : " --http2-prior-knowledge");
    }
    if (url.contains("/.")) {
      text.append(" --path-as-is");
    }
    if (!identity.equals("nobody")) {
      text.append(" $").append(variable(identity));
    }
    for (Draft.Pair each : headers) {
      text.append(" -H ").append(quoted(each.name() + ": " + each.value()));
    }
    String before = "";
    if (body.length > 0) {
      String written = new String(body, StandardCharsets.UTF_8);
      if (body.length <= SHOWN && isPlain(written)) {
        text.append(written.startsWith("@") ? " --data-raw " : " --data-binary ");
        text.append(quoted(written));
      } else {
        before = "printf %s " + piped(body);
        text.append(" --data-binary @-");
      }
    }
    return before + text.append(' ').append(quoted(url));
  }

  /// Whether a shell gives the bytes back as they are.
  private boolean isPlain(String written) {
    return Arrays.equals(written.getBytes(StandardCharsets.UTF_8), body) && Plain.is(written);
  }

  private static String piped(byte[] body) {
    byte[] packed = packed(body);
    boolean smaller = packed.length < body.length;
    String text = Base64.getEncoder().encodeToString(smaller ? packed : body);
    return text + (smaller ? " | base64 -d | gunzip | " : " | base64 -d | ");
  }

  private static byte[] packed(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream to = new GZIPOutputStream(packed)) {
      to.write(body);
    } catch (IOException impossible) {
      throw new GatewardenBug("memory cannot be written", impossible);
    }
    return packed.toByteArray();
  }

  private static String variable(String identity) {
    return identity.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  private static String quoted(String text) {
    return Plain.is(text) ? plainly(text) : escaped(text);
  }

  /// For bash: what a terminal would obey is written by its number (`$'…'`).
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder("$'");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\'' || c == '\\') {
                safe.append('\\').appendCodePoint(c);
              } else if (Plain.is(c) || c == '\n' || c == '\t') {
                safe.appendCodePoint(c);
              } else {
                for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  safe.append("\\x")
                      .append(Character.forDigit(each >> 4 & 15, 16))
                      .append(Character.forDigit(each & 15, 16));
                }
              }
            });
    return safe.append('\'').toString();
  }

  private static String plainly(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return number + " " + identity + ": " + method + " " + url + " -> " + status;
  }
}
