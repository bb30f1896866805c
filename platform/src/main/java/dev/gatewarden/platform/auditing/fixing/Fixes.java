package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Finding;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What safe remedies make of a contract's text.
///
/// Each edit is held against what it should come to: the edited text is read again, and says what
/// the old one said and the change, in the old order, and nothing else. An edit of which that is
/// not so is not made.
///
/// @param text as it is to be
/// @param made what was done, in words, in the order of the document
public record Fixes(String text, List<String> made) {
  private static final DocumentReader READER = new DocumentReader(Bounds.DEFAULT);

  public Fixes {
    made = List.copyOf(made);
  }

  /// Applies the safe edits of findings.
  ///
  /// @param origin where the text stands; places in other documents are left alone
  public static Fixes of(Place.Origin origin, String text, List<Finding> findings) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Finding finding : findings) {
      for (Remedy remedy : finding.remedies()) {
        if (remedy instanceof Remedy.Edit(String words, List<Change> changes, boolean safe)
            && safe) {
          changes.forEach(each -> add(groups, each, words, origin));
        }
      }
    }
    List<Group> all = new ArrayList<>(groups.values());
    Fixes together = made(origin, text, all);
    if (together != null) {
      return together;
    }
    Fixes so = new Fixes(text, List.of());
    for (Group each : all) {
      Fixes next = made(origin, so.text(), List.of(each));
      if (next != null) {
        List<String> done = new ArrayList<>(so.made());
        done.addAll(next.made());
        so = new Fixes(next.text(), done);
      }
    }
    return so;
  }

  /// The text with one edit made, safe or not; null where it cannot be made and nothing else
  /// changed.
  ///
  /// @param origin where the text stands
  public static @Nullable String with(Place.Origin origin, String text, Remedy.Edit edit) {
    Map<String, Group> groups = new LinkedHashMap<>();
    edit.changes().forEach(each -> add(groups, each, edit.words(), origin));
    Fixes all = made(origin, text, new ArrayList<>(groups.values()));
    return all == null || all.made().isEmpty() ? null : all.text();
  }

  /// What is to be done at one place.
  private static final class Group {
    private final String pointer;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> members = new LinkedHashMap<>();
    private @Nullable String value;

    Group(String pointer) {
      this.pointer = pointer;
    }
  }

  private static void add(
      Map<String, Group> groups, Change change, String words, Place.Origin origin) {
    if (!change.place().origin().address().equals(origin.address())) {
      return;
    }
    String pointer = change.place().pointer();
    Group group = groups.computeIfAbsent(pointer, Group::new);
    group.words.add(words + " at " + (pointer.isEmpty() ? "the top" : pointer));
    switch (change) {
      case Change.Add(var _, String member, String json) -> group.members.putIfAbsent(member, json);
      case Change.Replace(var _, String json) -> group.value = json;
      case Change.Remove _ -> group.words.removeLast();
    }
  }

  /// The text with all of them, or null where it does not come to what it should.
  private static @Nullable Fixes made(Place.Origin origin, String text, List<Group> groups) {
    Node root = read(origin, text);
    if (root == null) {
      return null;
    }
    Text in = new Text(text);
    Node expected = root;
    List<Text.Edit> edits = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Group group : groups) {
      Node target = Expected.at(root, group.pointer);
      List<String> path = Objects.requireNonNull(Pointer.parse(group.pointer)).tokens();
      String replacing = group.value;
      Text.Edit edit = null;
      Node becomes = null;
      if (replacing != null && target != null && !(target instanceof Node.Obj)) {
        becomes = json(replacing);
        edit = in.replaced(target, becomes);
      } else if (target instanceof Node.Obj object) {
        Map<String, Node> members = new LinkedHashMap<>();
        group.members.forEach(
            (name, json) -> {
              if (object.get(name) == null) {
                members.put(name, json(json));
              }
            });
        if (members.isEmpty()) {
          continue;
        }
        becomes = Expected.with(object, members);
        edit = in.added(object, members);
      }
      if (edit == null || becomes == null) {
        return null;
      }
      edits.add(edit);
      words.addAll(group.words);
      Node now = Objects.requireNonNull(Expected.at(expected, group.pointer));
      expected = Expected.with(expected, path, merged(now, becomes));
    }
    String changed = in.with(edits);
    Node after = read(origin, changed);
    return after != null && Same.same(expected, after) ? new Fixes(changed, words) : null;
  }

  /// What was changed further down stays changed.
  private static Node merged(Node now, Node becomes) {
    if (now instanceof Node.Obj before && becomes instanceof Node.Obj after) {
      Map<String, Node> added = new LinkedHashMap<>();
      for (Node.Member each : after.entries()) {
        if (before.get(each.name()) == null) {
          added.put(each.name(), each.value());
        }
      }
      return Expected.with(before, added);
    }
    return becomes;
  }

  private static @Nullable Node read(Place.Origin origin, String text) {
    try {
      return READER.read(origin, text.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemsException wrong) {
      return null;
    }
  }

  private static Node json(String text) {
    return READER.read(
        new Place.Origin(URI.create("file:///value.json"), "value.json"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
