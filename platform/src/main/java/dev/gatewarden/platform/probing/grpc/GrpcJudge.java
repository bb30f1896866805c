package dev.gatewarden.platform.probing.grpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.gatewarden.controls.probes.input.OddInputProbe;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import dev.gatewarden.platform.probing.protocol.Seen;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with the answer to a case.
///
/// What no reader can make a message of is answered INTERNAL or UNKNOWN by the libraries
/// themselves,
/// and by gRPC's own specification: any error is right there, but for a dropped connection.
final class GrpcJudge {
  /// A stream that was reset without a status, by a header that no service sends.
  static final String RESET = "gatewarden-reset";

  /// A stream of which nothing but the head has come, by a header that no service sends.
  static final String WAITING = "gatewarden-waiting";

  private static final int PREFIX = 5;

  private final GrpcSchema schema;

  GrpcJudge(GrpcSchema schema) {
    this.schema = schema;
  }

  Seen judge(ProtocolCase made, Answer answer) {
    int number = answer.attempt();
    MethodDescriptor method = schema.method(made.operation());
    boolean readable = GrpcRequest.isReadable(method.getInputType(), made);
    if (answer.status() == 0) {
      return wrong(
          made, number, "drops", Severity.MEDIUM, "ends the connection, or is not answered");
    }
    if (answer.header(RESET) != null) {
      return readable
          ? wrong(made, number, "drops", Severity.MEDIUM, "is answered with no status at all")
          : Seen.well(number);
    }
    if (answer.header(WAITING) != null) {
      return Seen.refused(number, "its stream waits: no message came in time");
    }
    GrpcStatus status = GrpcStatus.of(answer.header("grpc-status"));
    if (status == null) {
      return answer.status() == 200
          ? wrong(made, number, "answer", Severity.LOW, "is answered without a status of gRPC")
          : Seen.refused(number, "the call is answered " + answer.status() + " and not by gRPC");
    }
    String message = answer.header("grpc-message");
    if (message != null && OddInputProbe.hasTrace(message)) {
      return wrong(made, number, "trace", Severity.LOW, "is answered with a trace of the code");
    }
    return switch (status) {
      case UNAUTHENTICATED, PERMISSION_DENIED, UNAVAILABLE ->
          Seen.refused(number, "the call is answered " + status);
      case OK -> taken(made, method, answer, readable);
      case UNIMPLEMENTED ->
          made.right()
              ? wrong(made, number, "absent", Severity.LOW, "is answered UNIMPLEMENTED")
              : Seen.well(number);
      case UNKNOWN, INTERNAL, DATA_LOSS ->
          readable
              ? wrong(made, number, "fails", Severity.MEDIUM, "is answered " + status)
              : Seen.well(number);
      case CANCELLED,
          INVALID_ARGUMENT,
          DEADLINE_EXCEEDED,
          NOT_FOUND,
          ALREADY_EXISTS,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE ->
          Seen.well(number);
    };
  }

  private static Seen taken(
      ProtocolCase made, MethodDescriptor method, Answer answer, boolean readable) {
    int number = answer.attempt();
    if (!made.right()) {
      // another wire type is an unknown field to many, and no more
      boolean broken = !readable || !made.values().containsKey("suffix");
      return broken ? wrong(made, number, "taken", Severity.LOW, "is taken") : Seen.well(number);
    }
    String broken = broken(method, answer.body());
    return broken == null
        ? Seen.well(number)
        : Seen.wrong(
            number,
            "answer",
            "answer",
            Severity.LOW,
            "the answer is no `" + method.getOutputType().getFullName() + "`: " + broken);
  }

  /// What is wrong with the messages of an answer, or null.
  private static @Nullable String broken(MethodDescriptor method, byte[] body) {
    List<byte[]> messages = new ArrayList<>();
    int at = 0;
    while (at + PREFIX <= body.length) {
      int length = ByteBuffer.wrap(body, at + 1, Integer.BYTES).getInt();
      if (body[at] != 0) {
        return "it is compressed, and nobody asked for that";
      }
      if (length < 0 || at + PREFIX + (long) length > body.length) {
        return "it ends before its length";
      }
      messages.add(Arrays.copyOfRange(body, at + PREFIX, at + PREFIX + length));
      at += PREFIX + length;
    }
    if (!method.isServerStreaming() && messages.size() != 1) {
      return messages.size() + " messages came";
    }
    return messages.stream().allMatch(each -> GrpcRequest.isMessage(method.getOutputType(), each))
        ? null
        : "its bytes cannot be read as one";
  }

  private static Seen wrong(
      ProtocolCase made, int number, String kind, Severity severity, String what) {
    if (!made.right()) {
      String wrong = made.wrongness();
      String place = wrong.substring(0, Math.max(0, wrong.indexOf(':')));
      return Seen.wrong(
          number,
          kind,
          place,
          severity,
          "a request with one thing wrong (`" + wrong + "`) " + what);
    }
    List<String> fields =
        made.values().keySet().stream()
            .map(each -> each.substring(GrpcRequest.MESSAGE.length()))
            .toList();
    String place = String.join(" ", fields);
    return Seen.wrong(
        number,
        kind,
        place,
        severity,
        "a request that the descriptors permit"
            + (place.isEmpty() ? "" : ", with `" + place + "`,")
            + " "
            + what);
  }
}
