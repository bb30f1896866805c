package dev.gatewarden.platform.probing.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.schema.pattern.Example;
import dev.gatewarden.platform.probing.protocol.Guess;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Messages that their descriptors permit, as JSON: fields by name, 64-bit numbers as numbers,
/// bytes in base64, enums by name or number, maps as lists of `key` and `value`.
final class MessageValues {
  private static final int DEEPEST = 3;
  private static final int UNKNOWN_WORD = 4_242;

  /// Beyond so many values nothing is added that need not be there.
  private static final int MANY = 400;

  /// Beyond so many nothing is added at all.
  private static final int MOST = 4_000;

  private final Random random;
  private final List<String> ids;
  private int made;

  /// @param ids such as are known to be somebody's
  MessageValues(Random random, List<String> ids) {
    this.random = random;
    this.ids = ids;
  }

  /// Fields of a message.
  Map<String, Node> right(Descriptor type, int depth) {
    Map<String, Node> known = wellKnown(type);
    if (known != null) {
      return known;
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (FieldDescriptor each : type.getFields()) {
      boolean must = MessageRules.isRequired(each) || type.getOptions().getMapEntry();
      OneofDescriptor one = each.getRealContainingOneof();
      boolean other =
          one != null && one.getFields().stream().anyMatch(it -> values.containsKey(it.getName()));
      boolean deep = depth > DEEPEST && each.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      boolean wanted = must || (!deep && random.nextInt(3) > 0 && made < MANY);
      if (wanted && !other && depth <= 2 * DEEPEST && made++ < MOST) {
        values.put(each.getName(), each.isRepeated() ? list(each, depth) : value(each, depth));
      }
    }
    return values;
  }

  /// Messages that everybody knows, and whose fields have bounds that no descriptor says.
  private @Nullable Map<String, Node> wellKnown(Descriptor type) {
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" ->
          Map.of("seconds", Json.of(random.nextLong(0, 2_000_000_000L)));
      case "google.protobuf.Duration" -> Map.of("seconds", Json.of(random.nextInt(0, 1_000)));
      case "google.protobuf.Any", "google.protobuf.FieldMask", "google.protobuf.Struct" -> Map.of();
      case "google.protobuf.Value" -> Map.of("bool_value", Json.of(random.nextBoolean()));
      default -> null;
    };
  }

