package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.inputs.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an API shows of itself to those who may ask: the answers of operations that only read.
///
/// For contracts that were inferred, of which nobody says what comes back, or to whom.
public final class Introduction {
  private static final int MOST = 60;
  private static final int IDS = 2;
  private static final List<String> NAMES =
      List.of("id", "_id", "uuid", "guid", "slug", "code", "key", "name", "username");

  private final Contract contract;
  private final List<Identity> identities;
  private final Seen seen;
  private final Wire wire;
  private final Drafting drafting;
  private final List<Met> met = new ArrayList<>();

  /// By the template of a list and the name of who asked: the ids in it.
  private final Map<String, Set<String>> ids = new LinkedHashMap<>();

  private Introduction(Contract contract, List<Identity> identities, Seen seen, Wire wire) {
    this.contract = contract;
    this.identities = identities;
    this.seen = seen;
    this.wire = wire;
    this.drafting = new Drafting(new KnownObjects(), identities, false, seen, 1);
  }

  /// One answer with content.
  public record Met(Draft draft, Answer answer) {}

  /// Asks for the lists as everybody, and for one of each kind that nothing shows yet.
  ///
  /// @param contract as it was inferred, without any binding
  public static List<Met> of(Contract contract, List<Identity> identities, Seen seen, Wire wire) {
    Introduction introduction = new Introduction(contract, identities, seen, wire);
    wire.of("introduction");
    try {
      introduction.ask();
    } catch (Scene.Spent spent) {
      // the run itself tells that nothing is left
      return introduction.met;
    }
    return introduction.met;
  }

  private void ask() {
    List<Operation> reading = new ArrayList<>(contract.operations());
    reading.removeIf(each -> !each.method().equals("GET") || Mild.sweeps(each) || Mild.ends(each));
    reading.sort(java.util.Comparator.comparingInt(Introduction::variables));
    for (Operation operation : reading) {
      boolean list = variables(operation) == 0;
      if (list || !shown(operation)) {
        for (Identity identity : identities) {
          if (met.size() < MOST) {
            ask(operation, identity);
          }
        }
      }
    }
  }

  private static int variables(Operation operation) {
    return (int)
        operation.parameters().stream().filter(each -> each.in() == Parameter.In.PATH).count();
  }

  /// Whether the contract says what comes back.
  private static boolean shown(Operation operation) {
    for (Map.Entry<String, Responses.Promised> each : operation.responses().byStatus().entrySet()) {
      if (each.getKey().startsWith("2") && !each.getValue().content().types().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void ask(Operation operation, Identity identity) {
    if (!(drafting.write(operation, identity, null)
        instanceof Drafting.Outcome.Written(var draft))) {
      return;
    }
    int tried = 0;
    for (Draft each : placed(operation, identity, draft)) {
      if (tried++ >= IDS) {
        return;
      }
      Answer answer = wire.send(each);
      if (answer.ok() && answer.json() != null) {
        met.add(new Met(each, answer));
        remember(operation, identity, answer.json());
      }
    }
  }

  /// With ids that its lists showed, or that others were seen to name.
  private List<Draft> placed(Operation operation, Identity identity, Draft draft) {
    if (variables(operation) == 0) {
      return List.of(draft);
    }
    List<Draft> placed = new ArrayList<>();
    String text = operation.path().text();
    int open = text.lastIndexOf("/{");
    String variable = variable(operation);
    Set<String> values = new LinkedHashSet<>();
    if (open >= 0 && text.indexOf('}', open) == text.length() - 1) {
      values.addAll(ids.getOrDefault(text.substring(0, open) + " " + identity.name(), Set.of()));
    }
    for (Seen.Request each : seen.of(operation.id().name())) {
      String value = each.path().get(variable);
      if (value != null) {
        values.add(value);
      }
    }
    Draft below = draft;
    for (Seen.Request each : seen.of(operation.id().name())) {
      for (Map.Entry<String, String> one : each.path().entrySet()) {
        below = below.path(one.getKey(), one.getValue());
      }
      break;
    }
    for (String each : values) {
      placed.add(below.path(variable, each));
    }
    return placed;
  }

  private static String variable(Operation operation) {
    String last = "";
    for (PathTemplate.Segment each : operation.path().segments()) {
      if (each.variable()
          && each.parts().getFirst() instanceof PathTemplate.Variable(String name)) {
        last = name;
      }
    }
    return last;
  }

  private void remember(Operation operation, Identity identity, Node answer) {
    Set<String> known =
        ids.computeIfAbsent(
            operation.path().text() + " " + identity.name(), _ -> new LinkedHashSet<>());
    for (Node each : items(answer)) {
      for (String name : NAMES) {
        String id = each instanceof Obj object ? Json.scalar(object.get(name)) : null;
        if (id != null) {
          known.add(id);
          break;
        }
      }
    }
  }

  private static List<Node> items(Node answer) {
    if (answer instanceof Arr(var _, List<Node> items)) {
      return items;
    }
    if (answer instanceof Obj object) {
      for (Node.Member each : object.entries()) {
        if (each.value() instanceof Arr(var _, List<Node> items) && !items.isEmpty()) {
          return items;
        }
      }
    }
    return List.of();
  }
}
