package dev.gatewarden.controls.rules;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Tree;
import dev.gatewarden.core.login.LoginWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What several rules ask of an operation or a schema.
public final class Questions {
  private static final Set<String> IDS =
      Set.of("id", "ids", "uuid", "guid", "uid", "key", "number");

  private Questions() {}

  /// Whether the contract says what any of these statuses holds, by itself, its class or `default`.
  public static boolean promises(Operation operation, int... statuses) {
    return Arrays.stream(statuses).anyMatch(each -> operation.responses().of(each) != null);
  }

  /// The words of the parts of its path that do not vary, in order.
  public static List<String> pathWords(Operation operation) {
    return LoginWords.ofPath(operation);
  }

  /// The words of its `operationId`, none where it has none.
  public static List<String> idWords(Operation operation) {
    return LoginWords.ofId(operation);
  }

  /// Whether its path or its name has one of these words.
  public static boolean names(Operation operation, Set<String> words) {
    return !Collections.disjoint(pathWords(operation), words)
        || !Collections.disjoint(idWords(operation), words);
  }

  /// Whether it takes a credential and gives another one: a login, or what issues tokens.
  public static boolean entrance(Operation operation) {
    List<String> words = pathWords(operation);
    return !operation.safe()
        && (words.stream().anyMatch(LoginWords.ENTRANCE::contains)
            || words.containsAll(List.of("sign", "in"))
            || words.containsAll(List.of("log", "in")));
  }

  /// Whether callers need it who are not known yet, or have lost their credential.
  public static boolean enrolment(Operation operation) {
    List<String> words = pathWords(operation);
    return words.stream().anyMatch(LoginWords.ENROLMENT::contains)
        || words.containsAll(List.of("sign", "up"))
        || idWords(operation).stream().anyMatch(LoginWords.ENROLMENT::contains);
  }

  /// Whether the last word of a name is that of an id.
  public static boolean idLike(String name) {
    List<String> words = NameWords.of(name);
    return !words.isEmpty() && IDS.contains(words.getLast());
  }

  /// Its path parameters that name an object.
  public static List<Parameter> ids(Operation operation) {
    return operation.parameters().stream()
        .filter(each -> each.in() == Parameter.In.PATH && idLike(each.name()))
        .toList();
  }

  /// What its body may be, none where it has none.
  public static List<Content.MediaType> bodies(Operation operation) {
    RequestBody body = operation.body();
    return body == null ? List.of() : List.copyOf(body.content().types().values());
  }

  public static boolean json(Content.MediaType type) {
    return type.range().equals("application/json") || type.range().endsWith("+json");
  }

  /// Every schema that holds for a value: the one written, what it refers to, and the branches of
  /// `allOf`.
  public static List<Node.Obj> sides(Audited contract, @Nullable Node schema) {
    List<Node.Obj> all = new ArrayList<>();
    gather(contract, schema, all);
    return all;
  }

  private static void gather(Audited contract, @Nullable Node schema, List<Node.Obj> all) {
    if (!(schema instanceof Node.Obj object)
        || all.size() > 100
        || all.stream().anyMatch(one -> one == object)) {
      return;
    }
    all.add(object);
    if (object.get("$ref") instanceof Node.Text) {
      gather(contract, contract.follow(object), all);
    }
    Tree.items(object.get("allOf")).forEach(each -> gather(contract, each, all));
  }

  /// Whether a schema says that its value is of that type, alone or among others.
  public static boolean is(Node.Obj schema, String type) {
    return Tree.texts(schema.get("type")).contains(type);
  }

  /// The schemas around one that hold for the same value, itself first.
  public static List<Node.Obj> around(Shape shape) {
    List<Node.Obj> all = new ArrayList<>();
    Shape at = shape;
    while (at != null && at.name().equals(shape.name())) {
      all.add(at.schema());
      at = at.parent();
    }
    return all;
  }

  /// Whether one of the schemas that hold for its value says one of these words.
  public static boolean says(Shape shape, String... words) {
    return around(shape).stream()
        .anyMatch(each -> Arrays.stream(words).anyMatch(word -> Tree.has(each, word)));
  }
}
