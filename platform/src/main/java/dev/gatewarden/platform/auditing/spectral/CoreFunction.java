package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A core function of Spectral with its options: says what is wrong with a value.
interface CoreFunction {

  /// @param value null where nothing stands
  List<Fault> judge(@Nullable Node value, Sight sight);

  /// Something stands there.
  record Defined() implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      return said(value == null, "must be defined");
    }
  }

  /// Nothing stands there.
  record Undefined() implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      return said(value != null, "must not be defined");
    }
  }

  record Truthy() implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      return said(!Values.truthy(value), "must be there and must not be empty");
    }
  }

  record Falsy() implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      return said(Values.truthy(value), "must not be there, or be empty");
    }
  }

  /// One of some values; lists and objects are not looked at.
  record Enumeration(List<Node> values) implements CoreFunction {
    public Enumeration {
      values = List.copyOf(values);
    }

    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      if (value == null || value instanceof Node.Obj || value instanceof Node.Arr) {
        return List.of();
      }
      boolean known = values.stream().anyMatch(each -> Values.same(each, value));
      List<String> shown = values.stream().limit(20).map(Values::shown).toList();
      return said(
          !known,
          Values.shown(value)
              + " is none of "
              + String.join(", ", shown)
              + (values.size() > 20 ? ", …" : ""));
    }
  }

  /// So many characters, items or members, or such a number.
  record Length(@Nullable BigDecimal least, @Nullable BigDecimal most) implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      BigDecimal size =
          switch (value) {
            case null -> null;
            case Node.Text text -> BigDecimal.valueOf(text.value().length());
            case Node.Arr array -> BigDecimal.valueOf(array.items().size());
            case Node.Obj object -> BigDecimal.valueOf(object.members().size());
            case Node.Num number -> Tree.number(number);
            case Node.Bool _, Node.Null _ -> null;
          };
      if (size == null) {
        return List.of();
      }
      if (least != null && size.compareTo(least) < 0) {
        return said(true, "is less than " + least.toPlainString());
      }
      return said(
          most != null && size.compareTo(most) > 0,
          "is more than " + (most == null ? "" : most.toPlainString()));
    }
  }

  /// A pattern that a text has, and one that it has not.
  record Patterned(@Nullable Regex match, @Nullable Regex notMatch) implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      List<Fault> faults = new ArrayList<>();
      if (value instanceof Node.Text(var _, String text)) {
        if (match != null && !match.finds(text, sight.budget())) {
          faults.add(Fault.of(Values.shown(value) + " does not match `" + match + "`"));
        }
        if (notMatch != null && notMatch.finds(text, sight.budget())) {
          faults.add(Fault.of(Values.shown(value) + " matches `" + notMatch + "`"));
        }
      }
      return faults;
    }
  }

  /// At least one, or exactly one, of some members.
  record Properties(List<String> names, boolean one) implements CoreFunction {
    public Properties {
      names = List.copyOf(names);
    }

    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      if (!(value instanceof Node.Obj object)) {
        return List.of();
      }
      long there = names.stream().filter(object.members()::containsKey).count();
      String all = "`" + String.join("`, `", names) + "`";
      return one
          ? said(there != 1, "must have exactly one of " + all + ", and has " + there)
          : said(there == 0, "must have at least one of " + all);
    }
  }

  /// Names of an object, items of a list, or what stands under a key of each item, in order.
  record Alphabetical(@Nullable String keyedBy) implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      List<String> words = new ArrayList<>();
      List<String> below = new ArrayList<>();
      if (value instanceof Node.Obj object) {
        words.addAll(object.members().keySet());
        below.addAll(object.members().keySet());
      } else if (value instanceof Node.Arr array) {
        for (int i = 0; i < array.items().size(); i++) {
          Node item = array.items().get(i);
          Node word = keyedBy == null ? item : Tree.object(item) == null ? null : under(item);
          words.add(word instanceof Node.Text text ? text.value() : Values.shown(word));
          below.add(Integer.toString(i));
        }
      }
      sight.budget().steps(words.size());
      for (int i = 1; i < words.size(); i++) {
        if (order(words.get(i - 1), words.get(i)) > 0) {
          String error =
              "`"
                  + words.get(i)
                  + "` stands behind `"
                  + words.get(i - 1)
                  + "`, against the alphabet";
          return List.of(new Fault(List.of(below.get(i)), error));
        }
      }
      return List.of();
    }

    private @Nullable Node under(Node item) {
      return keyedBy != null && item instanceof Node.Obj object ? object.get(keyedBy) : null;
    }

    private static int order(String one, String other) {
      String plain = "-?\\d{1,15}(\\.\\d{1,15})?";
      if (one.matches(plain) && other.matches(plain)) {
        return new BigDecimal(one).compareTo(new BigDecimal(other));
      }
      int order = one.compareToIgnoreCase(other);
      return order == 0 ? -one.compareTo(other) : order;
    }
  }

  /// Values of `enum` that are of the `type` beside it.
  record TypedEnum() implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      List<Fault> faults = new ArrayList<>();
      if (value instanceof Node.Obj object && object.get("enum") instanceof Node.Arr values) {
        List<String> types = Tree.texts(object.get("type"));
        boolean blank =
            Tree.isTrue(object.get("nullable")) || Tree.isTrue(object.get("x-nullable"));
        for (int i = 0; i < values.items().size() && !types.isEmpty(); i++) {
          sight.budget().step();
          Node each = values.items().get(i);
          boolean right =
              types.stream().anyMatch(type -> Evaluation.typed(type, each))
                  || (blank && each instanceof Node.Null);
          if (!right) {
            faults.add(
                new Fault(
                    List.of("enum", Integer.toString(i)),
                    Values.shown(each) + " is not of type `" + String.join("`, `", types) + "`"));
          }
        }
      }
      return faults;
    }
  }

  /// Members that no reference of the document leads to.
  ///
  /// @param location pointer of the object that holds them
  record Unreferenced(String location) implements CoreFunction {
    @Override
    public List<Fault> judge(@Nullable Node value, Sight sight) {
      List<Fault> faults = new ArrayList<>();
      if (value instanceof Node.Obj object) {
        Set<String> referenced = sight.referenced();
        for (String name : object.members().keySet()) {
          String pointer = location + "/" + name.replace("~", "~0").replace("/", "~1");
          sight.budget().steps(1 + referenced.size());
          boolean used =
              referenced.stream()
                  .anyMatch(each -> each.equals(pointer) || each.startsWith(pointer + "/"));
          if (!used) {
            faults.add(new Fault(List.of(name), "no reference leads to `" + name + "`"));
          }
        }
      }
      return faults;
    }
  }

  private static List<Fault> said(boolean wrong, String error) {
    return wrong ? List.of(Fault.of(error)) : List.of();
  }
}
