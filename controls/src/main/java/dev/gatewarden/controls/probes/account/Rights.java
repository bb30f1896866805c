package dev.gatewarden.controls.probes.account;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an API shows somebody the rights they have, and what more of them looks like.
///
/// @param shows reads the rights of a newcomer
/// @param at where they stand in the answer
/// @param few what a newcomer has
/// @param more what others have
record Rights(Operation shows, List<String> at, Node few, Node more) {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(is_?)?(admin|administrator|staff|superuser|root|moderator)|(user_?|account_?)?(roles?|level|type)"
              + "|permissions?|privileges?");
  private static final Pattern OWN =
      Pattern.compile("(?i).*/(me|self|profile|account|whoami|userinfo|users?/\\{[^/]+})");
  private static final int DEEPEST = 3;

  /// Null where nothing shows a newcomer any.
  static @Nullable Rights of(Scene scene, Newcomer newcomer) {
    for (Operation each : scene.operations()) {
      Draft draft = promised(each) ? reading(scene, each, newcomer) : null;
      Answer answer = draft == null ? null : scene.send(draft);
      List<String> at = answer == null || !answer.ok() ? null : find(answer.json(), List.of());
      Node few = at == null || answer == null ? null : Json.at(answer.json(), at);
      Node more = at == null || few == null ? null : more(scene, each, newcomer, at, few);
      if (at != null && few != null && more != null) {
        return new Rights(each, at, few, more);
      }
    }
    return null;
  }

  /// Whether the contract says that an answer shows rights, or says nothing of what stands under a
  /// path that is called like one's own account.
  private static boolean promised(Operation operation) {
    if (!operation.safe()) {
      return false;
    }
    for (Responses.Promised each : operation.responses().byStatus().values()) {
      for (Content.MediaType type : each.content().types().values()) {
        if (type.schema() != null && shows(Shape.of(type.schema()), 0)) {
          return true;
        }
      }
    }
    return OWN.matcher(operation.path().text()).matches();
  }

  private static boolean shows(Shape shape, int depth) {
    for (Map.Entry<String, Shape> each : shape.members().entrySet()) {
      boolean here = NAME.matcher(each.getKey()).matches();
      if (here || (depth + 1 < DEEPEST && shows(each.getValue(), depth + 1))) {
        return true;
      }
    }
    return false;
  }

  /// What a newcomer has now; null where nobody shows it.
  @Nullable Answer read(Scene scene, Newcomer newcomer) {
    Draft draft = reading(scene, shows, newcomer);
    Answer answer = draft == null ? null : scene.send(draft);
    return answer != null && answer.ok() ? answer : null;
  }

  /// Whether an answer shows more than a newcomer has.
  boolean isRaised(@Nullable Answer answer) {
    Node now = answer == null ? null : Json.at(answer.json(), at);
    String text = Json.scalar(now);
    return text != null && text.equals(Json.scalar(more)) && !text.equals(Json.scalar(few));
  }

  /// The member's own name.
  String name() {
    return at.getLast();
  }

  /// A request for what concerns a newcomer alone: no list, and no path but by their name.
  private static @Nullable Draft reading(Scene scene, Operation operation, Newcomer newcomer) {
    Draft draft = Draft.of(operation, newcomer.as());
    for (String variable : operation.path().variables()) {
      String name = newcomer.named(operation, variable);
      if (name == null) {
        return null;
      }
      draft = draft.path(variable, name);
    }
    if (operation.path().variables().isEmpty() && !operation.objects().list().isEmpty()) {
      return null;
    }
    return operation.path().variables().isEmpty() ? scene.honest(operation, newcomer.as()) : draft;
  }

  private static @Nullable List<String> find(@Nullable Node node, List<String> at) {
    if (!(node instanceof Obj object) || at.size() >= DEEPEST) {
      return null;
    }
    for (Node.Member each : object.entries()) {
      List<String> here = new ArrayList<>(at);
      here.add(each.name());
      if (NAME.matcher(each.name()).matches() && Json.scalar(each.value()) != null) {
        return here;
      }
      List<String> inner = find(each.value(), here);
      if (inner != null) {
        return inner;
      }
    }
    return null;
  }

  /// Yes where it is no, one where it is none, and what somebody else has where it is a word.
  private static @Nullable Node more(
      Scene scene, Operation operation, Newcomer newcomer, List<String> at, Node few) {
    if (few instanceof Node.Bool(var _, boolean is)) {
      return is ? null : Json.of(true);
    }
    if (few instanceof Node.Num number) {
      return number.value().signum() == 0 ? Json.of(1) : null;
    }
    String own = Json.scalar(few);
    for (Identity each : scene.identities()) {
      Draft draft = operation.path().variables().isEmpty() ? scene.honest(operation, each) : null;
      Answer answer = draft == null ? null : scene.send(draft);
      Node theirs = answer == null || !answer.ok() ? null : Json.at(answer.json(), at);
      String text = Json.scalar(theirs);
      if (theirs != null && text != null && !text.equals(own)) {
        return theirs;
      }
    }
    boolean plain = own != null && own.matches("(?i)user|member|customer|guest|basic|regular");
    return plain && newcomer.known().get(at.getLast()) != null ? Json.of("admin") : null;
  }
}
