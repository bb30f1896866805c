package dev.gatewarden.app.reference;

import dev.gatewarden.app.source.Sources;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.core.document.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A decision line told to people: who asked for what, who decided, why, and what to do about it.
public final class Story {
  private static final int EXCUSED_DAYS = 30;
  private static final int GRANTED = 200;

  private final Sources sources;
  private final LocalDate today;

  public Story(Sources sources, LocalDate today) {
    this.sources = sources;
    this.today = today;
  }

  /// The story of one decision line.
  public String of(Node.Obj line) {
    StringBuilder text = new StringBuilder();
    text.append("decision   ").append(word(line, "id")).append('\n');
    row(text, "at", word(line, "at"));
    row(text, "request", request(line));
    row(text, "operation", word(line, "operation"));
    row(text, "caller", caller(line));
    row(text, "outcome", word(line, "outcome") + ", answered with " + word(line, "status"));
    row(text, "about", String.join(", ", words(line, "about")));
    row(text, "took", took(line));
    row(text, "policy", word(line, "policy"));
    if (line.get("decided_by") instanceof Node.Arr points) {
      for (Node point : points.items()) {
        if (point instanceof Node.Obj by) {
          decided(text, by);
        }
      }
    }
    List<String> reasons = words(line, "reasons");
    for (String code : reasons) {
      reason(text, code, line, word(line, "outcome").equals("allowed"), false);
    }
    for (String code : words(line, "would_deny")) {
      reason(text, code, line, false, true);
    }
    if (reasons.isEmpty() && word(line, "outcome").equals("allowed")) {
      text.append("\nevery guard let it pass\n");
    }
    return text.toString();
  }

  /// Which policies of a decision point determined the decision, and what those compared say.
  private static void decided(StringBuilder text, Node.Obj by) {
    row(text, "decided by", word(by, "point") + " " + word(by, "policy") + named(by));
    if (by.get("next") instanceof Node.Obj next) {
      row(text, "compared", word(next, "says") + " by " + word(next, "policy") + named(next));
    }
  }

  private static String named(Node.Obj by) {
    List<String> policies = words(by, "policies");
    return policies.isEmpty() ? ", by no policy" : ": " + String.join(", ", policies);
  }

  private void reason(
      StringBuilder text, String code, Node.Obj line, boolean allowed, boolean observed) {
    Reasons.Told told = reasons().of(code);
    String control = code.contains(".") ? code.substring(0, code.indexOf('.')) : code;
    GuardEntry<?> guard = Catalog.guard(control);
    boolean grants = allowed || (!observed && told != null && told.reason().status() == GRANTED);
    text.append('\n')
        .append(observed ? "would be refused by " : grants ? "let pass by " : "refused by ")
        .append(control);
    text.append(
        guard == null
            ? ", a room of the gate\n"
            : ", a guard of the stage " + guard.stage() + "\n");
    row(text, "why", code + (told == null ? "" : ": " + told.reason().summary()));
    if (told != null && !told.comment().isEmpty()) {
      row(text, "", told.comment().replace("\n\n", " "));
    }
    if (guard != null) {
      row(text, "guard", new GuardPage(guard, sources).sentence());
    }
    if (!grants) {
      advice(text, code, told, guard, line, observed);
    }
    if (guard != null) {
      row(text, "page", GuardPage.path(guard));
    }
    if (told != null) {
      row(text, "source", told.path());
    }
  }

  private void advice(
      StringBuilder text,
      String code,
      Reasons.@Nullable Told told,
      @Nullable GuardEntry<?> guard,
      Node.Obj line,
      boolean observed) {
    int status = told == null ? 0 : told.reason().status();
    row(text, "to do", advice(code, status));
    String operation = word(line, "operation");
    if (guard != null && !observed && !operation.isEmpty()) {
      row(
          text,
          "to excuse",
          "only if the refusal is wrong and cannot be mended yet, add to `exceptions`:");
      row(
          text,
          "",
          "- {guard: "
              + guard.id()
              + ", operation: "
              + operation
              + ", mode: observe, because: …, owner: …, until: "
              + today.plusDays(EXCUSED_DAYS)
              + "}");
    }
  }

