package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds out which operation makes what another one needs, where no binding says it: `/members`
/// lists what `/members/{memberId}` names, and a `POST /vouchers` answers with the `code` of
/// `/vouchers/{code}`.
final class Producers {
  /// Members that hold the whole of what is answered.
  private static final Set<String> ENVELOPES =
      Set.of(
          "data",
          "result",
          "results",
          "item",
          "payload",
          "response",
          "resource",
          "entity",
          "object",
          "record",
          "body",
          "value",
          "content",
          "created");

  private final Contract contract;
  private final Drafting drafting;
  private final Function<Draft, Answer> send;
  private final Map<String, @Nullable Node> answers = new HashMap<>();

  /// Whether what was found last was made for it.
  private boolean makes;

  Producers(Contract contract, Drafting drafting, Function<Draft, Answer> send) {
    this.contract = contract;
    this.drafting = drafting;
    this.send = send;
  }

  /// Finds values for the path variables of an operation that it touches no known object by.
  void supply(Operation operation, Identity identity) {
    for (Parameter parameter : unexplained(operation)) {
      String above = above(operation, parameter);
      String value = above == null ? null : value(above, parameter, identity);
      if (value != null) {
        drafting.memory().keep(operation, parameter.name(), identity, value, makes);
      }
    }
  }

  /// Makes new values for the path variables of an operation; false where nothing makes them.
  boolean renew(Operation operation, Identity identity) {
    for (Parameter parameter : unexplained(operation)) {
      String above = above(operation, parameter);
      for (Operation each : contract.operations()) {
        if (each.method().equals("POST") && each.path().text().equals(above)) {
          Node answer = asked(each, identity);
          String value = answer == null ? null : born(answer, parameter.name(), 0);
          if (value != null) {
            drafting.memory().keep(operation, parameter.name(), identity, value, true);
            return true;
          }
        }
      }
    }
    return false;
  }

  /// The path variables of an operation that no binding tells of, and that stand below something.
  static List<Parameter> unexplained(Operation operation) {
    return operation.parameters().stream()
        .filter(
            each ->
                each.in() == Parameter.In.PATH
                    && above(operation, each) != null
                    && !explained(operation, each.name()))
        .toList();
  }

  /// The path of what a variable is one of; null where it stands below nothing.
  static @Nullable String above(Operation operation, Parameter parameter) {
    String path = operation.path().text();
    int at = path.indexOf("/{" + parameter.name() + "}");
    return at <= 0 ? null : path.substring(0, at);
  }

  private static boolean explained(Operation operation, String name) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (is(binding.id(), name)
          || binding.within().values().stream().anyMatch(each -> is(each, name))) {
        return true;
      }
    }
    return operation.tenant() != null && is(operation.tenant().from(), name);
  }

  private static boolean is(@Nullable Selector selector, String name) {
    return selector instanceof Selector.PathParameter(String parameter) && parameter.equals(name);
  }

  /// What the collection above shows, else what is made there.
  private @Nullable String value(String above, Parameter parameter, Identity identity) {
    boolean choice = Shape.of(parameter.schema()).has("enum");
    for (String method : choice ? List.<String>of() : List.of("GET", "POST")) {
      makes = method.equals("POST");
      for (Operation each : contract.operations()) {
        if (each.method().equals(method) && each.path().text().equals(above)) {
          Node answer = answered(each, identity);
          String found =
              answer == null
                  ? null
                  : makes ? born(answer, parameter.name(), 0) : find(answer, parameter.name(), 0);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  /// Asked once, whatever is answered.
  private @Nullable Node answered(Operation operation, Identity identity) {
    String key = operation.id().name() + " " + identity.name();
    if (!answers.containsKey(key)) {
      answers.put(key, asked(operation, identity));
    }
    return answers.get(key);
  }

  private @Nullable Node asked(Operation operation, Identity identity) {
    if (!(drafting.write(operation, identity, null)
        instanceof Drafting.Outcome.Written(var draft))) {
      return null;
    }
    Answer answer = send.apply(draft);
    return answer.ok() ? answer.json() : null;
  }

  /// The first member that is called like the variable, or `id`.
  static @Nullable String find(Node node, String variable, int depth) {
    if (depth > 4) {
      return null;
    }
    return switch (node) {
      case Node.Obj object -> {
        for (Node.Member member : object.entries()) {
          if (meant(member.name(), variable) && Json.scalar(member.value()) != null) {
            yield Json.scalar(member.value());
          }
        }
        for (Node.Member member : object.entries()) {
          String inner = find(member.value(), variable, depth + 1);
          if (inner != null) {
            yield inner;
          }
        }
        yield null;
      }
      case Node.Arr array ->
          array.items().isEmpty() ? null : find(array.items().getFirst(), variable, depth + 1);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> null;
    };
  }

  /// The id of what a request made, by the answer's own word: what stands deeper in it, such as the
  /// customer of a new order, is something else, and may be somebody else's.
  static @Nullable String born(Node node, String variable, int depth) {
    if (node instanceof Node.Arr(var _, var items)) {
      return items.size() == 1 ? born(items.getFirst(), variable, depth + 1) : null;
    }
    if (!(node instanceof Node.Obj object) || depth > 3) {
      return null;
    }
    for (Node.Member member : object.entries()) {
      if (meant(member.name(), variable) && Json.scalar(member.value()) != null) {
        return Json.scalar(member.value());
      }
    }
    for (Node.Member member : object.entries()) {
      String name = plain(member.name());
      boolean itself = name.length() > 2 && plain(variable).startsWith(name);
      if (itself || ENVELOPES.contains(name)) {
        String inner = born(member.value(), variable, depth + 1);
        if (inner != null) {
          return inner;
        }
      }
    }
    return null;
  }

  /// Every value in an answer that an operation could name by a variable.
  static void all(Node node, String variable, Set<String> into) {
    switch (node) {
      case Node.Obj object -> {
        for (Node.Member member : object.entries()) {
          String value = meant(member.name(), variable) ? Json.scalar(member.value()) : null;
          if (value != null) {
            into.add(value);
          }
          all(member.value(), variable, into);
        }
      }
      case Node.Arr array -> array.items().forEach(each -> all(each, variable, into));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
  }

  private static boolean meant(String member, String variable) {
    String name = plain(member);
    String wanted = plain(variable);
    return name.equals(wanted)
        || (wanted.endsWith("id") && name.equals("id"))
        || wanted.endsWith(name) && name.length() > 2;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
