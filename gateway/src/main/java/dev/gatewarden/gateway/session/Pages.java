package dev.gatewarden.gateway.session;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.gateway.identity.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a browser is told: redirects, short pages and documents, none of which is kept, framed or
/// read by another origin.
final class Pages {
  private static final List<Reply.Line> USUAL =
      List.of(
          new Reply.Line("cache-control", "no-store"),
          new Reply.Line("x-content-type-options", "nosniff"),
          new Reply.Line("referrer-policy", "no-referrer"),
          new Reply.Line("cross-origin-resource-policy", "same-origin"),
          new Reply.Line("x-frame-options", "DENY"),
          new Reply.Line("content-security-policy", "default-src 'none'; frame-ancestors 'none'"));

  private Pages() {}

  /// Sends the browser elsewhere; always by GET.
  static Verdict.Answer redirect(SessionWhy why, String to, List<Reply.Line> cookies) {
    return answer(why, 303, List.of(new Reply.Line("location", to)), cookies, "");
  }

  /// Sends the browser on from a page of ours, so that it counts as coming from us: a `Strict`
  /// cookie does not go along with what another site began.
  static Verdict.Answer handOver(SessionWhy why, String to, List<Reply.Line> cookies) {
    String page =
        "<!doctype html><meta charset=utf-8><title>Signed in</title>"
            + "<meta http-equiv=refresh content=\"0;url="
            + escaped(to)
            + "\"><a href=\""
            + escaped(to)
            + "\">Continue</a>\n";
    return answer(why, 200, List.of(HTML), cookies, page);
  }

  static Verdict.Answer document(
      SessionWhy why, int status, Map<String, Object> document, List<Reply.Line> cookies) {
    return answer(
        why,
        status,
        List.of(new Reply.Line("content-type", "application/json")),
        cookies,
        JsonWriter.write(document));
  }

  /// Why it did not work, for a person.
  static Verdict.Answer refusal(SessionWhy why, String again, List<Reply.Line> cookies) {
    String page =
        "<!doctype html><meta charset=utf-8><title>Not signed in</title><p>"
            + escaped(why.summary())
            + "</p><a href=\""
            + escaped(again)
            + "\">Sign in</a>\n";
    return answer(why, why.status(), List.of(HTML), cookies, page);
  }

  private static final Reply.Line HTML = new Reply.Line("content-type", "text/html; charset=utf-8");

  private static Verdict.Answer answer(
      SessionWhy why, int status, List<Reply.Line> own, List<Reply.Line> cookies, String body) {
    List<Reply.Line> lines = new ArrayList<>(own);
    lines.addAll(cookies);
    lines.addAll(USUAL);
    return new Verdict.Answer(why, new Reply(status, lines, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