  /// What to do about a reason: some are told better by their room than by their status.
  private static String advice(String code, int status) {
    return switch (code.substring(0, code.indexOf('.') + 1)) {
      case "flow." ->
          status == 409
              ? "see in which order, how soon and how often `x-gatewarden-flow` lets it be done,"
                  + " and docs/how-to/guard-flows.md"
              : advice(status);
      case "load." ->
          "the gate has more to do than it can: see docs/how-to/withstand-floods.md, and who sends"
              + " so much";
      case "transport." ->
          code.startsWith("transport.UPSTREAM_") || code.equals("transport.DEADLINE_PASSED")
              ? "look at the service; docs/how-to/stay-up.md tells what each of these reasons means"
              : advice(status);
      default -> advice(status);
    };
  }

  private static String advice(int status) {
    return switch (status) {
      case 400, 415, 422 ->
          "the caller sends something else than the contract promises: mend the request, or the"
              + " contract if it is the one that is wrong";
      case 401 ->
          "the caller proves nothing that counts here: look at issuer, audience, times and"
              + " algorithm of the token";
      case 403 ->
          "the caller is known and lacks what the operation asks for: grant the scope or role, or"
              + " correct `security` in the contract";
      case 404 ->
          "nothing here is the caller's: either it is absent, or it belongs to somebody else, and"
              + " the caller is told the same";
      case 405 ->
          "the contract promises no such method: correct the caller, or add the operation to the"
              + " contract";
      case 409 -> "the same thing is on its way already: wait for its answer";
      case 413, 414, 431 ->
          "the request is larger than it may be: see `limits` in the configuration";
      case 429 ->
          "the caller asks too often: wait as `Retry-After` says, or tune the guard under `guards`";
      case 502 ->
          "the service answered something else than its contract promises: mend the service, or the"
              + " contract";
      case 503, 504 ->
          "somebody the gate depends on does not answer, or has no room: look at the service, the"
              + " issuer and the shared state";
      case 408 ->
          "the caller was too slow: see the times below `limits`, docs/how-to/withstand-floods.md";
      default -> "see the page below, or docs/reference/reasons.md";
    };
  }

  private Reasons reasons() {
    return Reasons.in(sources);
  }

  private static String request(Node.Obj line) {
    String route = word(line, "route");
    String host = word(line, "host");
    String text =
        word(line, "method") + " " + (route.isEmpty() ? "(no operation of any contract)" : route);
    return host.isEmpty() ? text.strip() : text.strip() + " on " + host;
  }

  private static String caller(Node.Obj line) {
    String source = word(line, "source");
    if (!(line.get("principal") instanceof Node.Obj principal)) {
      return "nobody who was proved, from " + source;
    }
    StringBuilder text = new StringBuilder(word(principal, "subject"));
    text.append(", proved by ").append(word(principal, "issuer"));
    String tenant = word(principal, "tenant");
    String client = word(principal, "client");
    text.append(tenant.isEmpty() ? "" : ", tenant " + tenant);
    text.append(client.isEmpty() ? "" : ", by the client " + client);
    return text.append(", from ").append(source).toString();
  }

  private static String took(Node.Obj line) {
    String total = word(line, "duration_us");
    String upstream = word(line, "upstream_us");
    return total
        + " µs"
        + (!upstream.isEmpty()
            ? ", of which the service " + upstream + " µs"
            : word(line, "forwarded").matches("0?")
                ? "; the service was not asked"
                : "; the service was asked, and its answer did not come");
  }

  private static void row(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(name.isEmpty() ? "" : name);
      text.append(" ".repeat(11 - name.length())).append(value).append('\n');
    }
  }

  /// A text or number as a text without anything that could move a terminal's cursor.
  private static String word(Node.Obj object, String name) {
    String text =
        switch (object.get(name)) {
          case Node.Text(var _, String value) -> value;
          case Node.Num(var _, String literal) -> literal;
          case null -> "";
          case Node.Obj _, Node.Arr _, Node.Bool _, Node.Null _ -> "";
        };
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                shown.appendCodePoint(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? '?'
                        : c));
    return shown.toString();
  }

  private static List<String> words(Node.Obj object, String name) {
    List<String> words = new ArrayList<>();
    if (object.get(name) instanceof Node.Arr array) {
      for (Node item : array.items()) {
        if (item instanceof Node.Text(var _, String value)) {
          words.add(value);
        }
      }
    }
    return words;
  }
}
