package dev.gatewarden.platform.probing.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import dev.gatewarden.platform.probing.protocol.Simpler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Makes the cases of a method.
final class GrpcCases {
  private static final int TRIES = 12;

  private final GrpcSchema schema;
  private final MessageRules rules;
  private final List<String> ids;

  /// @param ids such as are known to be somebody's; it may grow
  GrpcCases(GrpcSchema schema, MessageRules rules, List<String> ids) {
    this.schema = schema;
    this.rules = rules;
    this.ids = ids;
  }

  private Descriptor type(String operation) {
    return schema.method(operation).getInputType();
  }

  /// A case that keeps every rule; null where none is found.
  @Nullable ProtocolCase right(Operation operation, Random random) {
    String name = operation.id().name();
    for (int tries = 0; tries < TRIES; tries++) {
      Map<String, Node> values = new LinkedHashMap<>();
      new MessageValues(random, ids)
          .right(type(name), 0)
          .forEach((field, value) -> values.put(GrpcRequest.MESSAGE + field, value));
      ProtocolCase made = new ProtocolCase("", name, true, values);
      if (!Boolean.FALSE.equals(keeps(made))) {
        return made;
      }
    }
    return null;
  }

  private @Nullable Boolean keeps(ProtocolCase made) {
    var message = GrpcRequest.message(type(made.operation()), made);
    return message.isInitialized() ? rules.keeps(message) : Boolean.FALSE;
  }

  /// A case with one thing wrong; null where none is found.
  @Nullable ProtocolCase wrong(Operation operation, Random random) {
    ProtocolCase right = right(operation, random);
    if (right == null) {
      return null;
    }
    List<ProtocolCase> choices = new ArrayList<>();
    if (random.nextBoolean()) {
      values(right, choices);
    }
    if (choices.isEmpty()) {
      bytes(right, choices);
    }
    return choices.isEmpty() ? null : choices.get(random.nextInt(choices.size()));
  }

  /// Values that break a rule, by the judgement of the rules themselves.
  private void values(ProtocolCase right, List<ProtocolCase> to) {
    for (FieldDescriptor each : type(right.operation()).getFields()) {
      String at = GrpcRequest.MESSAGE + each.getName();
      List<ProtocolCase> maybe = new ArrayList<>();
      maybe.add(right.without(at).wrong(each.getName() + ": missing"));
      odd(each)
          .forEach(
              (what, value) ->
                  maybe.add(right.with(at, value).wrong(each.getName() + ": " + what)));
      maybe.stream().filter(it -> Boolean.FALSE.equals(keeps(it))).forEach(to::add);
    }
  }

