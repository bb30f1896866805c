package dev.gatewarden.platform.probing.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Descriptors that no compiler wrote.
class HostileDescriptorsTest {
  private static GrpcSchema schema(FileDescriptorProto... files) {
    return GrpcSchema.read(
        new Place.Origin(URI.create("file:///shop.binpb"), "shop.binpb"),
        FileDescriptorSet.newBuilder().addAllFile(List.of(files)).build().toByteArray());
  }

  private static FileDescriptorProto.Builder file(String name) {
    return FileDescriptorProto.newBuilder().setName(name).setSyntax("proto3").setPackage("shop");
  }

  private static ServiceDescriptorProto service(String method) {
    return ServiceDescriptorProto.newBuilder()
        .setName("Orders")
        .addMethod(
            MethodDescriptorProto.newBuilder()
                .setName(method)
                .setInputType(".shop.Filter")
                .setOutputType(".shop.Filter"))
        .build();
  }

  private static DescriptorProto filter(int fields, Label label, Type type) {
    DescriptorProto.Builder filter = DescriptorProto.newBuilder().setName("Filter");
    for (int i = 1; i <= fields; i++) {
      filter.addField(
          FieldDescriptorProto.newBuilder()
              .setName("f" + i)
              .setNumber(i)
              .setLabel(label)
              .setType(type)
              .setTypeName(".shop.Filter"));
    }
    return filter.build();
  }

  @Test
  void says_of_files_that_import_one_another_that_they_do() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(
            () ->
                schema(
                    file("a.proto").addDependency("b.proto").build(),
                    file("b.proto").addDependency("a.proto").build()))
        .satisfies(
            wrong ->
                assertThat(wrong.problems().getFirst().message())
                    .contains("`a.proto` → `b.proto` → `a.proto`"));
  }

  @Test
  void refuses_a_chain_of_imports_that_no_one_writes() {
    FileDescriptorProto[] files = new FileDescriptorProto[20_000];
    for (int i = 0; i < files.length; i++) {
      files[i] = file(i + ".proto").addDependency((i + 1) + ".proto").build();
    }
    assertThatExceptionOfType(ProblemsException.class).isThrownBy(() -> schema(files));
  }

  @Test
  void refuses_an_edition_that_nobody_knows() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(
            () ->
                schema(
                    file("a.proto")
                        .setSyntax("editions")
                        .setEdition(Edition.EDITION_MAX)
                        .addMessageType(DescriptorProto.newBuilder().setName("Filter"))
                        .addService(service("Get"))
                        .build()));
  }

  @Test
  void refuses_two_services_of_one_name() {
    assertThatExceptionOfType(ProblemsException.class)
        .isThrownBy(
            () ->
                schema(
                    file("a.proto")
                        .addMessageType(DescriptorProto.newBuilder().setName("Filter"))
                        .addService(service("Get"))
                        .build(),
                    file("b.proto")
                        .addMessageType(DescriptorProto.newBuilder().setName("Filter"))
                        .addService(service("Get"))
                        .build()));
  }

  @Test
  void makes_requests_of_a_bounded_size_from_messages_that_hold_one_another() {
    for (Type type : List.of(Type.TYPE_MESSAGE, Type.TYPE_GROUP)) {
      for (Label label : List.of(Label.LABEL_OPTIONAL, Label.LABEL_REPEATED)) {
        GrpcSchema schema =
            schema(
                file("a.proto")
                    .setSyntax("proto2")
                    .addMessageType(filter(60, label, type))
                    .addService(service("Get"))
                    .build());
        GrpcCases cases = new GrpcCases(schema, new MessageRules(), List.of());

        ProtocolCase made = cases.right(schema.contract().operations().getFirst(), new Random(7));

        assertThat(made).isNotNull();
        assertThat(made.line().length()).isLessThan(200_000);
      }
    }
  }

  @Test
  void finds_no_request_for_a_message_that_must_hold_itself() {
    GrpcSchema schema =
        schema(
            file("a.proto")
                .setSyntax("proto2")
                .addMessageType(filter(20, Label.LABEL_REQUIRED, Type.TYPE_MESSAGE))
                .addService(service("Get"))
                .build());

    assertThat(
            new GrpcCases(schema, new MessageRules(), List.of())
                .right(schema.contract().operations().getFirst(), new Random(7)))
        .isNull();
  }

  @Test
  void calls_no_method_that_says_that_it_does_more_than_read() {
    assertThat(
            List.of(
                "GetOrCreateCart",
                "GetAndDelete",
                "FindOrMakeUser",
                "CheckOut",
                "CheckOutCart",
                "CountDown",
                "ReadThenAck"))
        .noneMatch(GrpcProtocol::reads);
    assertThat(
            List.of(
                "Get",
                "GetOrder",
                "ListOrders",
                "GetTermsAndConditions",
                "CheckInventory",
                "GetStore",
                "GetDataSet",
                "BatchGetOrders",
                "CountUpdates"))
        .allMatch(GrpcProtocol::reads);
  }
}
