package dev.gatewarden.controls.probes.bopla;

import dev.gatewarden.controls.probes.Writing;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes fields that are not the caller's to write, and reads the object back.
///
/// Tried is what the object shows and the request's schema does not name or calls `readOnly`, and
/// what `x-gatewarden-write` gives to others. It is a fault only where the value stuck.
@Attack(
    id = "overposting",
    title = "a field can be written that is not the caller's to write",
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 915,
    remedy =
        "refuse fields that the contract does not name, and say by `x-gatewarden-write` whose the"
            + " others are")
public final class OverpostingProbe implements Probe {
  private static final int MOST_FIELDS = 8;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.UPDATE && binding.id() != null && !binding.id().afterwards()) {
          attack(scene, operation, binding);
        } else if (binding.does() == Does.CREATE) {
          create(scene, operation, binding);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, ObjectBinding binding) {
    String type = binding.type().name();
    Operation reader = scene.reader(type);
    for (Identity owner : scene.identities()) {
      KnownObject object = own(scene, operation, type, owner);
      Draft draft = object == null ? null : scene.honest(operation, owner, object);
      if (reader == null || object == null || draft == null || !(draft.body() instanceof Obj)) {
        continue;
      }
      Answer shown = Writing.read(scene, reader, object);
      if (shown == null || !(object(reader, shown) instanceof Obj before)) {
        continue;
      }
      Answer control = scene.send(draft);
      if (!control.ok()) {
        scene.untested(operation, "the owner's own request is answered " + control.status());
        return;
      }
      boolean stuck = false;
      for (Map.Entry<String, Node> field :
          fields(operation, binding.type(), before, owner, scene).entrySet()) {
        Draft with = draft.member(List.of(field.getKey()), field.getValue());
        Answer answer = scene.send(with);
        Answer after = Writing.read(scene, reader, object);
        if (after != null
            && object(reader, after) instanceof Obj now
            && equal(now.get(field.getKey()), field.getValue())) {
          stuck = true;
          found(scene, operation, field.getKey(), owner, answer, after);
        }
      }
      if (!stuck) {
        scene.withstood(operation);
      }
      return;
    }
    scene.untested(operation, "no `" + type + "` is known that may be changed and read back");
  }

  private static void create(Scene scene, Operation operation, ObjectBinding binding) {
    Operation reader = scene.reader(binding.type().name());
    for (Identity owner : scene.identities()) {
      Draft draft = scene.allowed(operation, owner, null) ? scene.honest(operation, owner) : null;
      if (draft == null || !(draft.body() instanceof Obj)) {
        continue;
      }
      KnownObject plain = reader == null ? null : scene.make(binding.type().name(), owner);
      Answer shown =
          plain == null ? null : Writing.read(scene, Objects.requireNonNull(reader), plain);
      if (reader == null || shown == null || !(object(reader, shown) instanceof Obj before)) {
        continue;
      }
      boolean stuck = false;
      for (Map.Entry<String, Node> field :
          fields(operation, binding.type(), before, owner, scene).entrySet()) {
        KnownObject made =
            scene.make(operation, draft.member(List.of(field.getKey()), field.getValue()));
        Answer after = made == null ? null : Writing.read(scene, reader, made);
        if (after != null
            && object(reader, after) instanceof Obj now
            && equal(now.get(field.getKey()), field.getValue())) {
          stuck = true;
          found(scene, operation, field.getKey(), owner, after, after);
        }
      }
      if (!stuck) {
        scene.withstood(operation);
      }
      return;
    }
    scene.untested(operation, "nothing could be made and read back");
  }

  private static void found(
      Scene scene, Operation operation, String field, Identity owner, Answer sent, Answer read) {
    scene.found(
        new Fault(
            operation,
            "body#/" + field,
            Severity.HIGH,
            Confidence.PROVED,
            "`" + owner + "` writes `" + field + "`, and it stands there when it is read again",
            sent == read
                ? List.of(read.attempt() - 1, read.attempt())
                : List.of(sent.attempt(), read.attempt())));
  }

  private static @Nullable KnownObject own(
      Scene scene, Operation operation, String type, Identity owner) {
    for (KnownObject each : scene.objects(type)) {
      if (each.owner().name().equals(owner.name())
          && scene.harmless(operation, each)
          && scene.allowed(operation, owner, each)) {
        return each;
      }
    }
    return scene.allowed(operation, owner, null) ? scene.make(type, owner) : null;
  }

  private static @Nullable Node object(Operation reader, Answer answer) {
    ObjectBinding binding = reader.objects().list().getFirst();
    return binding.items() instanceof dev.gatewarden.core.contract.Selector.ResponseBody(var at)
        ? Json.at(answer.json(), names(at))
        : answer.json();
  }

  private static List<String> names(dev.gatewarden.core.contract.PointerPattern at) {
    return at.steps().stream()
        .map(
            step ->
                step instanceof dev.gatewarden.core.contract.PointerPattern.Name(String name)
                    ? name
                    : "0")
        .toList();
  }

  /// What is not the caller's to write, each with a value that it does not have.
  private static Map<String, Node> fields(
      Operation operation, ObjectType type, Obj before, Identity owner, Scene scene) {
    Map<String, Shape> named = named(operation);
    Map<String, Node> fields = new LinkedHashMap<>();
    for (Node.Member member : before.entries()) {
      Shape shape = named.get(member.name());
      boolean forbidden =
          shape == null
              || shape.says("readOnly")
              || Writers.forbids(shape.value("x-gatewarden-write"), owner);
      Node other =
          forbidden && !isId(type, member.name()) ? other(member, type, owner, scene) : null;
      if (other != null && fields.size() < MOST_FIELDS) {
        fields.put(member.name(), other);
      }
    }
    return fields;
  }

  private static boolean isId(ObjectType type, String name) {
    return type.id().at().toString().equals("/" + name);
  }

  private static Map<String, Shape> named(Operation operation) {
    RequestBody body = operation.body();
    if (body == null) {
      return Map.of();
    }
    var json = body.content().of("application/json");
    SchemaSource schema =
        json != null
            ? json.schema()
            : body.content().types().values().stream()
                .findFirst()
                .map(each -> each.schema())
                .orElse(null);
    return schema == null ? Map.of() : Shape.of(schema).members();
  }

  /// Another value of the same kind; for an owner or a tenant, somebody else's.
  private static @Nullable Node other(
      Node.Member member, ObjectType type, Identity owner, Scene scene) {
    String at = "/" + member.name();
    for (ObjectType.Fact fact : new ObjectType.Fact[] {type.owner(), type.tenant()}) {
      if (fact != null && fact.at() != null && fact.at().toString().equals(at)) {
        for (Identity each : scene.identities()) {
          String theirs = dev.gatewarden.core.policy.Ownership.part(fact.is(), each.is());
          String own = dev.gatewarden.core.policy.Ownership.part(fact.is(), owner.is());
          if (theirs != null && !theirs.equals(own)) {
            return Json.of(theirs);
          }
        }
        return null;
      }
    }
    return switch (member.value()) {
      case Node.Bool(var _, boolean value) -> Json.of(!value);
      case Node.Num number ->
          Json.number(number.value().add(java.math.BigDecimal.valueOf(1000)).toPlainString());
      case Node.Text(var _, String value) -> text(member.name(), value, scene);
      case Node.Obj _, Node.Arr _, Node.Null _ -> null;
    };
  }

  private static Node text(String name, String value, Scene scene) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("role") || lower.equals("type") || lower.contains("plan")) {
      return Json.of(value.equals("admin") ? "owner" : "admin");
    }
    if (value.matches("\\d{4}-\\d\\d-\\d\\d.*")) {
      return Json.of("2001" + value.substring(4));
    }
    return Json.of(lower.contains("status") || lower.contains("state") ? "paid" : scene.marker());
  }

  private static boolean equal(@Nullable Node one, Node other) {
    String left = Json.scalar(one);
    String right = Json.scalar(other);
    if (left == null || right == null) {
      return false;
    }
    return one instanceof Node.Num number && other instanceof Node.Num wanted
        ? number.value().compareTo(wanted.value()) == 0
        : left.equals(right);
  }
}
