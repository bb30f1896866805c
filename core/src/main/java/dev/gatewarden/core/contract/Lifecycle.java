package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where an API or an operation stands in its life, as `x-gatewarden-lifecycle` says: a state, or a
/// map with days.
///
/// @param state deprecated where only a date is said
/// @param since the day from which it is deprecated, or null
/// @param sunset the day on which it ends (RFC 8594), or null
public record Lifecycle(
    State state, @Nullable LocalDate since, @Nullable LocalDate sunset, Place place) {

  /// How far a life has come.
  public enum State {
    ACTIVE,
    DEPRECATED,
    /// It has ended.
    SUNSET;

    /// As users write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a checked contract says there, or null where it says nothing.
  public static @Nullable Lifecycle in(Extensions extensions) {
    Node node = extensions.get("lifecycle");
    return node == null ? null : read(node, new Notes());
  }

  /// Whether it has ended on a day.
  public boolean ended(LocalDate day) {
    return state == State.SUNSET || (sunset != null && !sunset.isAfter(day));
  }

  static @Nullable Lifecycle read(Node node, Notes notes) {
    if (node instanceof Node.Text) {
      State bare = state(node, node.place(), notes);
      return bare == null ? null : new Lifecycle(bare, null, null, node.place());
    }
    if (!(node instanceof Obj object)) {
      notes.problem(
          node.place(),
          "`x-gatewarden-lifecycle` should be a state or a map, not " + Nodes.kind(node),
          "write `{state: deprecated, since: 2026-01-31, sunset: 2026-12-31}`");
      return null;
    }
    Fields fields = new Fields(object, notes, "state", "since", "sunset");
    LocalDate since = date(fields, "since", notes);
    LocalDate sunset = date(fields, "sunset", notes);
    State dated = since == null && sunset == null ? State.ACTIVE : State.DEPRECATED;
    State state =
        fields.has("state") ? state(fields.node("state"), fields.place("state"), notes) : dated;
    if (state == State.ACTIVE && dated == State.DEPRECATED) {
      notes.problem(
          object.place(), "what is `active` has no end", "write `state: deprecated`, or no dates");
    }
    if (since != null && sunset != null && sunset.isBefore(since)) {
      notes.problem(fields.place("sunset"), "`sunset` lies before `since`");
    }
    return new Lifecycle(state == null ? dated : state, since, sunset, object.place());
  }

  private static @Nullable State state(@Nullable Node node, Place place, Notes notes) {
    String word = Nodes.scalar(node);
    List<String> words = Arrays.stream(State.values()).map(State::word).toList();
    int at = word == null ? -1 : words.indexOf(word);
    if (at < 0) {
      notes.problem(
          place,
          "`state` should be one of " + String.join(", ", words),
          word == null ? "" : Nearest.advice(word, words));
      return null;
    }
    return State.values()[at];
  }

  private static @Nullable LocalDate date(Fields fields, String name, Notes notes) {
    Node.Text text = fields.text(name);
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text.value());
    } catch (DateTimeException wrong) {
      notes.problem(
          text.place(),
          "`" + name + "` is `" + Nodes.shown(text.value()) + "`, which is no day",
          "write it as `2026-12-31`");
      return null;
    }
  }
}
