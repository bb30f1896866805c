package dev.gatewarden.platform.probing.grpc;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/// What `buf.validate` says of messages: the judge of all of its rules, and the words of one field
/// that help to keep them.
final class MessageRules {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  /// Whether a message keeps every rule; null where the rules themselves cannot be understood.
  @Nullable Boolean keeps(Message message) {
    try {
      return validator.validate(message).isSuccess();
    } catch (ValidationException unclear) {
      return null;
    }
  }

  /// Whether a field must be there.
  static boolean isRequired(FieldDescriptor field) {
    return field.isRequired() || of(field).getRequired();
  }

  private static FieldRules of(FieldDescriptor field) {
    return field.getOptions().getExtension(ValidateProto.field);
  }

  /// The rules of each item of a list, or of the field itself.
  private static FieldRules ofValue(FieldDescriptor field) {
    FieldRules rules = of(field);
    return field.isRepeated() && rules.hasRepeated() ? rules.getRepeated().getItems() : rules;
  }

  /// The value of a word, such as `gte` or `min_len`; null where it is not said.
  static @Nullable Object word(FieldDescriptor field, String name) {
    return word(ofValue(field), name);
  }

  /// The value of a word about a list, such as `min_items`; null where it is not said.
  static @Nullable Object ofList(FieldDescriptor field, String name) {
    return word(of(field), name);
  }

  private static @Nullable Object word(FieldRules rules, String name) {
    for (FieldDescriptor each : rules.getAllFields().keySet()) {
      if (each.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && !each.isRepeated()
          && rules.getField(each) instanceof Message of) {
        FieldDescriptor word = of.getDescriptorForType().findFieldByName(name);
        if (word != null
            && (word.isRepeated() ? of.getRepeatedFieldCount(word) > 0 : of.hasField(word))) {
          return of.getField(word);
        }
      }
    }
    return null;
  }

  /// A whole number that a word says, or another one.
  static long number(FieldDescriptor field, String name, long other) {
    return word(field, name) instanceof Number said ? said.longValue() : other;
  }
}
