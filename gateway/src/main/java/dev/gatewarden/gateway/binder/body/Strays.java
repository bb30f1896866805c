package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.schema.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds members that bear the name of a property which not everybody may see within what the
/// contract does not promise.
final class Strays {
  private static final int MOST_STEPS = 64;

  private final Map<String, String> classes = new HashMap<>();
  private final Map<String, Meaning> restricted = new HashMap<>();
  private final SchemaSource source;
  private final Set<String> seen = new HashSet<>();

  private Strays(SchemaSource source) {
    this.source = source;
  }

  /// What a schema classifies or restricts anywhere; null where it does neither.
  static @Nullable Strays of(SchemaSource source) {
    Strays strays = new Strays(source);
    strays.gather(source.schema());
    return strays.classes.isEmpty() && strays.restricted.isEmpty() ? null : strays;
  }

  private void gather(Node node) {
    switch (node) {
      case Node.Obj object -> {
        if (object.get("properties") instanceof Node.Obj properties) {
          for (Node.Member member : properties.entries()) {
            String dataClass = dataClass(member.value());
            String name = member.name().toLowerCase(Locale.ROOT);
            if (dataClass != null) {
              classes.put(name, dataClass);
            }
            Meaning readable = readable(member.value());
            if (readable != null) {
              restricted.merge(name, readable, Strays::either);
            }
          }
        }
        if (object.get("$ref") instanceof Node.Text reference && first(reference)) {
          Node target = target(reference);
          if (target != null) {
            gather(target);
          }
        }
        for (Node.Member member : object.entries()) {
          gather(member.value());
        }
      }
      case Node.Arr(var _, var items) -> items.forEach(this::gather);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }

  private static @Nullable Meaning readable(Node property) {
    if (!(property instanceof Node.Obj object)) {
      return null;
    }
    Node said = object.get(PropertyWords.READ);
    Node mask = object.get(PropertyWords.MASK);
    List<Grant> by = said == null ? null : PropertyWords.readers(said);
    Masking masking = mask == null ? Masking.REMOVED : PropertyWords.masking(mask);
    return by == null || masking == null ? null : new Meaning.Readable(by, masking);
  }

  /// Of properties with one name and several lists, nobody knows which of them a stray is.
  private static Meaning either(Meaning one, Meaning other) {
    return one.equals(other) ? one : new Meaning.Readable(List.of(), Masking.REMOVED);
  }

  private boolean first(Node.Text reference) {
    return seen.add(reference.place().origin().address() + " " + reference.value());
  }

  private @Nullable String dataClass(Node property) {
    Node at = property;
    for (int step = 0; step < MOST_STEPS && at instanceof Node.Obj object; step++) {
      if (object.get(PropertyWords.CLASS) instanceof Node.Text text) {
        return text.value();
      }
      at = object.get("$ref") instanceof Node.Text reference ? target(reference) : null;
    }
    return null;
  }

  private @Nullable Node target(Node.Text reference) {
    return source.references().resolve(reference.value(), reference.place())
            instanceof References.Resolution.Found(Node found)
        ? found
        : null;
  }

  /// The marks of a body and, behind them, those of the strays in it.
  List<Mark> with(Bytes body, List<Mark> marks) {
    List<Mark> all = null;
    for (Mark mark : marks) {
      if (mark.meaning() instanceof Meaning.Undeclared) {
        all = all == null ? new ArrayList<>(marks) : all;
        within(body.array(), mark, all);
      }
    }
    return all == null ? marks : all;
  }

  private void within(byte[] json, Mark mark, List<Mark> all) {
    int at = mark.nameFrom();
    while (at < mark.to()) {
      if (json[at] != '"') {
        at++;
        continue;
      }
      int end = JsonText.endOfString(json, at);
      int value = value(json, end, mark.to());
      String name = value < 0 ? "" : JsonText.decode(json, at, end);
      String dataClass = classes.get(name.toLowerCase(Locale.ROOT));
      Meaning readable = restricted.get(name.toLowerCase(Locale.ROOT));
      if (value < 0 || (dataClass == null && readable == null)) {
        at = end;
        continue;
      }
      int behind = JsonText.end(json, value);
      if (dataClass != null) {
        all.add(new Reading.Mark(new Meaning.Stray(name, dataClass), at, value, behind));
      }
      if (readable != null) {
        all.add(new Reading.Mark(readable, at, value, behind));
      }
      at = behind;
    }
  }

  /// Where the value behind a name begins; -1 where the string was no name.
  private static int value(byte[] json, int end, int to) {
    int at = end;
    boolean colon = false;
    while (at < to && (json[at] <= ' ' || (json[at] == ':' && !colon))) {
      colon |= json[at] == ':';
      at++;
    }
    return colon && at < to ? at : -1;
  }
}
