package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a run made, whoever sent the request, in the order of making: deleted in the reverse order,
/// so that children go before their parents.
final class Tidying {
  /// Whom an object is deleted as, at most.
  private static final int TRIES = 3;

  /// Ids told by name.
  private static final int SHOWN = 8;

  /// @param type of the object, or null where no binding says what it is
  /// @param id where it stands; empty where nothing told it
  /// @param within its parents
  private record Thing(
      @Nullable ObjectType type, String id, Operation by, Identity as, Map<String, String> within) {

    String key() {
      return key(type, type == null ? by.path().text() : type.name(), id);
    }

    private static String key(@Nullable ObjectType type, String where, String id) {
      return (type == null ? "path " : "type ") + where + " " + id;
    }

    String words() {
      return (type == null ? "what `" + by.id().name() + "` made" : "`" + type.name() + "`")
          + (id.isEmpty() ? "" : " " + id);
    }
  }

  private final Contract contract;
  private final KnownObjects objects;
  private final Drafting drafting;
  private final Map<String, Thing> things = new LinkedHashMap<>();
  private final Set<String> gone = new HashSet<>();

  Tidying(Contract contract, KnownObjects objects, Drafting drafting) {
    this.contract = contract;
    this.objects = objects;
    this.drafting = drafting;
  }

  /// Whether the run made an object.
  boolean isMade(ObjectType type, String id) {
    return things.containsKey(Thing.key(type, type.name(), id));
  }

  /// How many requests cleaning takes at most.
  int requests() {
    return (TRIES + 1) * things.size();
  }

