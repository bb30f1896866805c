package dev.gatewarden.platform.probing.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes messages of what [MessageValues] writes; what no descriptor knows is left out.
final class MessageWriter {
  private MessageWriter() {}

  static DynamicMessage message(Descriptor type, Map<String, Node> values) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    values.forEach(
        (name, value) -> {
          FieldDescriptor field = type.findFieldByName(name);
          if (field == null) {
            return;
          }
          if (field.isRepeated() && value instanceof Node.Arr list) {
            for (Node each : list.items()) {
              Object item = value(field, each);
              if (item != null) {
                message.addRepeatedField(field, item);
              }
            }
          } else if (!field.isRepeated()) {
            Object one = value(field, value);
            if (one != null) {
              message.setField(field, one);
            }
          }
        });
    return message.buildPartial();
  }

  private static @Nullable Object value(FieldDescriptor field, Node value) {
    String text = Json.scalar(value);
    return switch (field.getJavaType()) {
      case INT -> value instanceof Node.Num number ? number.value().intValue() : null;
      case LONG -> value instanceof Node.Num number ? number.value().longValue() : null;
      case FLOAT -> value instanceof Node.Num number ? number.value().floatValue() : null;
      case DOUBLE -> value instanceof Node.Num number ? number.value().doubleValue() : null;
      case BOOLEAN -> value instanceof Node.Bool bool ? bool.value() : null;
      case STRING -> text;
      case BYTE_STRING -> text == null ? null : bytes(text);
      case ENUM -> word(field.getEnumType(), value);
      case MESSAGE ->
          value instanceof Node.Obj object
              ? message(field.getMessageType(), members(object))
              : null;
    };
  }

  private static Map<String, Node> members(Node.Obj object) {
    Map<String, Node> members = new java.util.LinkedHashMap<>();
    object.entries().forEach(each -> members.put(each.name(), each.value()));
    return members;
  }

  private static @Nullable ByteString bytes(String text) {
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private static @Nullable EnumValueDescriptor word(EnumDescriptor words, Node value) {
    return switch (value) {
      case Node.Text(var _, String name) -> words.findValueByName(name);
      case Node.Num number -> {
        int said = number.value().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
        yield words.isClosed()
            ? words.findValueByNumber(said)
            : words.findValueByNumberCreatingIfUnknown(said);
      }
      default -> null;
    };
  }
}
