package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
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
import org.jspecify.annotations.Nullable;

/// Filters lists by somebody else: once alone, and once behind one's own, where a service may check
/// the one value and use the other (HTTP parameter pollution).
@Attack(
    id = "foreign-filter",
    title = "a filter shows somebody else's objects",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    remedy =
        "let the owner and the tenant in a filter be the caller, and refuse parameters said twice")
public final class ForeignFilterProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.LIST && operation.safe()) {
          attack(scene, operation, binding);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, ObjectBinding binding) {
    for (KnownObject object : scene.objects(binding.type().name())) {
      for (Identity rival : scene.identities()) {
        if (!scene.allowed(operation, rival, null) || scene.allowed(operation, rival, object)) {
          continue;
        }
        Map<String, String> theirs = named(operation, object);
        KnownObject own = own(scene, binding, rival);
        theirs.forEach(
            (parameter, value) -> {
              Draft honest = scene.honest(operation, rival);
              if (honest != null) {
                filter(scene, binding, honest, parameter, value, object);
                String mine = own == null ? null : named(operation, own).get(parameter);
                if (mine != null) {
                  twice(scene, binding, honest, parameter, List.of(mine, value), object);
                  twice(scene, binding, honest, parameter, List.of(value, mine), object);
                }
              }
            });
        if (!theirs.isEmpty()) {
          return;
        }
      }
    }
  }

  private static @Nullable KnownObject own(Scene scene, ObjectBinding binding, Identity rival) {
    for (KnownObject each : scene.objects(binding.type().name())) {
      if (each.owner().name().equals(rival.name())) {
        return each;
      }
    }
    return null;
  }

  /// The parameters that are called like the owner, the tenant or a parent, and what they are of an
  /// object.
  private static Map<String, String> named(Operation operation, KnownObject object) {
    Map<String, String> named = new LinkedHashMap<>();
    ObjectType type = object.type();
    if (type.owner() != null) {
      put(named, operation, type.owner().at(), object.facts().owner());
    }
    if (type.tenant() != null) {
      put(named, operation, type.tenant().at(), object.facts().tenant());
    }
    type.parents()
        .forEach(
            (parent, at) ->
                put(
                    named,
                    operation,
                    at,
                    object.facts().parents().getOrDefault(parent, Fact.MISSING)));
    return named;
  }

  private static void put(
      Map<String, String> named, Operation operation, @Nullable PointerPattern at, Fact fact) {
    if (at == null) {
      return;
    }
    String pointer = at.toString();
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    Parameter parameter = operation.parameter(Parameter.In.QUERY, name);
    if (parameter != null && fact instanceof Fact.Known(String text)) {
      named.put(name, text);
    }
  }

  private static void filter(
      Scene scene,
      ObjectBinding binding,
      Draft honest,
      String parameter,
      String value,
      KnownObject object) {
    judge(scene, binding, scene.send(honest.query(parameter, value)), honest, parameter, object);
  }

  private static void twice(
      Scene scene,
      ObjectBinding binding,
      Draft honest,
      String parameter,
      List<String> values,
      KnownObject object) {
    Draft draft = honest.query(parameter, values.getFirst()).alsoQuery(parameter, values.getLast());
    judge(scene, binding, scene.send(draft), honest, parameter + " (said twice)", object);
  }

  private static void judge(
      Scene scene,
      ObjectBinding binding,
      Answer answer,
      Draft honest,
      String parameter,
      KnownObject object) {
    if (answer.ok() && scene.ids(binding, answer).contains(object.id())) {
      scene.found(
          new Fault(
              honest.operation(),
              "query." + parameter,
              Severity.HIGH,
              Confidence.PROVED,
              "`"
                  + honest.as()
                  + "` is shown the `"
                  + binding.type().name()
                  + "` of `"
                  + object.owner()
                  + "` by `"
                  + parameter
                  + "`",
              List.of(answer.attempt())));
    } else {
      scene.withstood(honest.operation());
    }
  }
}
