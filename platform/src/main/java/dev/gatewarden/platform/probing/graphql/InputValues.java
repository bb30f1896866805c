package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.probing.protocol.Guess;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values of input types (GraphQL, October 2021, section 3).
final class InputValues {
  private static final int DEEPEST = 4;

  /// Beyond so many values nothing is added that need not be there.
  private static final int MANY = 400;

  /// Beyond so many nothing is added at all.
  private static final int MOST = 4_000;

  /// Scalars that everybody defines, and who means the same by them.
  private static final Map<String, Node> KNOWN =
      Map.ofEntries(
          Map.entry("date", Json.of("2031-02-28")),
          Map.entry("datetime", Json.of("2031-02-28T23:59:59Z")),
          Map.entry("instant", Json.of("2031-02-28T23:59:59Z")),
          Map.entry("timestamp", Json.of("2031-02-28T23:59:59Z")),
          Map.entry("time", Json.of("23:59:59Z")),
          Map.entry("uuid", Json.of("6f1e0f0e-6a3f-4f5e-9a35-1f6b1c2d3e4f")),
          Map.entry("url", Json.of("https://example.com/a")),
          Map.entry("uri", Json.of("https://example.com/a")),
          Map.entry("email", Json.of("a@example.com")),
          Map.entry("emailaddress", Json.of("a@example.com")),
          Map.entry("long", Json.of(7)),
          Map.entry("bigint", Json.of(7)),
          Map.entry("bigdecimal", Json.number("7.5")),
          Map.entry("decimal", Json.number("7.5")),
          Map.entry("positiveint", Json.of(7)),
          Map.entry("nonnegativeint", Json.of(7)),
          Map.entry("json", Json.EMPTY),
          Map.entry("jsonobject", Json.EMPTY),
          Map.entry("object", Json.EMPTY));

  private final Random random;
  private final List<String> ids;
  private int made;

  /// @param ids such as are known to be somebody's
  InputValues(Random random, List<String> ids) {
    this.random = random;
    this.ids = ids;
  }

  /// A value that a type permits; null where nobody knows any.
  @Nullable Node right(GraphQLType type, int depth) {
    if (made++ > MOST) {
      return null;
    }
    return switch (type) {
      case GraphQLNonNull sure -> right(sure.getWrappedType(), depth);
      case GraphQLList list -> list(list, depth);
      case GraphQLEnumType words -> {
        List<GraphQLEnumValueDefinition> all = words.getValues();
        yield Json.of(all.get(random.nextInt(all.size())).getName());
      }
      case GraphQLInputObjectType object -> object(object, depth);
      case GraphQLScalarType scalar -> scalar(scalar.getName());
      default -> null;
    };
  }

  private @Nullable Node list(GraphQLList list, int depth) {
    List<Node> items = new ArrayList<>();
    int size = depth >= DEEPEST || made > MANY ? 0 : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      Node item = right(list.getWrappedType(), depth + 1);
      if (item == null) {
        return null;
      }
      items.add(item);
    }
    return Json.of(items);
  }

  private @Nullable Node object(GraphQLInputObjectType object, int depth) {
    Map<String, Node> members = new LinkedHashMap<>();
    List<GraphQLInputObjectField> fields = object.getFields();
    if (object.isOneOf()) {
      GraphQLInputObjectField one = fields.get(random.nextInt(fields.size()));
      Node value = depth > DEEPEST ? null : right(one.getType(), depth + 1);
      return value == null ? null : Json.of(Map.of(one.getName(), value));
    }
    for (GraphQLInputObjectField each : fields) {
      boolean must = isRequired(each);
      if (must || (depth < DEEPEST && random.nextBoolean() && made < MANY)) {
        Node value = depth > 2 * DEEPEST ? null : right(each.getType(), depth + 1);
        if (value != null) {
          members.put(each.getName(), value);
        } else if (must) {
          return null;
        }
      }
    }
    return Json.of(members);
  }

  static boolean isRequired(GraphQLInputObjectField field) {
    return field.getType() instanceof GraphQLNonNull && !field.hasSetDefaultValue();
  }

  private @Nullable Node scalar(String name) {
    return switch (name) {
      case "Int" -> Json.of(Guess.whole(random, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case "Float" -> Json.number(random.nextInt(-999, 1_000) + "." + random.nextInt(1, 100));
      case "Boolean" -> Json.of(random.nextBoolean());
      case "ID" ->
          Json.of(
              ids.isEmpty() || random.nextInt(4) == 0
                  ? Integer.toString(random.nextInt(1, 1_000))
                  : ids.get(random.nextInt(ids.size())));
      case "String" -> Json.of(Guess.text(random, 0, 400));
      default -> KNOWN.get(name.toLowerCase(Locale.ROOT).replace("_", ""));
    };
  }

  /// Whether a value is one of a type; of a scalar that the service defines itself, any is.
  static boolean takes(GraphQLType type, Node value) {
    if (type instanceof GraphQLNonNull sure) {
      return !(value instanceof Node.Null) && takes(sure.getWrappedType(), value);
    }
    if (value instanceof Node.Null) {
      return true;
    }
    return switch (type) {
      case GraphQLList list ->
          value instanceof Node.Arr(var _, List<Node> items)
              ? items.stream().allMatch(each -> takes(list.getWrappedType(), each))
              : takes(list.getWrappedType(), value);
      case GraphQLEnumType words ->
          value instanceof Node.Text(var _, String text) && words.getValue(text) != null;
      case GraphQLInputObjectType object -> value instanceof Node.Obj it && takes(object, it);
      case GraphQLScalarType scalar -> takes(scalar.getName(), value);
      default -> false;
    };
  }

  private static boolean takes(GraphQLInputObjectType object, Node.Obj value) {
    for (Node.Member each : value.entries()) {
      GraphQLInputObjectField field = object.getField(each.name());
      if (field == null || !takes(field.getType(), each.value())) {
        return false;
      }
    }
    if (object.isOneOf()) {
      return value.entries().size() == 1;
    }
    return object.getFields().stream()
        .allMatch(each -> !isRequired(each) || value.get(each.getName()) != null);
  }

  private static boolean takes(String scalar, Node value) {
    return switch (scalar) {
      case "Int" -> value instanceof Node.Num number && isInt(number.value());
      case "Float" -> value instanceof Node.Num;
      case "Boolean" -> value instanceof Node.Bool;
      case "ID" ->
          value instanceof Node.Text
              || (value instanceof Node.Num number
                  && number.value().stripTrailingZeros().scale() <= 0);
      case "String" -> value instanceof Node.Text;
      default -> true;
    };
  }

  static boolean isInt(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) >= 0
        && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
  }

  /// Whether only the service knows what some value below a type may be.
  static boolean isOpen(GraphQLType type) {
    return isOpen(type, new HashSet<>());
  }

  private static boolean isOpen(GraphQLType type, Set<String> above) {
    return switch (type) {
      case GraphQLNonNull sure -> isOpen(sure.getWrappedType(), above);
      case GraphQLList list -> isOpen(list.getWrappedType(), above);
      case GraphQLInputObjectType object ->
          above.add(object.getName())
              && object.getFields().stream().anyMatch(each -> isOpen(each.getType(), above));
      case GraphQLScalarType scalar ->
          !Set.of("Int", "Float", "Boolean", "ID", "String").contains(scalar.getName());
      default -> false;
    };
  }
}
