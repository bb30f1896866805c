package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.schema.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The place in a JSON body at which the gate writes whose objects are searched for.
///
/// @param number of the binding within its operation
/// @param names the steps to the value
/// @param plain the last of them without what services ignore in names
record FilterInBody(int number, List<String> names, String plain) {

  static FilterInBody of(int number, PointerPattern at) {
    List<String> names =
        at.steps().stream()
            .map(step -> step instanceof PointerPattern.Name(String name) ? name : "*")
            .toList();
    return new FilterInBody(number, names, NamedProperties.loose(names.getLast()));
  }

  /// What a request says.
  sealed interface Said {
    /// Whose objects, once, at the one place.
    record Whose(String value) implements Said {}

    /// Nothing; this says it.
    record Nothing(Edit edit) implements Said {}

    /// Something else that could be it, or there is no place for it.
    record Unclear() implements Said {}
  }

  private static final Said UNCLEAR = new Said.Unclear();

  /// @param own what the gate would write
  Said read(Call call, String own) {
    Reading body = call.body();
    if (!body.conforms() || !body.complete() || body.whole().length() == 0) {
      return UNCLEAR;
    }
    @Nullable Mark[] marks = marks(body);
    if (marks == null || marks[0] == null) {
      return UNCLEAR;
    }
    Mark value = marks[names.size()];
    int others = mentions(body.bytes()) - (value == null ? 0 : 1);
    if (others != 0) {
      return UNCLEAR;
    }
    if (value != null) {
      String said = JsonText.plain(body.bytes().array(), value.from(), value.to());
      return said == null ? UNCLEAR : new Said.Whose(said);
    }
    int deepest = names.size() - 1;
    while (marks[deepest] == null) {
      deepest--;
    }
    Mark around = marks[deepest];
    return around == null || body.bytes().array()[around.from()] != '{'
        ? UNCLEAR
        : new Said.Nothing(written(body.bytes(), around, deepest, own));
  }

  /// By how many steps lead there; null where one is there twice.
  private @Nullable Mark @Nullable [] marks(Reading body) {
    @Nullable Mark[] found = new Mark[names.size() + 1];
    List<Mark> marks = body.marks();
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).meaning() instanceof Meaning.Part(int of, Role role, String depth)
          && of == number
          && role == Role.FILTER) {
        int at = Integer.parseInt(depth);
        if (found[at] != null) {
          return null;
        }
        found[at] = marks.get(i);
      }
    }
    return found;
  }

  /// Services differ in which spelling of a name they take, and where: whatever could be it counts,
  /// wherever it stands.
  private int mentions(Bytes body) {
    byte[] json = body.array();
    int count = 0;
    for (int at = body.from(); at < body.to(); at++) {
      if (json[at] != '"') {
        continue;
      }
      int end = JsonText.endOfString(json, at);
      int next = end;
      while (next < body.to() && json[next] <= ' ') {
        next++;
      }
      if (next < body.to() && json[next] == ':') {
        String name = JsonText.decode(json, at, end);
        String last = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
        count +=
            OwnerFilterGuard.meansThat(name, plain) || OwnerFilterGuard.meansThat(last, plain)
                ? 1
                : 0;
      }
      at = end - 1;
    }
    return count;
  }

  private Edit written(Bytes body, Mark around, int deepest, String own) {
    StringBuilder text = new StringBuilder();
    for (int i = deepest; i < names.size(); i++) {
      text.append(i == deepest ? "" : "{").append(quoted(names.get(i))).append(':');
    }
    text.append(quoted(own)).append("}".repeat(names.size() - 1 - deepest));
    int inside = around.from() + 1;
    int first = inside;
    while (body.array()[first] <= ' ') {
      first++;
    }
    return new Edit.WriteRequest(inside, body.array()[first] == '}' ? text.toString() : text + ",");
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  static @Nullable FilterInBody of(List<ObjectBinding> all, ObjectBinding binding) {
    ObjectBinding.Filter filter = binding.filter();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == binding
          && filter != null
          && filter.at() instanceof dev.gatewarden.core.contract.Selector.Body(var at)) {
        return of(i, at);
      }
    }
    return null;
  }
}
