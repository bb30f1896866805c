package dev.gatewarden.core.document;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a YAML or JSON document that knows where it stands.
///
/// The tree is immutable and keeps the order of the text. Numbers keep their literal, so that
/// nothing is rounded on the way in.
public sealed interface Node {

  /// Where the value begins.
  Place place();

  /// An object; member names are unique (a repeated one is a problem when the document is read).
  record Obj(Place place, Map<String, Member> members) implements Node {
    public Obj {
      members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// The value under a name, or null when there is none.
    public @Nullable Node get(String name) {
      Member member = members.get(name);
      return member == null ? null : member.value();
    }

    /// The members in the order of the text.
    public Collection<Member> entries() {
      return members.values();
    }
  }

  /// One name of an object, where the name stands, and its value.
  record Member(String name, Place namePlace, Node value) {}

  /// An array.
  record Arr(Place place, List<Node> items) implements Node {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A text.
  record Text(Place place, String value) implements Node {}

  /// A number as it was written.
  record Num(Place place, String literal) implements Node {
    public BigDecimal value() {
      return new BigDecimal(literal);
    }
  }

  /// True or false.
  record Bool(Place place, boolean value) implements Node {}

  /// The explicit null.
  record Null(Place place) implements Node {}
}
