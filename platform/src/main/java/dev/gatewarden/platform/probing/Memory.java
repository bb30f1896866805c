package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values of path variables that no binding explains, as answers of other operations showed them.
final class Memory {
  /// Paths that name nobody and mean the caller.
  private static final Pattern OWN =
      Pattern.compile("(?i)(.*/)?(me|self|profile|account|user|my-?[a-z]+|password|e-?mail)(/.*)?");

  private static final int MOST_WORDS = 200;
  private static final int MOST_STOOD = 50_000;

  private record Place(String path, String variable, String identity) {}

  private record Made(String collection, String value) {}

  private final Map<Place, String> values = new HashMap<>();
  private final Set<Made> made = new HashSet<>();
  private final Set<String> accounts = new HashSet<>();

  /// What several accounts are called: none of them alone.
  private final Set<String> shared = new HashSet<>();

  /// What answers showed that the tester did not make.
  private final Set<Made> stood = new HashSet<>();

  /// Members that take one of a few words, whatever their schema says.
  private static final Pattern CHOICE =
      Pattern.compile("(?i)(.*[_-])?(role|status|type|category|state|plan|tier|level|kind|unit)");

  private final Map<String, String> words = new HashMap<>();

  /// @param made whether the tester made what the value names
  void keep(Operation operation, String variable, Identity identity, String value, boolean made) {
    if (made) {
      made(collection(operation, variable), value);
    }
    values.put(new Place(operation.path().text(), variable, identity.name()), value);
  }

  /// Tells that the tester made what stands at a value below a path; what stood there already was
  /// made by somebody else, whatever a service says.
  void made(String collection, String value) {
    Made one = new Made(collection, value);
    if (!stood.contains(one)) {
      made.add(one);
    }
  }

  /// Tells that something was shown at a value below a path.
  void stood(String collection, String value) {
    Made one = new Made(collection, value);
    if (!made.contains(one) && !accounts.contains(value) && stood.size() < MOST_STOOD) {
      stood.add(one);
    }
  }

  /// Whether something was shown there that the tester did not make.
  boolean isOld(String collection, String value) {
    return stood.contains(new Made(collection, value));
  }

  /// Whether every variable of a request's path names what the tester made there.
  boolean isMade(Draft draft) {
    boolean any = false;
    for (Map.Entry<String, String> each : draft.path().entrySet()) {
      if (isTenant(draft.operation(), each.getKey())) {
        continue;
      }
      any = true;
      if (!made.contains(new Made(collection(draft.operation(), each.getKey()), each.getValue()))) {
        return false;
      }
    }
    return any;
  }

  /// Takes down the words that an answer has where only a few may stand.
  void words(@Nullable Node answer) {
    switch (answer) {
      case Node.Obj object -> {
        for (Node.Member each : object.entries()) {
          if (each.value() instanceof Node.Text(var _, String text)
              && CHOICE.matcher(each.name()).matches()
              && words.size() < MOST_WORDS) {
            words.putIfAbsent(each.name(), text);
          }
          words(each.value());
        }
      }
      case Node.Arr array -> array.items().stream().limit(3).forEach(this::words);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
      case null -> {}
    }
  }

  /// A word that the API itself uses under a name; null where none was seen.
  @Nullable String word(String name) {
    return words.get(name);
  }

  /// Takes down an account that the tester made, by all its names. What another account is called
  /// as well, such as the company of both, is the name of neither.
  void account(Collection<String> names) {
    for (String each : Set.copyOf(names)) {
      if (!accounts.add(each)) {
        shared.add(each);
      }
    }
  }

  private boolean isAccount(Operation operation, String variable, String value) {
    return accounts.contains(value)
        && !shared.contains(value)
        && !isOld(collection(operation, variable), value);
  }

  /// Whether somebody whose account the tester made names no account but such ones: by the path,
  /// and by whatever the body calls like one of these people.
  boolean isAmongNewcomers(Draft draft, List<Identity> people) {
    return accounts.contains(draft.as().name())
        && draft.raw().isEmpty()
        && draft.written() == null
        && draft.bytes() == null
        && (draft.path().isEmpty()
            ? OWN.matcher(draft.operation().path().text()).matches()
            : draft.path().entrySet().stream()
                .allMatch(each -> isAccount(draft.operation(), each.getKey(), each.getValue())))
        && draft.path().values().stream().noneMatch(each -> calls(each, people))
        && draft.query().stream().noneMatch(each -> names(Json.of(each.value()), people))
        && !names(draft.body(), people);
  }

  private static boolean calls(String value, List<Identity> people) {
    return people.stream()
        .anyMatch(each -> value.equals(each.is().subject()) || value.equals(each.is().tenant()));
  }

  private static boolean names(@Nullable Node node, List<Identity> people) {
    return people.stream().anyMatch(each -> names(node, each));
  }

  private static boolean names(@Nullable Node node, Identity who) {
    return switch (node) {
      case Node.Obj object -> object.entries().stream().anyMatch(each -> names(each.value(), who));
      case Node.Arr array -> array.items().stream().anyMatch(each -> names(each, who));
      case Node.Text(var _, String text) ->
          text.equals(who.is().subject())
              || (who.login() != null && who.login().members().containsValue(text));
      case Node.Num _, Node.Bool _, Node.Null _ -> false;
      case null -> false;
    };
  }

  private static boolean isTenant(Operation operation, String variable) {
    return operation.tenant() != null
        && operation.tenant().from() instanceof Selector.PathParameter(String name)
        && name.equals(variable);
  }

  /// The path above a variable.
  static String collection(Operation operation, String variable) {
    String path = operation.path().text();
    int at = path.indexOf("/{" + variable + "}");
    return at < 0 ? path : path.substring(0, at);
  }

  /// What was seen by an identity, or null.
  @Nullable String value(Operation operation, String variable, Identity identity) {
    return values.get(new Place(operation.path().text(), variable, identity.name()));
  }
}
