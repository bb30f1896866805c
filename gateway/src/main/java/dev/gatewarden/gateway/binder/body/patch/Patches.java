package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PropertyNode;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.TypeSchemas;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.gateway.binder.body.BodyReader;
import dev.gatewarden.gateway.binder.body.IdentityMarks;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the readers of patches: around the reader of the document, one that knows what it does to
/// the object.
public final class Patches {
  private final Contract contract;

  public Patches(Contract contract) {
    this.contract = contract;
  }

  /// The reader of what is sent to an operation in that media type; the document's own where it is
  /// no patch, or nothing is said of what it patches.
  public BodyReader of(Operation operation, Content.MediaType type, BodyReader document) {
    if (MediaTypes.isJsonPatch(type.range())) {
      return new JsonPatchBody(
          document,
          governed(written(operation)),
          governed(shown(operation)),
          identities(operation));
    }
    SchemaSource schema = type.schema();
    if (!operation.method().equals("PATCH") || schema == null || !MediaTypes.isJson(type.range())) {
      return document;
    }
    Governed written = governed(List.of(schema.schema()));
    Identities identities = identities(operation);
    return written.isFree() && identities.shallow()
        ? document
        : new MergePatchBody(document, written, identities);
  }

  /// Who may write, or see, the object of an operation.
  Governed governed(Operation operation, boolean writes) {
    return governed(writes ? written(operation) : shown(operation));
  }

  private Governed governed(List<? extends Node> schemas) {
    return new Governed(PropertyNode.of(schemas, contract.references()), contract.classes());
  }

  /// What describes the object as it may be written: what the same operation takes in other media
  /// types, else what other operations take, else what they show.
  private List<? extends Node> written(Operation operation) {
    List<Node> beside = new ArrayList<>();
    RequestBody body = operation.body();
    for (Content.MediaType type :
        body == null ? List.<Content.MediaType>of() : body.content().types().values()) {
      SchemaSource schema = type.schema();
      if (schema != null
          && MediaTypes.isJson(type.range())
          && !MediaTypes.isJsonPatch(type.range())) {
        beside.add(schema.schema());
      }
    }
    if (!beside.isEmpty()) {
      return beside;
    }
    ObjectBinding binding = binding(operation);
    List<Node.Obj> taken =
        binding == null
            ? List.of()
            : TypeSchemas.taken(contract.operations(), binding.type(), contract.references());
    return taken.isEmpty() ? shown(operation) : taken;
  }

  private List<? extends Node> shown(Operation operation) {
    ObjectBinding binding = binding(operation);
    List<Node.Obj> shown =
        binding == null
            ? List.of()
            : TypeSchemas.shown(contract.operations(), binding.type(), contract.references());
    if (!shown.isEmpty()) {
      return shown;
    }
    List<Node> answered = new ArrayList<>();
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      for (Content.MediaType type : promised.content().types().values()) {
        SchemaSource schema = type.schema();
        if (promised.status().startsWith("2")
            && schema != null
            && MediaTypes.isJson(type.range())) {
          answered.add(schema.schema());
        }
      }
    }
    return answered;
  }

  private static @Nullable ObjectBinding binding(Operation operation) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == ObjectBinding.Does.UPDATE) {
        return binding;
      }
    }
    return null;
  }

  private static Identities identities(Operation operation) {
    Map<PointerPattern, Meaning> places = new LinkedHashMap<>();
    List<ObjectBinding> bindings = operation.objects().list();
    for (int i = 0; i < bindings.size(); i++) {
      if (bindings.get(i).does() == ObjectBinding.Does.UPDATE) {
        IdentityMarks.of(i, bindings.get(i)).forEach(places::putIfAbsent);
      }
    }
    return new Identities(places);
  }
}
