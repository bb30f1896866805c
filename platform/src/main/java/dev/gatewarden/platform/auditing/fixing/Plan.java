package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Edits that are made in one go, gathered by what they change.
final class Plan {
  private static final DocumentReader READER = new DocumentReader(Bounds.DEFAULT);

  private final Place.Origin origin;
  private final Map<String, Target> targets = new LinkedHashMap<>();

  Plan(Place.Origin origin) {
    this.origin = origin;
  }

  /// What is to be done at one value of the document.
  private static final class Target {
    private final Map<String, Node> added = new LinkedHashMap<>();
    private final Set<String> removed = new TreeSet<>();
    private @Nullable Node replaced;

    boolean bare() {
      return added.isEmpty() && removed.isEmpty() && replaced == null;
    }
  }

  /// Takes all changes of an edit, or none: where one lies in another document, or says something
  /// else than what is planned already.
  boolean takes(Remedy.Edit edit) {
    Map<String, Target> before = new LinkedHashMap<>();
    for (Change change : edit.changes()) {
      if (!change.place().origin().address().equals(origin.address())) {
        return false;
      }
      String pointer = change.place().pointer();
      before.putIfAbsent(pointer, copy(targets.get(pointer)));
    }
    for (Change change : edit.changes()) {
      Target target = targets.computeIfAbsent(change.place().pointer(), _ -> new Target());
      if (!plans(target, change)) {
        targets.putAll(before);
        return false;
      }
    }
    return true;
  }

  private static Target copy(@Nullable Target target) {
    Target copy = new Target();
    if (target != null) {
      copy.added.putAll(target.added);
      copy.removed.addAll(target.removed);
      copy.replaced = target.replaced;
    }
    return copy;
  }

  private static boolean plans(Target target, Change change) {
    switch (change) {
      case Change.Add(var _, String member, String json) -> {
        Node value = json(json);
        Node known = target.added.get(member);
        Node both = known == null ? value : Expected.merged(known, value);
        if (both == null) {
          return false;
        }
        target.added.put(member, both);
      }
      case Change.Replace(var _, String json) -> {
        Node value = json(json);
        if (target.replaced != null && !Same.same(target.replaced, value)) {
          return false;
        }
        target.replaced = value;
      }
      case Change.Remove(var _, String member) -> target.removed.add(member);
    }
    return true;
  }

  /// The text with all of it done, or null where it does not come to what it should.
  @Nullable String applied(String before) {
    Node root = read(before);
    if (root == null) {
      return null;
    }
    Drafted draft = new Drafted(new Text(before), root);
    for (Map.Entry<String, Target> each : targets.entrySet()) {
      if (!each.getValue().bare() && !drafted(draft, each.getKey(), each.getValue())) {
        return null;
      }
    }
    if (draft.edits.isEmpty()) {
      return before;
    }
    for (Map.Entry<String, Target> each : targets.entrySet()) {
      Set<String> removed = each.getValue().removed;
      if (!removed.isEmpty()) {
        draft.expected = Expected.without(draft.expected, tokens(each.getKey()), removed);
      }
    }
    String changed = draft.text.with(draft.edits);
    Node after = read(changed);
    return after != null && Same.same(draft.expected, after) ? changed : null;
  }

  /// What is edited so far, and what it should come to.
  private static final class Drafted {
    private final Text text;
    private final Node root;
    private final List<Text.Edit> edits = new ArrayList<>();
    private Node expected;

    Drafted(Text text, Node root) {
      this.text = text;
      this.root = root;
      this.expected = root;
    }
  }

  private static boolean drafted(Drafted draft, String pointer, Target target) {
    Node at = Expected.at(draft.root, pointer);
    List<String> path = tokens(pointer);
    if (at == null) {
      return false;
    }
    if (target.replaced != null) {
      Text.Edit edit =
          at instanceof Node.Obj || at instanceof Node.Arr
              ? null
              : new Writer(draft.text).replaced(at, target.replaced, path.size());
      if (edit == null) {
        return false;
      }
      draft.edits.add(edit);
      draft.expected = Expected.with(draft.expected, path, target.replaced);
    }
    if (!target.added.isEmpty() && !(at instanceof Node.Obj)) {
      return false;
    }
    if (at instanceof Node.Obj object && !adds(draft, object, path, target.added)) {
      return false;
    }
    return target.removed.isEmpty() || removes(draft, at, path, target.removed);
  }

  /// Adds members to an object, and what is new in those it has to those.
  private static boolean adds(
      Drafted draft, Node.Obj object, List<String> path, Map<String, Node> added) {
    Map<String, Node> fresh = new LinkedHashMap<>();
    for (Map.Entry<String, Node> each : added.entrySet()) {
      Node known = object.get(each.getKey());
      if (known == null) {
        fresh.put(each.getKey(), each.getValue());
      } else if (known instanceof Node.Obj inner && each.getValue() instanceof Node.Obj more) {
        Map<String, Node> members = new LinkedHashMap<>();
        more.entries().forEach(one -> members.put(one.name(), one.value()));
        List<String> deeper = new ArrayList<>(path);
        deeper.add(each.getKey());
        if (!adds(draft, inner, deeper, members)) {
          return false;
        }
      } else if (!Same.same(known, each.getValue())) {
        return false;
      }
    }
    if (fresh.isEmpty()) {
      return true;
    }
    Text.Edit edit = new Writer(draft.text).added(object, fresh, path.size());
    Node now = Expected.at(draft.expected, path);
    if (edit == null || !(now instanceof Node.Obj members)) {
      return false;
    }
    draft.edits.add(edit);
    draft.expected = Expected.with(draft.expected, path, Expected.with(members, fresh));
    return true;
  }

  private static boolean removes(Drafted draft, Node at, List<String> path, Set<String> removed) {
    Set<Integer> gone = Expected.indexes(at, removed);
    List<Text.Edit> edits =
        gone.size() == removed.size()
            ? new Eraser(draft.text).without(at, gone, path.size())
            : null;
    return edits != null && draft.edits.addAll(edits);
  }

  private @Nullable Node read(String text) {
    try {
      return READER.read(origin, text.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemsException wrong) {
      return null;
    }
  }

  private static List<String> tokens(String pointer) {
    return Objects.requireNonNull(Pointer.parse(pointer)).tokens();
  }

  private static Node json(String text) {
    return READER.read(
        new Place.Origin(URI.create("file:///value.json"), "value.json"),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
