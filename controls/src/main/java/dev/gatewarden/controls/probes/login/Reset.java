package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request for a new password, and an address that the API knows.
///
/// @param member where the request names whom it is for
record Reset(Operation operation, Draft honest, String member, String known) {
  private static final Pattern NAME =
      Pattern.compile("(?i).*(reset|forgot|recover|lost-?password|magic-?link).*");
  private static final int MOST_READS = 8;

  /// The first of the contract; null where it has none, or where nobody's address is known, which
  /// is told.
  static @Nullable Reset of(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (operation.safe()
          || !isNamed(operation)
          || !scene.allowed(operation, Identity.NOBODY, null)) {
        continue;
      }
      Draft honest = scene.honest(operation, Identity.NOBODY);
      String member = honest != null && honest.body() instanceof Obj body ? whom(body) : null;
      if (honest == null || member == null) {
        continue;
      }
      String known = known(scene, member);
      if (known == null) {
        scene.untested(operation, "nobody is known by whose `" + member + "` it could be asked");
        return null;
      }
      return new Reset(operation, honest, member, known);
    }
    return null;
  }

  /// Whether an operation is called like a part of this.
  static boolean isNamed(Operation operation) {
    return NAME.matcher(operation.id().name() + operation.path().text()).matches();
  }

  /// The request for somebody.
  Draft by(String whom) {
    return honest.member(List.of(member), Json.of(whom));
  }

  /// A name or an address that nobody has, of the form of the known one.
  String stranger(Scene scene) {
    int at = known.indexOf('@');
    return at < 0 ? scene.marker() : scene.marker() + known.substring(at);
  }

  /// The member that names a person; none where a code or a new password is asked for, too.
  private static @Nullable String whom(Obj body) {
    String found = null;
    for (Node.Member each : body.entries()) {
      String lower = each.name().toLowerCase(Locale.ROOT);
      if (lower.matches(".*(code|token|otp|password|pwd).*")) {
        return null;
      }
      if (lower.matches(".*(mail|user|login|account|phone|name).*")) {
        found = found == null ? each.name() : found;
      }
    }
    return found;
  }

  private static @Nullable String known(Scene scene, String member) {
    boolean mail = member.toLowerCase(Locale.ROOT).contains("mail");
    for (Identity each : scene.identities()) {
      Identity.Login login = each.login();
      for (Map.Entry<String, String> one :
          login == null ? Map.<String, String>of().entrySet() : login.members().entrySet()) {
        boolean fits =
            mail
                ? one.getValue().contains("@")
                : one.getKey().toLowerCase(Locale.ROOT).matches(".*(user|login|account|name).*");
        if (fits) {
          return one.getValue();
        }
      }
    }
    return mail ? seen(scene) : null;
  }

  /// An address of the tester's own, as the API shows it to whom it belongs.
  private static @Nullable String seen(Scene scene) {
    int read = 0;
    for (Operation operation : scene.operations()) {
      Identity first = scene.identities().isEmpty() ? null : scene.identities().getFirst();
      if (first == null
          || !operation.safe()
          || !operation.path().variables().isEmpty()
          || !operation.objects().list().stream().allMatch(each -> each.does().reads())
          || !scene.allowed(operation, first, null)
          || read >= MOST_READS) {
        continue;
      }
      Draft draft = scene.honest(operation, first);
      Answer answer = draft == null ? null : scene.send(draft);
      read += draft == null ? 0 : 1;
      String address = answer == null || !answer.ok() ? null : address(answer.json());
      if (address != null) {
        return address;
      }
    }
    return null;
  }

  private static @Nullable String address(@Nullable Node node) {
    if (!(node instanceof Obj object)) {
      return null;
    }
    for (Node.Member each : object.entries()) {
      String inner =
          each.value() instanceof Node.Text(var _, String text)
                  && each.name().toLowerCase(Locale.ROOT).contains("mail")
                  && text.contains("@")
              ? text
              : address(each.value());
      if (inner != null) {
        return inner;
      }
    }
    return null;
  }
}