  private static Map<String, Node> odd(FieldDescriptor field) {
    Map<String, Node> odd = new LinkedHashMap<>();
    if (field.isRepeated()) {
      odd.put("empty list", Json.of(List.of()));
      return odd;
    }
    switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE -> {
        odd.put("zero", Json.of(0));
        odd.put("below", Json.of(MessageRules.number(field, "gte", 0) - 1));
        odd.put("not above", Json.of(MessageRules.number(field, "gt", 0)));
        odd.put("above", Json.of(MessageRules.number(field, "lte", Integer.MAX_VALUE - 1) + 1));
        odd.put("not below", Json.of(MessageRules.number(field, "lt", Integer.MAX_VALUE)));
      }
      case STRING -> {
        long least = MessageRules.number(field, "min_len", 0);
        odd.put("empty", Json.of(""));
        odd.put("none of its form", Json.of("~ none of them ~"));
        odd.put("too short", Json.of("a".repeat((int) Math.clamp(least - 1, 0L, 2_000L))));
        odd.put("too long", Json.of(longer(MessageRules.number(field, "max_len", 4_000))));
      }
      case ENUM -> odd.put("number that is no word", Json.of(4_242));
      case BYTE_STRING -> odd.put("empty", Json.of(""));
      case MESSAGE -> odd.put("empty", Json.EMPTY);
      case BOOLEAN -> odd.put("false", Json.of(false));
    }
    return odd;
  }

  private static String longer(long most) {
    return "a".repeat((int) Math.clamp(most + 1, 0L, 10_000L));
  }

  /// Bytes that are no message, or not the one that they should be.
  private void bytes(ProtocolCase right, List<ProtocolCase> to) {
    to.add(right.with("frame", Json.of("short")).wrong("frame: shorter than its length says"));
    to.add(right.with("frame", Json.of("huge")).wrong("frame: length of two gigabytes"));
    to.add(right.with("frame", Json.of("compressed")).wrong("frame: compressed by no coding"));
    to.add(right.with("frame", Json.of("prefix")).wrong("frame: part of a length"));
    to.add(right.with("frame", Json.of("none")).wrong("frame: no message"));
    to.add(
        right
            .with(
                "suffix",
                coded(1, WireFormat.WIRETYPE_LENGTH_DELIMITED, new byte[] {-1, -1, -1, -1, 7}))
            .wrong("bytes: field longer than the message"));
    if (GrpcRequest.bytes(type(right.operation()), right).length > 1) {
      ProtocolCase cut = right.with("cut", Json.of(1)).wrong("bytes: without the last one");
      to.add(cut);
    }
    for (FieldDescriptor each : type(right.operation()).getFields()) {
      if (each.getType() == FieldDescriptor.Type.STRING && !each.isRepeated()) {
        to.add(
            right
                .with(
                    "suffix",
                    coded(
                        each.getNumber(),
                        WireFormat.WIRETYPE_LENGTH_DELIMITED,
                        new byte[] {2, (byte) 0xc3, 0x28}))
                .wrong("bytes: text that is no UTF-8 at " + each.getName()));
      }
      boolean delimited =
          each.getLiteType().getJavaType() == WireFormat.JavaType.STRING
              || each.getLiteType().getJavaType() == WireFormat.JavaType.MESSAGE;
      if (!each.isPackable()) {
        to.add(
            right
                .without(GrpcRequest.MESSAGE + each.getName())
                .with(
                    "suffix",
                    delimited
                        ? coded(each.getNumber(), WireFormat.WIRETYPE_VARINT, new byte[] {7})
                        : coded(
                            each.getNumber(),
                            WireFormat.WIRETYPE_LENGTH_DELIMITED,
                            new byte[] {1, 7}))
                .wrong("bytes: other wire type at " + each.getName()));
      }
    }
  }

  private static Node coded(int number, int wireType, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream to = CodedOutputStream.newInstance(bytes);
    try {
      to.writeTag(number, wireType);
      to.writeRawBytes(ByteString.copyFrom(content));
      to.flush();
    } catch (IOException impossible) {
      throw new GatewardenBug("memory cannot be written", impossible);
    }
    return Json.of(Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  /// The same case with less in it, still as right or as wrong as it is.
  List<ProtocolCase> simpler(ProtocolCase made) {
    List<ProtocolCase> less = new ArrayList<>();
    for (Map.Entry<String, Node> each : made.values().entrySet()) {
      String at = each.getKey();
      if (at.startsWith(GrpcRequest.MESSAGE)) {
        less.add(made.without(at));
        Simpler.values(each.getValue()).forEach(value -> less.add(made.with(at, value)));
      }
    }
    less.removeIf(each -> !isAlike(each));
    return less;
  }

  /// Whether it is still right, or wrong for the same reason.
  private boolean isAlike(ProtocolCase less) {
    if (less.right()) {
      return !Boolean.FALSE.equals(keeps(less));
    }
    boolean spoilt = less.values().keySet().stream().anyMatch(GrpcCases::spoils);
    // what breaks a rule is small already: another field might break another one
    return spoilt && !(less.values().containsKey("cut"));
  }

  private static boolean spoils(String at) {
    return at.equals("frame") || at.equals("suffix") || at.equals("cut");
  }
}
