package dev.gatewarden.platform.probing.grpc;

import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.Wire;
import dev.gatewarden.platform.probing.protocol.Promised;
import dev.gatewarden.platform.probing.protocol.Protocol;
import dev.gatewarden.platform.probing.protocol.Spoken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a gRPC service promises: each method of the services in a `FileDescriptorSet`.
///
/// @param methods by name, `shop.Orders/Get`
/// @param contract the same as operations
public record GrpcSchema(Map<String, MethodDescriptor> methods, Contract contract)
    implements Spoken {

  private static final int DEEPEST = 256;

  /// Reads what `protoc --include_imports --descriptor_set_out` writes.
  ///
  /// @throws ProblemsException with what is wrong with it
  public static GrpcSchema read(Place.Origin origin, byte[] content) {
    Place top = Promised.at(origin, 1, 1);
    ExtensionRegistry words = ExtensionRegistry.newInstance();
    ValidateProto.registerAllExtensions(words);
    FileDescriptorSet set;
    try {
      set = FileDescriptorSet.parseFrom(content, words);
    } catch (InvalidProtocolBufferException none) {
      throw problem(
          top,
          "this is no `FileDescriptorSet`",
          "write it by `protoc --include_imports --descriptor_set_out`");
    }
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    set.getFileList().forEach(each -> files.put(each.getName(), each));
    Map<String, FileDescriptor> built = new LinkedHashMap<>();
    Map<String, MethodDescriptor> methods = new LinkedHashMap<>();
    Promised promised = new Promised(origin);
    for (String name : files.keySet()) {
      for (ServiceDescriptor service :
          built(name, files, built, new LinkedHashSet<>(), top).getServices()) {
        for (MethodDescriptor method : service.getMethods()) {
          String called = service.getFullName() + "/" + method.getName();
          if (methods.putIfAbsent(called, method) != null) {
            throw problem(
                top,
                "`" + called + "` is defined twice, at last in `" + name + "`",
                "put the descriptors of one service alone into it");
          }
          promised.add(called, List.of(service.getFullName(), method.getName()), top);
        }
      }
    }
    if (methods.isEmpty()) {
      throw problem(top, "there is no service in it", "name the file that defines the services");
    }
    return new GrpcSchema(methods, promised.contract(origin.name()));
  }

  private static FileDescriptor built(
      String name,
      Map<String, FileDescriptorProto> files,
      Map<String, FileDescriptor> built,
      Set<String> open,
      Place top) {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto file = files.get(name);
    if (file == null) {
      throw problem(
          top, "`" + name + "` is imported and not in it", "run `protoc` with `--include_imports`");
    }
    if (!open.add(name)) {
      List<String> circle = new ArrayList<>(open);
      throw problem(
          top,
          "files import one another in a circle: `"
              + String.join("` → `", circle.subList(circle.indexOf(name), circle.size()))
              + "` → `"
              + name
              + "`",
          "");
    }
    if (open.size() > DEEPEST) {
      throw problem(top, "files import one another more than " + DEEPEST + " levels deep", "");
    }
    List<FileDescriptor> imports = new ArrayList<>();
    file.getDependencyList().forEach(each -> imports.add(built(each, files, built, open, top)));
    open.remove(name);
    try {
      FileDescriptor descriptor =
          FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
      built.put(name, descriptor);
      return descriptor;
    } catch (DescriptorValidationException | IllegalArgumentException wrong) {
      throw problem(top, "`" + name + "` does not hold together: " + wrong.getMessage(), "");
    }
  }

  private static ProblemsException problem(Place place, String message, String advice) {
    return new ProblemsException(List.of(new Problem(place, message, advice)));
  }

  MethodDescriptor method(String operation) {
    return Objects.requireNonNull(methods.get(operation));
  }

  @Override
  public Protocol to(Target target, Wire wire, List<Identity> identities) {
    return new GrpcProtocol(this, target, wire, identities);
  }
}
