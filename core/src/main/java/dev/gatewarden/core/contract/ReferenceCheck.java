package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.document.References.Resolution;
import dev.gatewarden.core.schema.metaschema.Metaschemas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Walks a contract, and what it refers to, for references that lead nowhere and words of ours that
/// do not exist.
final class ReferenceCheck {
  /// Below these stand values, not promises.
  private static final Set<String> VALUES =
      Set.of("example", "examples", "default", "enum", "const", "value", "mapping", "scopes");

  /// Below these each name is the author's own.
  private static final Set<String> NAMED =
      Set.of(
          "properties",
          "patternProperties",
          "definitions",
          "$defs",
          "dependentSchemas",
          "schemas",
          "responses",
          "requestBodies",
          "headers",
          "securitySchemes",
          "links",
          "callbacks",
          "pathItems",
          "webhooks",
          "content",
          "encoding");

  /// One of these stands in every contract, path or operation, and in nothing else.
  private static final Set<String> CALLABLE =
      Set.of(
          "openapi",
          "swagger",
          "operationId",
          "responses",
          "requestBody",
          "security",
          "get",
          "put",
          "post",
          "delete",
          "options",
          "head",
          "patch",
          "trace",
          "query",
          "additionalOperations");

  /// What is either true or false wherever it stands.
  private static final Set<String> TRUTHS =
      Set.of(
          "deprecated",
          "nullable",
          "readOnly",
          "writeOnly",
          "explode",
          "allowReserved",
          "allowEmptyValue",
          "uniqueItems",
          "additionalProperties",
          "unevaluatedProperties");

  private static final List<String> WORDS =
      List.of(
          "object",
          "objects",
          "classes",
          "tenant",
          "read",
          "write",
          "class",
          "mask",
          "id",
          "owner",
          "cursor",
          "lifecycle",
          "limits",
          "flow",
          "login",
          "mode",
          "normalize",
          "queries",
          "step-up",
          Priority.WORD,
          Permission.WORD);

  private final References references;
  private final Notes notes;
  private final Place.Origin home;
  private final List<Node.Text> classes = new ArrayList<>();
  private final List<Node.Text> ids = new ArrayList<>();
  private boolean owned;
  private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  ReferenceCheck(Node root, References references, Notes notes) {
    this.references = references;
    this.notes = notes;
    this.home = root.place().origin();
  }

  void walk(Node node) {
    walk(node, false);
  }

  /// Whether it takes the object around some property to tell who may see it.
  boolean asksForOwner() {
    return owned;
  }

  /// The data classes that schemas name.
  List<Node.Text> classes() {
    return classes;
  }

  /// The object types whose ids schemas hold.
  List<Node.Text> ids() {
    return ids;
  }

  private void walk(Node node, boolean named) {
    switch (node) {
      case Obj object -> {
        parameter(object, named);
        permission(object, named);
        masked(object, named);
        if (!named && object.get("$ref") instanceof Node.Text reference) {
          check(reference);
        }
        for (Node.Member member : object.entries()) {
          member(member, named);
        }
      }
      case Node.Arr array -> array.items().forEach(item -> walk(item, false));
      case Node.Text ignored -> {}
      case Node.Num ignored -> {}
      case Node.Bool ignored -> {}
      case Node.Null ignored -> {}
    }
  }

  private void masked(Obj object, boolean named) {
    Node mask = object.get(PropertyWords.MASK);
    if (!named && mask != null && object.get(PropertyWords.READ) == null) {
      notes.problem(
          mask.place(),
          "`" + PropertyWords.MASK + "` has no effect without `" + PropertyWords.READ + "`",
          "say who sees the value itself");
    }
  }

  /// A form is declared for values, and a value is what a schema describes.
  private void parameter(Obj object, boolean named) {
    Node said = object.get(Extensions.PREFIX + "normalize");
    if (!named
        && said != null
        && object.get("in") instanceof Node.Text
        && object.get("name") instanceof Node.Text) {
      notes.problem(
          said.place(),
          "`x-gatewarden-normalize` has no effect on a parameter",
          "say it in the parameter's `schema`");
    }
  }

