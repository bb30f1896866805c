package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PropertyNode;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.schema.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One reading of the operations of a JSON patch (RFC 6902, section 4): what each writes, and what
/// it would tell.
///
/// Whoever adds, replaces or removes a value writes it with all its members. An item of a list is a
/// thing of its own, which may go though it has members that may not be written; what is put in its
/// place may not have them. `test`, and what `copy` and `move` take, tell the value.
final class Operations {
  private static final Set<String> MEMBERS = Set.of("op", "path", "from", "value");

  private final Governed written;
  private final Governed seen;
  private final Identities identities;
  private final byte[] json;
  private final List<Detail> faults = new ArrayList<>(0);
  private final Set<Mark> marks = new LinkedHashSet<>();
  private int from;
  private int to;

  /// @param written the object as requests may write it
  /// @param seen the object as responses show it
  Operations(Governed written, Governed seen, Identities identities, Bytes body) {
    this.written = written;
    this.seen = seen;
    this.identities = identities;
    this.json = body.array();
    read(JsonParts.begin(json, body.from()));
  }

  List<Detail> faults() {
    return faults;
  }

  Collection<Mark> marks() {
    return marks;
  }

  private void read(int at) {
    if (json[at] != '[') {
      faults.add(new Detail("", "", "a JSON patch is a list of operations"));
      return;
    }
    JsonParts.items(json, at, this::operation);
  }

  /// One member of an operation: where its value stands.
  private record Value(int from, int to) {}

  private void operation(int index, int start, int end) {
    from = start;
    to = end;
    String where = "/" + index;
    if (json[start] != '{') {
      fault(where, "is no operation");
      return;
    }
    Map<String, Value> members = new HashMap<>();
    JsonParts.members(
        json,
        start,
        (name, _, value, behind) -> {
          if (MEMBERS.contains(name)) {
            members.put(name, new Value(value, behind));
          } else {
            // RFC 6902 would ignore it; a reader that takes `Path` for `path` does not
            fault(where, "has a member that no operation has");
          }
        });
    Value value = members.get("value");
    List<String> path = pointer(members.get("path"), where + "/path");
    String op = text(members.get("op"));
    if (op == null || path == null) {
      fault(where, "has no `op` or no `path`");
      identify(List.of(), null);
      return;
    }
    switch (op) {
      case "add", "replace" -> put(path, value, where);
      case "remove" -> take(path, where + "/path");
      case "test" -> {
        given(value, where);
        tell(path, where + "/path");
      }
      case "copy", "move" -> carry(op, path, pointer(members.get("from"), where + "/from"), where);
      default -> {
        fault(where + "/op", "is no operation of a JSON patch");
        identify(List.of(), null);
      }
    }
  }

  private void put(List<String> path, @Nullable Value value, String where) {
    identify(path, value);
    Trace trace = trace(written, path, where + "/path");
    if (!given(value, where) || value == null || trace == null) {
      return;
    }
    write(trace, !trace.own);
    value(trace.places, value.from, where + "/value");
  }

  private void take(List<String> path, String where) {
    identify(path, null);
    Trace trace = trace(written, path, where);
    if (trace != null) {
      write(trace, !trace.own);
    }
  }

  /// What the object says of itself is told by the value that is put there, and by the whole
  /// operation where nobody knows it from the request: it goes, it comes from elsewhere in the
  /// object, or it is written in part.
  ///
  /// @param value null where something is taken away
  private void identify(List<String> path, @Nullable Value value) {
    identities.touched(
        path,
        (meaning, below) -> {
          Value said = value == null || below == null ? null : inside(value, below);
          Meaning known = below == null ? meaning : known(meaning, path, below);
          if (said == null) {
            mark(known);
          } else {
            marks.add(new Mark(known, said.from, said.from, said.to));
          }
        });
  }

  /// Where the contract says who may write the place, that is marked by `write` and `value`.
  private Meaning known(Meaning meaning, List<String> path, List<PointerPattern.Step> below) {
    if (!(meaning instanceof Meaning.Identity identity)) {
      return meaning;
    }
    List<PropertyNode> places = List.of(written.root());
    for (int i = 0; i < path.size() + below.size(); i++) {
      String name =
          i < path.size()
              ? path.get(i)
              : below.get(i - path.size()) instanceof PointerPattern.Name(String step) ? step : "";
      List<PropertyNode> next = new ArrayList<>();
      for (PropertyNode each : places) {
        add(next, each.member(name));
      }
      places = next;
    }
    boolean stated = !places.isEmpty();
    for (PropertyNode each : places) {
      stated &= !written.of(each).writes().isEmpty();
    }
    return stated
        ? new Meaning.Identity(identity.binding(), identity.role(), identity.name(), true)
        : meaning;
  }

