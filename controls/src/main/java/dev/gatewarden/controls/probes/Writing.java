package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Scene;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes that can be recognised afterwards.
public final class Writing {
  private static final int MOST = 3;

  private Writing() {}

  /// A write that works for its owner and shows when the object is read again.
  ///
  /// @param member where the mark is written, a path of names in the body; empty where the object
  ///     only shows that something changed
  public record Visible(Draft draft, List<String> member) {

    /// A mark that an object does not show yet: a text that occurs nowhere else, or a number where
    /// a number is written.
    public String mark(Scene scene, @Nullable Answer before) {
      if (!(Json.at(draft.body(), member) instanceof Node.Num number)) {
        return scene.marker();
      }
      BigDecimal next = number.value().add(BigDecimal.ONE);
      while (before != null && Leaks.holds(before.json(), next.toPlainString())) {
        next = next.add(BigDecimal.ONE);
      }
      return next.toPlainString();
    }

    /// The draft with another mark in it.
    public Draft marked(String mark) {
      boolean number = Json.at(draft.body(), member) instanceof Node.Num;
      return member.isEmpty()
          ? draft
          : draft.member(member, number ? Json.number(mark) : Json.of(mark));
    }
  }

  /// A write as the object's owner that shows; null where none was found, which is told.
  public static @Nullable Visible visible(
      Scene scene, Operation operation, Operation reader, KnownObject object) {
    Draft draft = scene.honest(operation, object.owner(), object);
    if (draft == null) {
      return null;
    }
    int refused = 0;
    if (draft.body() instanceof Obj body) {
      int tried = 0;
      for (Node.Member member : texts(body)) {
        if (tried++ == MOST) {
          break;
        }
        Visible visible = new Visible(draft, List.of(member.name()));
        boolean number = member.value() instanceof Node.Num;
        String mark = visible.mark(scene, number ? read(scene, reader, object) : null);
        Answer answer = scene.send(visible.marked(mark));
        refused = answer.ok() ? refused : answer.status();
        Answer read = answer.ok() ? read(scene, reader, object) : null;
        if (read != null && Leaks.holds(read.json(), mark)) {
          return visible;
        }
      }
    }
    Answer earlier = read(scene, reader, object);
    Answer before = read(scene, reader, object);
    if (earlier != null && before != null && !earlier.sameAs(before)) {
      scene.untested(operation, "the object reads otherwise each time");
      return null;
    }
    Answer answer = before == null ? null : scene.send(draft);
    Answer after = answer == null || !answer.ok() ? null : read(scene, reader, object);
    if (before != null && after != null && !after.sameAs(before)) {
      return new Visible(draft, List.of());
    }
    refused = answer == null || answer.ok() ? refused : answer.status();
    scene.untested(
        operation,
        refused == 0
            ? "what its owner writes does not show when it is read again"
            : "the owner's own request is answered " + refused);
    return null;
  }

  /// The members that a mark is tried in: texts before numbers.
  private static List<Node.Member> texts(Obj body) {
    List<Node.Member> texts = new ArrayList<>();
    List<Node.Member> numbers = new ArrayList<>();
    for (Node.Member member : body.entries()) {
      if (member.value() instanceof Node.Text && free(member.name())) {
        texts.add(member);
      } else if (member.value() instanceof Node.Num && free(member.name())) {
        numbers.add(member);
      }
    }
    texts.addAll(numbers);
    return texts;
  }

  /// Names of members that usually take any text.
  private static boolean free(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.equals("id")
        && !lower.endsWith("id")
        && !lower.contains("date")
        && !lower.contains("email")
        && !lower.contains("currency")
        && !lower.contains("status")
        && !lower.contains("type")
        && !lower.contains("role")
        && !lower.contains("url");
  }

  /// Whether its owner is told that an object is no more.
  public static boolean isGone(Scene scene, Operation reader, KnownObject object) {
    Draft draft = scene.honest(reader, object.owner(), object);
    Answer answer = draft == null ? null : scene.send(draft);
    return answer != null && (answer.status() == 404 || answer.status() == 410);
  }

  /// The object as its owner reads it; null where that does not work.
  public static @Nullable Answer read(Scene scene, Operation reader, KnownObject object) {
    Draft draft = scene.honest(reader, object.owner(), object);
    Answer answer = draft == null ? null : scene.send(draft);
    return answer == null || !answer.ok() ? null : answer;
  }
}