  private Node list(FieldDescriptor field, int depth) {
    int least = size(field, field.isMapField() ? "min_pairs" : "min_items", 0);
    int most =
        Math.max(least, size(field, field.isMapField() ? "max_pairs" : "max_items", least + 3));
    int size = least + random.nextInt(Math.min(most - least, 3) + 1);
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < size && (i < least || made < MANY) && made < MOST; i++) {
      Node item = value(field, depth + 1);
      if (!items.contains(item)) {
        items.add(item);
      }
    }
    return Json.of(items);
  }

  private static int size(FieldDescriptor field, String word, int other) {
    return MessageRules.ofList(field, word) instanceof Number said
        ? (int) Math.clamp(said.longValue(), 0L, 1_000L)
        : other;
  }

  private Node value(FieldDescriptor field, int depth) {
    Object only = MessageRules.word(field, "const");
    Object some = MessageRules.word(field, "in");
    if (only == null && some instanceof List<?> list && !list.isEmpty()) {
      only = list.get(random.nextInt(list.size()));
    }
    return switch (field.getJavaType()) {
      case INT, LONG -> only == null ? whole(field) : Json.number(only.toString());
      case FLOAT, DOUBLE ->
          Json.number(only == null ? whole(field, -1_000, 1_000) + ".5" : only.toString());
      case BOOLEAN -> Json.of(only == null ? random.nextBoolean() : Boolean.TRUE.equals(only));
      case STRING -> Json.of(only == null ? text(field) : only.toString());
      case BYTE_STRING -> Json.of(bytes(field));
      case ENUM -> only == null ? word(field) : Json.number(only.toString());
      case MESSAGE -> Json.of(right(field.getMessageType(), depth + 1));
    };
  }

  private Node whole(FieldDescriptor field) {
    String id = isId(field) ? known("[1-9]\\d{0,8}") : null;
    if (id != null) {
      return Json.number(id);
    }
    return Json.of(
        switch (field.getType()) {
          case INT64, SINT64, SFIXED64 -> whole(field, Long.MIN_VALUE, Long.MAX_VALUE);
          case UINT64, FIXED64 -> whole(field, 0, Long.MAX_VALUE);
          case UINT32, FIXED32 -> whole(field, 0, 0xffff_ffffL);
          default -> whole(field, Integer.MIN_VALUE, Integer.MAX_VALUE);
        });
  }

  private long whole(FieldDescriptor field, long lowest, long highest) {
    long above = MessageRules.number(field, "gt", Long.MIN_VALUE);
    long below = MessageRules.number(field, "lt", Long.MAX_VALUE);
    long least = MessageRules.number(field, "gte", above == Long.MIN_VALUE ? lowest : above + 1);
    long most = MessageRules.number(field, "lte", below == Long.MAX_VALUE ? highest : below - 1);
    return Guess.whole(random, Math.max(least, lowest), Math.max(least, Math.min(most, highest)));
  }

  private @Nullable String known(String form) {
    List<String> fit = ids.stream().filter(each -> each.matches(form)).toList();
    return fit.isEmpty() || random.nextInt(4) == 0 ? null : fit.get(random.nextInt(fit.size()));
  }

  private static boolean isId(FieldDescriptor field) {
    return field.getName().equals("id") || field.getName().endsWith("_id");
  }

  private String text(FieldDescriptor field) {
    String id = isId(field) ? known(".*") : null;
    if (id != null) {
      return id;
    }
    if (MessageRules.word(field, "pattern") instanceof String pattern) {
      return Example.of(pattern).orElse("a");
    }
    String formed = formed(field);
    if (!formed.isEmpty()) {
      return formed;
    }
    int exact = (int) MessageRules.number(field, "len", -1);
    int least =
        exact >= 0 ? exact : (int) Math.clamp(MessageRules.number(field, "min_len", 0), 0L, 2_000L);
    int most =
        exact >= 0
            ? exact
            : (int) Math.clamp(MessageRules.number(field, "max_len", 300), least, 2_000L);
    String begin = MessageRules.word(field, "prefix") instanceof String said ? said : "";
    String end = MessageRules.word(field, "suffix") instanceof String said ? said : "";
    int taken = begin.length() + end.length();
    return begin + Guess.text(random, Math.max(0, least - taken), Math.max(0, most - taken)) + end;
  }

  private String formed(FieldDescriptor field) {
    Map<String, String> forms =
        Map.of(
            "email", "a" + random.nextInt(1_000) + "@example.com",
            "uuid",
                new java.util.UUID(
                        random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63)
                    .toString(),
            "uri", "https://example.com/" + random.nextInt(1_000),
            "hostname", "a" + random.nextInt(1_000) + ".example.com",
            "ip", "192.0.2." + random.nextInt(1, 255),
            "ipv4", "192.0.2." + random.nextInt(1, 255),
            "ipv6", "2001:db8::" + random.nextInt(1, 255));
    for (Map.Entry<String, String> each : new java.util.TreeMap<>(forms).entrySet()) {
      if (Boolean.TRUE.equals(MessageRules.word(field, each.getKey()))) {
        return each.getValue();
      }
    }
    return "";
  }

  private String bytes(FieldDescriptor field) {
    int least = (int) Math.clamp(MessageRules.number(field, "min_len", 0), 0L, 2_000L);
    byte[] bytes = new byte[least + random.nextInt(16)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// A word, and now and then a number that stands for none, which open enums take.
  private Node word(FieldDescriptor field) {
    boolean closed =
        field.getEnumType().isClosed()
            || Boolean.TRUE.equals(MessageRules.word(field, "defined_only"));
    if (!closed && random.nextInt(6) == 0) {
      return Json.of(UNKNOWN_WORD);
    }
    List<EnumValueDescriptor> words = field.getEnumType().getValues();
    return Json.of(words.get(random.nextInt(words.size())).getName());
  }
}
