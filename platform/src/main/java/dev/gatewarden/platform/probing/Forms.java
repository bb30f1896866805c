package dev.gatewarden.platform.probing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Draft;

/// Objects as forms send them.
final class Forms {
  static final String BOUNDARY = "probe-6f1c1f640d3a";

  private Forms() {}

  /// `application/x-www-form-urlencoded`: plain members as they are, others as JSON.
  static String encoded(Obj form) {
    StringBuilder text = new StringBuilder();
    for (Node.Member member : form.entries()) {
      text.append(text.isEmpty() ? "" : "&")
          .append(Draft.encoded(member.name()))
          .append('=')
          .append(Draft.encoded(plain(member.value())));
    }
    return text.toString();
  }

  /// `multipart/form-data` (RFC 7578): each member a part.
  static String parts(Obj form) {
    StringBuilder text = new StringBuilder();
    for (Node.Member member : form.entries()) {
      text.append("--").append(BOUNDARY).append("\r\n");
      text.append("Content-Disposition: form-data; name=\"").append(member.name()).append('"');
      text.append("\r\n\r\n").append(plain(member.value())).append("\r\n");
    }
    return text.append("--").append(BOUNDARY).append("--\r\n").toString();
  }

  private static String plain(Node value) {
    String scalar = Json.scalar(value);
    return scalar == null ? Json.text(value) : scalar;
  }
}
