package dev.gatewarden.core.decision;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// An answer that the gate gives by itself.
public record Reply(int status, List<Line> headers, byte[] body) {

  /// One header line.
  public record Line(String name, String value) {}

  public Reply {
    headers = List.copyOf(headers);
  }

  /// The same answer with more header lines.
  public Reply with(List<Line> more) {
    List<Line> all = new java.util.ArrayList<>(headers);
    all.addAll(more);
    return new Reply(status, all, body);
  }

  /// 200 without a body.
  public static Reply ok() {
    return OK;
  }

  public static Reply empty(int status, Line... headers) {
    return new Reply(status, List.of(headers), new byte[0]);
  }

  public static Reply text(int status, String contentType, String body) {
    return new Reply(
        status,
        List.of(new Line("content-type", contentType)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static final Reply OK = new Reply(200, List.of(), new byte[0]);
}
