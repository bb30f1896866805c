package dev.gatewarden.platform.probing.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A case as it is sent: the bytes of the message behind their length (gRPC over HTTP/2,
/// Length-Prefixed-Message).
///
/// Places of a case are `message/name` for each field. `suffix` is written behind the message, in
/// base64; `cut` is how many of its last bytes are not; `frame` is what is wrong with the length
/// before it.
final class GrpcRequest {
  static final String MESSAGE = "message/";

  private GrpcRequest() {}

  /// The message alone.
  static DynamicMessage message(Descriptor type, ProtocolCase made) {
    Map<String, Node> fields = new LinkedHashMap<>();
    made.values()
        .forEach(
            (at, value) -> {
              if (at.startsWith(MESSAGE)) {
                fields.put(at.substring(MESSAGE.length()), value);
              }
            });
    return MessageWriter.message(type, fields);
  }

  /// The message's bytes, spoilt as the case says.
  static byte[] bytes(Descriptor type, ProtocolCase made) {
    byte[] plain = message(type, made).toByteArray();
    String suffix = Json.scalar(made.values().get("suffix"));
    byte[] more = suffix == null ? new byte[0] : Base64.getDecoder().decode(suffix);
    byte[] all = Arrays.copyOf(plain, plain.length + more.length);
    System.arraycopy(more, 0, all, plain.length, more.length);
    int cut = made.values().get("cut") instanceof Node.Num number ? number.value().intValue() : 0;
    return Arrays.copyOf(all, Math.clamp(all.length - cut, 0, all.length));
  }

  /// Whether a reader of the message's type can make something of its bytes, and of the length
  /// before them.
  static boolean isReadable(Descriptor type, ProtocolCase made) {
    if (made.values().containsKey("frame")) {
      return false;
    }
    return isMessage(type, bytes(type, made));
  }

  /// Whether bytes can be read as a message of a type.
  static boolean isMessage(Descriptor type, byte[] bytes) {
    try {
      return DynamicMessage.parseFrom(type, bytes).getSerializedSize() >= 0;
    } catch (InvalidProtocolBufferException wrong) {
      return false;
    }
  }

  /// The body of the request.
  static byte[] body(Descriptor type, ProtocolCase made) {
    byte[] message = bytes(type, made);
    String frame = Json.scalar(made.values().get("frame"));
    return switch (frame == null ? "" : frame) {
      case "none" -> new byte[0];
      case "short" -> framed(0, message.length + 16, message);
      case "huge" -> framed(0, Integer.MAX_VALUE, message);
      case "compressed" -> framed(1, message.length, message);
      case "prefix" -> new byte[] {0, 0, 0};
      default -> framed(0, message.length, message);
    };
  }

  private static byte[] framed(int flag, int length, byte[] message) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(flag);
    body.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    body.writeBytes(message);
    return body.toByteArray();
  }
}
