package dev.gatewarden.acceptance.probing;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldRules;
import build.buf.validate.Int32Rules;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.gatewarden.acceptance.SelfSigned;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A gRPC service on a library that others wrote, with a fault or without.
final class GrpcShop implements AutoCloseable {
  /// What is wrong with it.
  enum Fault {
    NONE,
    /// More than fifty orders break it.
    BREAKS_ABOVE_FIFTY,
    /// A number that stands for no word of an enum breaks it.
    BREAKS_ON_UNKNOWN_WORD,
    /// Nothing is held to its rules.
    TAKES_ANYTHING,
    /// What breaks a rule breaks it.
    BREAKS_ON_RULES,
    /// Its answers are other messages than it promises.
    ANSWERS_ANOTHER,
    /// A method that it promises is not there.
    LACKS_A_METHOD,
    /// Errors tell what the code looks like.
    TELLS_TRACES
  }

  private static final Metadata.Key<String> CREDENTIAL =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Fault fault;
  private final Validator validator = ValidatorFactory.newBuilder().build();
  private final FileDescriptor types;
  private final AtomicInteger placed = new AtomicInteger();
  private final Server server;

  GrpcShop(Fault fault) throws IOException, DescriptorValidationException {
    this(fault, null);
  }

  /// @param site what it proves itself by; null where it speaks without TLS
  GrpcShop(Fault fault, @Nullable SelfSigned site)
      throws IOException, DescriptorValidationException {
    this.fault = fault;
    this.types =
        FileDescriptor.buildFrom(file(), new FileDescriptor[] {ValidateProto.getDescriptor()});
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("shop.Orders");
    if (fault != Fault.LACKS_A_METHOD) {
      service.addMethod(
          method("GetOrder", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::one));
    }
    service.addMethod(
        method("ListOrders", MethodType.SERVER_STREAMING),
        ServerCalls.asyncServerStreamingCall(this::some));
    service.addMethod(
        method("PlaceOrder", MethodType.UNARY), ServerCalls.asyncUnaryCall(this::place));
    NettyServerBuilder listening =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    if (site != null) {
      listening.useTransportSecurity(site.certificate().toFile(), site.key().toFile());
    }
    this.server =
        listening
            .addService(ServerInterceptors.intercept(service.build(), new Door()))
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  /// How many orders were placed.
  int placed() {
    return placed.get();
  }

  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// What `protoc --include_imports --descriptor_set_out` writes of it.
  static byte[] descriptors() {
    return FileDescriptorSet.newBuilder()
        .addFile(com.google.protobuf.DescriptorProtos.getDescriptor().toProto())
        .addFile(com.google.protobuf.DurationProto.getDescriptor().toProto())
        .addFile(com.google.protobuf.FieldMaskProto.getDescriptor().toProto())
        .addFile(com.google.protobuf.TimestampProto.getDescriptor().toProto())
        .addFile(ValidateProto.getDescriptor().toProto())
        .addFile(file())
        .build()
        .toByteArray();
  }

  private static FileDescriptorProto file() {
    return FileDescriptorProto.newBuilder()
        .setName("shop.proto")
        .setPackage("shop")
        .setSyntax("proto3")
        .addDependency("buf/validate/validate.proto")
        .addEnumType(
            EnumDescriptorProto.newBuilder()
                .setName("Progress")
                .addValue(word("PROGRESS_UNSPECIFIED", 0))
                .addValue(word("OPEN", 1))
                .addValue(word("PAID", 2)))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("GetRequest")
                .addField(
                    field("id", 1, FieldDescriptorProto.Type.TYPE_STRING)
                        .setOptions(
                            ruled(
                                FieldRules.newBuilder()
                                    .setRequired(true)
                                    .setString(StringRules.newBuilder().setMaxLen(20))
                                    .build())))
                .addField(field("depth", 2, FieldDescriptorProto.Type.TYPE_INT64)))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("Range")
                .addField(field("least", 1, FieldDescriptorProto.Type.TYPE_SINT32))
                .addField(field("most", 2, FieldDescriptorProto.Type.TYPE_FIXED64)))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("ListRequest")
                .addField(
                    field("limit", 1, FieldDescriptorProto.Type.TYPE_INT32)
                        .setOptions(
                            ruled(
                                FieldRules.newBuilder()
                                    .setInt32(Int32Rules.newBuilder().setGte(0).setLte(1_000))
                                    .build())))
                .addField(
                    field("progress", 2, FieldDescriptorProto.Type.TYPE_ENUM)
                        .setTypeName(".shop.Progress"))
                .addField(
                    field("tags", 3, FieldDescriptorProto.Type.TYPE_STRING)
                        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED))
                .addField(
                    field("range", 4, FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName(".shop.Range"))
                .addField(field("key", 5, FieldDescriptorProto.Type.TYPE_BYTES)))
        .addMessageType(
            DescriptorProto.newBuilder()
                .setName("Order")
                .addField(field("id", 1, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("total", 2, FieldDescriptorProto.Type.TYPE_DOUBLE)))
        .addService(
            ServiceDescriptorProto.newBuilder()
                .setName("Orders")
                .addMethod(promised("GetOrder", "GetRequest"))
                .addMethod(promised("ListOrders", "ListRequest").setServerStreaming(true))
                .addMethod(promised("PlaceOrder", "GetRequest"))
                .addMethod(promised("SendOrders", "GetRequest").setClientStreaming(true)))
        .build();
  }

  private static EnumValueDescriptorProto word(String name, int number) {
    return EnumValueDescriptorProto.newBuilder().setName(name).setNumber(number).build();
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static FieldOptions ruled(FieldRules rules) {
    return FieldOptions.newBuilder().setExtension(ValidateProto.field, rules).build();
  }

  private static MethodDescriptorProto.Builder promised(String name, String input) {
    return MethodDescriptorProto.newBuilder()
        .setName(name)
        .setInputType(".shop." + input)
        .setOutputType(".shop.Order");
  }

  private MethodDescriptor<DynamicMessage, DynamicMessage> method(String name, MethodType type) {
    Descriptors.MethodDescriptor method = types.findServiceByName("Orders").findMethodByName(name);
    Marshaller<DynamicMessage> answers = marshaller(method.getOutputType());
    return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(type)
        .setFullMethodName("shop.Orders/" + name)
        .setRequestMarshaller(marshaller(method.getInputType()))
        .setResponseMarshaller(fault == Fault.ANSWERS_ANOTHER ? new Another(answers) : answers)
        .build();
  }

  private static Marshaller<DynamicMessage> marshaller(Descriptor type) {
    return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
  }

  /// Writes bytes that are no message at all.
  private record Another(Marshaller<DynamicMessage> usual) implements Marshaller<DynamicMessage> {
    @Override
    public InputStream stream(DynamicMessage value) {
      return new ByteArrayInputStream(new byte[] {0x0a, 0x7f, 1});
    }

    @Override
    public DynamicMessage parse(InputStream stream) {
      return usual.parse(stream);
    }
  }

  private void one(DynamicMessage request, StreamObserver<DynamicMessage> to) {
    if (isKept(request, to)) {
      to.onNext(order());
      to.onCompleted();
    }
  }

  private void place(DynamicMessage request, StreamObserver<DynamicMessage> to) {
    placed.incrementAndGet();
    one(request, to);
  }

  private void some(DynamicMessage request, StreamObserver<DynamicMessage> to) {
    Descriptor type = request.getDescriptorForType();
    Object limit = request.getField(type.findFieldByName("limit"));
    Object progress = request.getField(type.findFieldByName("progress"));
    if (fault == Fault.BREAKS_ABOVE_FIFTY && ((Integer) limit) > 50) {
      to.onError(Status.INTERNAL.asRuntimeException());
      return;
    }
    if (fault == Fault.BREAKS_ON_UNKNOWN_WORD && ((EnumValueDescriptor) progress).getNumber() > 2) {
      throw new IllegalStateException("no such word");
    }
    if (isKept(request, to)) {
      to.onNext(order());
      to.onNext(order());
      to.onCompleted();
    }
  }

  private boolean isKept(DynamicMessage request, StreamObserver<DynamicMessage> to) {
    try {
      if (fault == Fault.TAKES_ANYTHING || validator.validate(request).isSuccess()) {
        return true;
      }
    } catch (ValidationException unclear) {
      throw new IllegalStateException(unclear);
    }
    Status status =
        switch (fault) {
          case BREAKS_ON_RULES -> Status.INTERNAL;
          case TELLS_TRACES ->
              Status.INVALID_ARGUMENT.withDescription("at shop.Orders.find(Orders.java:12)");
          case NONE,
              BREAKS_ABOVE_FIFTY,
              BREAKS_ON_UNKNOWN_WORD,
              TAKES_ANYTHING,
              ANSWERS_ANOTHER,
              LACKS_A_METHOD ->
              Status.INVALID_ARGUMENT;
        };
    to.onError(status.asRuntimeException());
    return false;
  }

  private DynamicMessage order() {
    Descriptor type = types.findMessageTypeByName("Order");
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByName("id"), "1")
        .setField(type.findFieldByName("total"), 12.5)
        .build();
  }

  /// Lets in who presents the one good token.
  private static final class Door implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (!"Bearer good".equals(headers.get(CREDENTIAL))) {
        call.close(Status.UNAUTHENTICATED, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }
}
