package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.FirstAnswers;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.gateway.walk.Walk.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps what a request that may be repeated was answered, before the answer leaves.
final class Repeating {
  /// What is of one exchange alone, or must not be said twice.
  private static final Set<String> OWN =
      Set.of(
          "date",
          "set-cookie",
          "x-request-id",
          "ratelimit",
          "ratelimit-policy",
          "ratelimit-limit",
          "ratelimit-remaining",
          "ratelimit-reset",
          "retry-after");

  private Repeating() {}

  /// What is to be kept, or null.
  static Edit.@Nullable KeepAnswer wanted(List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.KeepAnswer keep) {
        return keep;
      }
    }
    return null;
  }

  /// Whether a service that answers so did nothing, so that the request may come again (RFC 6585,
  /// section 4; RFC 9110, section 15.6.4).
  static boolean undone(int status) {
    return status == 429 || status == 503;
  }

  static void keep(FirstAnswers answers, Edit.KeepAnswer wanted, Release.Send sent) {
    List<Reply.Line> lines = new ArrayList<>();
    sent.head()
        .headers()
        .each(
            (name, value) -> {
              if (!OWN.contains(name) && !HeaderRules.ofBytes(name)) {
                lines.add(new Reply.Line(name, value));
              }
            });
    answers.keep(
        wanted.key(),
        new FirstAnswers.Kept(wanted.asked(), new Reply(sent.head().status(), lines, copy(sent))),
        wanted.lasting());
  }

  private static byte[] copy(Release.Send sent) {
    byte[] body = new byte[sent.body().length()];
    System.arraycopy(sent.body().array(), sent.body().from(), body, 0, body.length);
    return body;
  }
}
