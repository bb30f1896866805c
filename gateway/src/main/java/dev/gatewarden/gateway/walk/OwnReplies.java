package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.response.CorsGuard;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Headers;
import java.util.ArrayList;
import java.util.List;

/// What the gate's own answers carry for browsers.
final class OwnReplies {
  private static final String ANY = "*";

  private OwnReplies() {}

  /// The same answer, readable by scripts of the caller's origin where the operator lists it
  /// (Fetch, "CORS protocol").
  static Reply readable(Reply reply, CorsGuard.Config config, Headers headers) {
    String origin = headers.count("origin") == 1 ? headers.first("origin") : null;
    if (origin == null || !config.admits(origin)) {
      return reply;
    }
    List<Reply.Line> lines = new ArrayList<>();
    boolean any = config.origins().contains(ANY);
    lines.add(new Reply.Line("access-control-allow-origin", any ? ANY : origin));
    lines.add(new Reply.Line("vary", "Origin"));
    if (config.credentials()) {
      lines.add(new Reply.Line("access-control-allow-credentials", "true"));
    }
    return reply.with(lines);
  }
}
