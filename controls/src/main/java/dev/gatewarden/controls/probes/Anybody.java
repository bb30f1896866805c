package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.Locale;

/// What an operation shows to whoever asks, by the contract's own word.
public final class Anybody {
  private Anybody() {}

  /// Whether an answer is meant for everybody: the contract asks for no credential here, though it
  /// does elsewhere, and whoever presents none is shown it too. Where a contract never asks for
  /// any, nothing follows from that.
  ///
  /// @param text what has to stand in the answer to nobody, whole
  public static boolean isShown(Scene scene, Draft draft, Answer answer, String text) {
    if (asks(draft.operation())
        || scene.contract().operations().stream().noneMatch(Anybody::asks)) {
      return false;
    }
    Answer open = scene.send(draft.as(Identity.NOBODY));
    boolean shown = open.ok() && (open.sameAs(answer) || Leaks.holds(open.json(), text));
    if (shown) {
      scene.untested(
          draft.operation(),
          "the contract asks for no credential, and everybody is shown the same");
    }
    return shown;
  }

  /// Whether a success is a page for people where the contract promises none: a form to log in by,
  /// an error in words, or an application that answers every path so.
  public static boolean isPage(Operation operation, Answer answer) {
    String type = answer.header("content-type");
    return answer.ok()
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith("text/html")
        && operation.responses().byStatus().values().stream()
            .flatMap(each -> each.content().types().keySet().stream())
            .noneMatch(each -> each.contains("html") || each.contains("*") || each.isEmpty());
  }

  private static boolean asks(Operation operation) {
    return operation.security().stated() && !operation.security().admitsAnonymous();
  }
}