  /// What would guard nothing must not read as if it did.
  private void permission(Obj object, boolean named) {
    Node said = object.get(Extensions.PREFIX + Permission.WORD);
    if (!named
        && said != null
        && object.members().keySet().stream().noneMatch(CALLABLE::contains)) {
      notes.problem(
          said.place(),
          "`x-gatewarden-permission` has no effect here",
          "say it at an operation, at a path, or at the top of the contract");
    }
  }

  private void member(Node.Member member, boolean named) {
    String name = member.name();
    if (named) {
      walk(member.value(), false);
    } else if (name.startsWith(Extensions.PREFIX)) {
      String word = name.substring(Extensions.PREFIX.length());
      if (!WORDS.contains(word)) {
        String near = Nearest.of(word, WORDS);
        notes.problem(
            member.namePlace(),
            "`" + Nodes.shown(name) + "` is no word of ours",
            near == null ? "" : "did you mean `" + Extensions.PREFIX + near + "`?");
      }
      property(word, member);
    } else if (!name.startsWith("x-") && !VALUES.contains(name)) {
      truth(member);
      walk(member.value(), NAMED.contains(name));
    }
  }

  /// Who may read or write a property, and what it is: a word that means nobody would restrict
  /// nothing. And when something ends.
  private void property(String word, Node.Member member) {
    Node value = member.value();
    if (PropertyWords.ALL.contains(word)) {
      PropertyWords.check(word, member.name(), value, notes);
      owned |= word.equals("read") && PropertyWords.asksForOwner(value);
      if (word.equals("class") && value instanceof Node.Text name) {
        classes.add(name);
      }
    } else if (word.equals("id")) {
      if (value instanceof Node.Text type) {
        ids.add(type);
      } else {
        notes.problem(
            value.place(),
            "`" + PropertyWords.ID + "` should name an object type, not be " + Nodes.kind(value));
      }
    } else if (word.equals("lifecycle")) {
      Lifecycle.read(value, notes);
    } else if (word.equals(StepUp.WORD)) {
      StepUp.read(value, notes);
    } else if (word.equals(Priority.WORD)) {
      Priority.read(value, notes);
    } else if (word.equals(Permission.WORD)) {
      Permission.read(value, notes);
    } else if (word.equals(QueryWords.WORD)) {
      QueryWords.read(value, notes);
    }
  }

  /// `yes`, or a truth value in quotes, would silently count as no.
  private void truth(Node.Member member) {
    boolean either = TRUTHS.contains(member.name()) || member.name().equals("required");
    if (either && member.value() instanceof Node.Text text) {
      String word = text.value().toLowerCase(Locale.ROOT);
      boolean yes = List.of("yes", "on", "y", "true").contains(word);
      notes.problem(
          text.place(),
          "`" + member.name() + "` is the text `" + Nodes.shown(text.value()) + "`",
          yes || List.of("no", "off", "n", "false").contains(word)
              ? "write `" + yes + "`, without quotes"
              : "write `true` or `false`");
    }
  }

  private void check(Node.Text reference) {
    String address = reference.value();
    int hash = address.indexOf('#');
    if (Metaschemas.has(hash < 0 ? address : address.substring(0, hash))) {
      return;
    }
    Node at = reference;
    Node.Text next = reference;
    for (int steps = 0; steps < Resolver.MOST_STEPS; steps++) {
      switch (references.resolve(next.value(), next.place())) {
        case Resolution.Missing(Problem problem) -> {
          notes.problem(reference.place(), problem.message(), problem.advice());
          return;
        }
        case Resolution.Found(Node target) -> at = target;
      }
      if (!(at instanceof Obj object) || !(object.get("$ref") instanceof Node.Text further)) {
        elsewhere(at);
        return;
      }
      next = further;
    }
    notes.problem(reference.place(), "`" + Nodes.shown(reference.value()) + "` leads in a circle");
  }

  /// The root is walked from its top; of other documents only what is referred to.
  private void elsewhere(Node target) {
    if (!target.place().origin().equals(home) && visited.add(target)) {
      walk(target, false);
    }
  }
}