  private @Nullable Value inside(Value value, List<PointerPattern.Step> steps) {
    Value at = value;
    for (PointerPattern.Step step : steps) {
      if (json[at.from] != '{' || !(step instanceof PointerPattern.Name(String wanted))) {
        return null;
      }
      List<Value> found = new ArrayList<>(1);
      JsonParts.members(
          json,
          at.from,
          (name, _, start, end) -> {
            if (name.equals(wanted)) {
              found.add(new Value(start, end));
            }
          });
      if (found.size() != 1) {
        return null;
      }
      at = found.getFirst();
    }
    return at;
  }

  private void tell(List<String> path, String where) {
    Trace trace = trace(seen, path, where);
    if (trace == null) {
      return;
    }
    for (PropertyNode each : trace.passed) {
      seen.of(each).reads().forEach(this::mark);
    }
    for (PropertyNode each : trace.places) {
      seen.of(each).readsWithin().forEach(this::mark);
    }
  }

  private void carry(String op, List<String> path, @Nullable List<String> source, String where) {
    Trace trace = trace(written, path, where + "/path");
    boolean within =
        op.equals("move") && source != null && trace != null && trace.own && sameList(path, source);
    if (!within) {
      identify(path, null);
    }
    if (source == null) {
      fault(where, "has no `from`");
      return;
    }
    tell(source, where + "/from");
    if (op.equals("move")) {
      take(source, where + "/from");
    }
    if (trace != null) {
      write(trace, !within);
    }
  }

  /// Whether both are items of one list, so that moving one to the other only changes the order.
  private static boolean sameList(List<String> one, List<String> other) {
    int last = one.size() - 1;
    return last >= 0
        && other.size() == one.size()
        && one.subList(0, last).equals(other.subList(0, last));
  }

  /// @param under whether what lies below goes with it
  private void write(Trace trace, boolean under) {
    for (PropertyNode each : trace.passed) {
      written.of(each).writes().forEach(this::mark);
    }
    if (under) {
      for (PropertyNode each : trace.places) {
        written.of(each).writesUnder().forEach(this::mark);
      }
    }
  }

  /// The members of a new value, each as if it were written by itself.
  private void value(List<PropertyNode> places, int at, String where) {
    if (json[at] == '{') {
      JsonParts.members(
          json,
          at,
          (name, _, value, _) -> {
            List<PropertyNode> next = new ArrayList<>();
            for (PropertyNode each : places) {
              add(next, each.member(name));
            }
            within(next, value, where);
          });
    } else if (json[at] == '[') {
      JsonParts.items(
          json,
          at,
          (_, value, _) -> {
            List<PropertyNode> next = new ArrayList<>();
            for (PropertyNode each : places) {
              add(next, each.item());
            }
            within(next, value, where);
          });
    }
  }

  private void within(List<PropertyNode> next, int value, String where) {
    if (next.isEmpty()) {
      fault(where, "has a member that the contract does not know");
      return;
    }
    for (PropertyNode each : next) {
      written.of(each).writes().forEach(this::mark);
    }
    value(next, value, where);
  }

  /// Where a pointer leads.
  ///
  /// @param passed every place on the way, the last ones included
  /// @param places where it ends; several where one of several schemas may hold
  /// @param own whether that is an item of a list or a member of a map: a thing of its own
  private record Trace(List<PropertyNode> passed, List<PropertyNode> places, boolean own) {}

  private @Nullable Trace trace(Governed governed, List<String> path, String where) {
    List<PropertyNode> places = List.of(governed.root());
    List<PropertyNode> passed = new ArrayList<>(places);
    boolean own = false;
    for (String token : path) {
      List<PropertyNode> next = new ArrayList<>();
      own = true;
      for (PropertyNode each : places) {
        own &= !each.named().containsKey(token);
        add(next, each.member(token));
        add(next, isIndex(token) ? each.item() : null);
      }
      if (next.isEmpty()) {
        fault(where, "leads to nothing that the contract knows");
        return null;
      }
      places = next;
      passed.addAll(next);
    }
    return new Trace(passed, places, own);
  }

  private static void add(List<PropertyNode> places, @Nullable PropertyNode place) {
    if (place != null && !places.contains(place)) {
      places.add(place);
    }
  }

  /// RFC 6901, section 4: digits without zeros in front of them, or `-` behind the last item.
  private static boolean isIndex(String token) {
    return token.equals("-") || Pointer.index(token) >= 0;
  }

  private boolean given(@Nullable Value value, String where) {
    if (value == null) {
      fault(where, "has no `value`");
    }
    return value != null;
  }

  private @Nullable List<String> pointer(@Nullable Value value, String where) {
    String text = text(value);
    Pointer pointer = text == null ? null : Pointer.parse(text);
    if (text != null && pointer == null) {
      fault(where, "is no JSON pointer");
    }
    return pointer == null ? null : pointer.tokens();
  }

  private @Nullable String text(@Nullable Value value) {
    return value != null && JsonText.isString(json, value.from, value.to)
        ? JsonText.decode(json, value.from, value.to)
        : null;
  }

  private void mark(Meaning meaning) {
    marks.add(new Mark(meaning, from, from, to));
  }

  private void fault(String where, String message) {
    faults.add(new Detail(where, "", message));
  }
}