  /// Reads out of an answer what was made, or was deleted.
  void note(Draft draft, Answer answer) {
    Operation operation = draft.operation();
    if (answer.ok() && draft.method().equals("GET") && operation.safe()) {
      shown(draft, answer);
    }
    if (!answer.ok() || draft.method().equals("GET") || draft.method().equals("HEAD")) {
      return;
    }
    boolean declared = draft.method().equals(operation.method());
    boolean told = false;
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == Does.CREATE && declared) {
        told = true;
        created(binding, draft, answer);
      }
      String id =
          binding.id() instanceof Selector.PathParameter(String name)
              ? draft.path().get(name)
              : null;
      if (draft.method().equals("DELETE") && id != null) {
        gone(binding.type(), id);
      }
    }
    boolean lists =
        declared && operation.objects().list().isEmpty() && Mild.makes(contract, operation);
    if (!told && (answer.status() == 201 || (lists && draft.method().equals("POST")))) {
      unbound(draft, answer);
    }
  }

  /// Takes down what stands there that the run did not make.
  private void shown(Draft draft, Answer answer) {
    Operation operation = draft.operation();
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() == Does.READ || binding.does() == Does.LIST) {
        for (Node each : Places.objects(binding, answer.json())) {
          String id = Places.id(binding.type(), each);
          if (id != null && !isMade(binding.type(), id)) {
            objects.shown(binding.type(), id);
          }
        }
      }
    }
    if (draft.raw().isEmpty()) {
      draft
          .path()
          .forEach(
              (name, value) -> drafting.memory().stood(Memory.collection(operation, name), value));
    }
    Operation remover = remover(operation);
    if (remover != null && answer.json() != null) {
      Set<String> ids = new LinkedHashSet<>();
      Producers.all(answer.json(), remover.path().variables().getLast(), ids);
      ids.forEach(each -> drafting.memory().stood(operation.path().text(), each));
    }
  }

  /// Tells that an object is no more.
  void gone(ObjectType type, String id) {
    String key = Thing.key(type, type.name(), id);
    objects.deleted(type, id);
    if (things.remove(key) != null) {
      gone.add(key);
    }
  }

  private void created(ObjectBinding binding, Draft draft, Answer answer) {
    Map<String, String> within = new LinkedHashMap<>();
    binding
        .within()
        .forEach(
            (parent, at) -> {
              String value = Exploring.written(draft, at);
              if (value != null) {
                within.put(parent, value);
              }
            });
    Set<String> ids = new LinkedHashSet<>();
    String one = Exploring.created(binding, draft, answer);
    if (one != null) {
      ids.add(one);
    } else {
      for (Node each : Places.objects(binding, answer.json())) {
        String id = Places.id(binding.type(), each);
        if (id != null) {
          ids.add(id);
        }
      }
    }
    for (String id : ids) {
      // a service may answer with what was there already, and call it created
      boolean fresh = !objects.isOld(binding.type(), id);
      if (fresh && (answer.status() == 201 || !objects.knows(binding.type(), id))) {
        add(new Thing(binding.type(), id, draft.operation(), draft.as(), within));
      }
    }
    if (ids.isEmpty() && answer.status() != 202) {
      add(new Thing(binding.type(), "", draft.operation(), draft.as(), within));
    }
  }

  /// Where the contract has `DELETE /books/{bookId}`, what `POST /books` made stands there.
  private void unbound(Draft draft, Answer answer) {
    Operation remover = remover(draft.operation());
    String variable = remover == null ? "" : remover.path().variables().getLast();
    String id = answer.json() == null ? null : Producers.born(answer.json(), variable, 0);
    String path = draft.operation().path().text();
    if (id != null && drafting.memory().isOld(path, id)) {
      return;
    }
    if (remover != null && id != null) {
      drafting.memory().made(path, id);
    }
    add(new Thing(null, id == null ? "" : id, draft.operation(), draft.as(), draft.path()));
  }

  private void add(Thing thing) {
    things.putIfAbsent(thing.key(), thing);
  }

  /// Deletes everything, the youngest first.
  ///
  /// @param send whose requests are bounded
  /// @return what is left behind, and why, in words
  List<String> clean(List<Identity> identities, Function<Draft, Answer> send, String spent) {
    Map<Thing, String> left = new LinkedHashMap<>();
    boolean ended = pass(new ArrayList<>(things.values()), identities, send, spent, left);
    if (!ended) {
      // what something else stood on goes in a second pass
      List<Thing> again = new ArrayList<>(left.keySet()).reversed();
      again.removeIf(each -> !String.valueOf(left.get(each)).contains("409"));
      again.forEach(left::remove);
      pass(again, identities, send, spent, left);
    }
    return told(left);
  }

  private boolean pass(
      List<Thing> all,
      List<Identity> identities,
      Function<Draft, Answer> send,
      String spent,
      Map<Thing, String> left) {
    boolean ended = false;
    for (Thing each : all.reversed()) {
      try {
        String why = ended ? spent : deleted(each, identities, send);
        if (why.isEmpty()) {
          gone.add(each.key());
        } else {
          left.put(each, why);
        }
      } catch (Scene.Spent none) {
        ended = true;
        left.put(each, spent);
      }
    }
    return ended;
  }

  /// Empty where it is gone, else why it is not.
  private String deleted(Thing thing, List<Identity> identities, Function<Draft, Answer> send) {
    Operation remover = thing.type() == null ? remover(thing.by()) : remover(thing.type().name());
    if (remover == null) {
      return "the contract has no operation that deletes it";
    }
    if (thing.id().isEmpty()) {
      return "the answer that made it has no id";
    }
    int status = 0;
    for (Identity each : candidates(thing, identities)) {
      Draft draft = draft(remover, thing, each);
      Answer answer = draft == null ? null : send.apply(draft);
      if (answer != null && (answer.ok() || answer.status() == 410)) {
        return "";
      }
      if (answer != null && (answer.status() == 404 || answer.status() == 409) && orphan(thing)) {
        return "";
      }
      status = answer == null || answer.status() == 0 ? status : answer.status();
    }
    return status == 0
        ? "no request that deletes it could be sent"
        : "its deletion is answered " + status;
  }

  /// Whether a parent of it is gone, and it with that.
  private boolean orphan(Thing thing) {
    for (Map.Entry<String, String> each : thing.within().entrySet()) {
      ObjectType parent = contract.types().get(each.getKey());
      if (parent != null
          && (gone.contains(Thing.key(parent, parent.name(), each.getValue()))
              || objects.isGone(parent, each.getValue()))) {
        return true;
      }
    }
    return false;
  }

  /// Whoever made it, then others.
  private static List<Identity> candidates(Thing thing, List<Identity> identities) {
    List<Identity> all = new ArrayList<>();
    for (Identity each : identities) {
      String maker = thing.as().name();
      if (each.name().equals(maker) || maker.startsWith(each.name() + ",")) {
        all.add(each);
      }
    }
    if (all.isEmpty() && !thing.as().isNobody()) {
      all.add(thing.as());
    }
    for (Identity each : identities) {
      if (!all.contains(each) && all.size() < TRIES && near(thing.as(), each)) {
        all.add(each);
      }
    }
    return all;
  }

  /// Whether somebody is not of another tenant, where the same id may be another object.
  private static boolean near(Identity maker, Identity other) {
    String tenant = maker.is().tenant();
    String theirs = other.is().tenant();
    return tenant == null || theirs == null || tenant.equals(theirs);
  }

  private @Nullable Draft draft(Operation remover, Thing thing, Identity as) {
    ObjectType type = thing.type();
    if (type == null) {
      Draft draft = Draft.of(remover, as);
      for (Map.Entry<String, String> each : thing.within().entrySet()) {
        draft = draft.path(each.getKey(), each.getValue());
      }
      return draft.path(remover.path().variables().getLast(), thing.id());
    }
    Map<String, Fact> parents = new LinkedHashMap<>();
    thing.within().forEach((name, id) -> parents.put(name, Fact.of(id)));
    ObjectFacts facts =
        new ObjectFacts(Fact.of(thing.id()), Fact.MISSING, Fact.MISSING, parents, 0, 0);
    KnownObject object = new KnownObject(type, thing.id(), as, facts, thing.within(), true, null);
    return drafting.write(remover, as, object) instanceof Drafting.Outcome.Written(Draft written)
        ? written
        : null;
  }

  private @Nullable Operation remover(String type) {
    for (Operation operation : contract.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.DELETE && binding.type().name().equals(type)) {
          return operation;
        }
      }
    }
    return null;
  }

  /// The operation that deletes what one made, by their paths.
  private @Nullable Operation remover(Operation maker) {
    String above = maker.path().text() + "/{";
    for (Operation operation : contract.operations()) {
      String path = operation.path().text();
      if (operation.method().equals("DELETE")
          && path.startsWith(above)
          && path.endsWith("}")
          && path.indexOf('/', above.length()) < 0) {
        return operation;
      }
    }
    return null;
  }

  /// Alike ones in one line.
  private static List<String> told(Map<Thing, String> left) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    left.forEach(
        (thing, why) -> {
          String kind = new Thing(thing.type(), "", thing.by(), thing.as(), Map.of()).words();
          alike
              .computeIfAbsent(kind + "\n of " + thing.as() + ": " + why, _ -> new ArrayList<>())
              .add(thing.id());
        });
    List<String> lines = new ArrayList<>();
    alike.forEach(
        (key, ids) -> {
          List<String> some = ids.stream().filter(each -> !each.isEmpty()).limit(SHOWN).toList();
          String more = ids.size() > SHOWN ? " and " + (ids.size() - SHOWN) + " more" : "";
          String named = some.isEmpty() ? "" : " " + String.join(", ", some);
          lines.add(key.replace("\n", named + more));
        });
    return lines;
  }
}
