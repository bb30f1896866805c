package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.LoginRule.Failure;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `failed` of `x-gatewarden-login`: `{status: [401], at: response.body#/ok, is: [false]}`.
final class LoginFailureReader {
  private final Notes notes;

  private LoginFailureReader(Notes notes) {
    this.notes = notes;
  }

  static @Nullable Failure read(Fields rule, Notes notes) {
    Obj written = rule.map("failed");
    return written == null
        ? null
        : new LoginFailureReader(notes)
            .failure(new Fields(written, notes, "status", "at", "is", "without"));
  }

  private Failure failure(Fields fields) {
    Failure failure =
        new Failure(
            statuses(fields), place(fields, "at"), values(fields), place(fields, "without"));
    if (fields.has("is") && !fields.has("at")) {
      notes.problem(
          fields.place("is"), "`is` needs to know where", "write `at: response.body#/error` too");
    }
    if (failure.equals(Failure.USUAL)) {
      notes.problem(
          fields.place(),
          "`failed` does not say how",
          "write `{status: [401]}`, `{at: response.body#/ok, is: [false]}` or"
              + " `{without: response.body#/token}`");
    }
    return failure;
  }

  private Set<Integer> statuses(Fields fields) {
    Set<Integer> statuses = new TreeSet<>();
    List<Node> written = fields.list("status");
    for (Node each : written == null ? List.<Node>of() : written) {
      String text = Json.scalar(each);
      if (text == null || !text.matches("[1-5][0-9][0-9]")) {
        notes.problem(each.place(), "a status is a number from 100 to 599");
      } else {
        statuses.add(Integer.parseInt(text));
      }
    }
    return statuses;
  }

  private List<String> values(Fields fields) {
    List<String> values = new ArrayList<>();
    List<Node> written = fields.list("is");
    for (Node each : written == null ? List.<Node>of() : written) {
      String text = each instanceof Node.Null ? "null" : Json.scalar(each);
      if (text == null) {
        notes.problem(each.place(), "`is` names texts, numbers, `true`, `false` or `null`");
      } else {
        values.add(text);
      }
    }
    return values;
  }

  private @Nullable Selector place(Fields fields, String word) {
    Node.Text text = fields.text(word);
    if (text == null) {
      return null;
    }
    if (SelectorReader.read(text.value()) instanceof SelectorReader.Outcome.Read(Selector selector)
        && (selector instanceof Selector.ResponseHeader
            || (selector instanceof Selector.ResponseBody(var at)
                && LoginReader.names(at) != null))) {
      return selector;
    }
    notes.problem(
        text.place(),
        "`" + Nodes.shown(text.value()) + "` is no place of one value in an answer",
        "write `response.body#/ok` or `response.header.Location`");
    return null;
  }
}
