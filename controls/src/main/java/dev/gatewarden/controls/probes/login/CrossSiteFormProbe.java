package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sends a form as another website would make a browser send it: with the cookie, and without the
/// token of the session's own forms, or with that of somebody else's session.
///
/// It needs identities whose `login` names `csrf`; what it sends is what the identity may send, so
/// that nothing happens that could not happen anyway.
@Attack(
    id = "cross-site-form",
    title = "forms of other websites are taken",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 352,
    changes = true,
    remedy = "hold the token of each form against the session, and set cookies with `SameSite`")
public final class CrossSiteFormProbe implements Probe {

  @Override
  public void run(Scene scene) {
    boolean any = false;
    for (Identity each : scene.identities()) {
      Presented token = token(each);
      boolean cookie = each.presents().stream().anyMatch(one -> one.where() == Where.COOKIE);
      Draft honest = token == null || !cookie ? null : works(scene, each);
      any |= token != null && cookie;
      if (honest != null && token != null) {
        attack(scene, honest, token);
        return;
      }
    }
    scene.untested(
        null,
        any
            ? "no form was found that works and is harmless"
            : "no identity has a cookie and names `csrf`");
  }

  private static @Nullable Presented token(Identity identity) {
    for (Presented each : identity.presents()) {
      if (each.where() == Where.BODY) {
        return each;
      }
    }
    return null;
  }

  /// A form that works and ends nothing.
  private static @Nullable Draft works(Scene scene, Identity identity) {
    for (Operation operation : scene.operations()) {
      String name = (operation.id().name() + operation.path().text()).toLowerCase(Locale.ROOT);
      boolean ends =
          name.matches(".*(log-?out|sign-?out|revoke|delete|remove|log-?in|password).*")
              || operation.method().equals("DELETE");
      boolean creates =
          operation.objects().list().stream().allMatch(each -> each.does() == Does.CREATE);
      if (operation.safe()
          || ends
          || !creates
          || !scene.allowed(operation, identity, null)
          || scene.allowed(operation, Identity.NOBODY, null)
          || !scene.harmless(operation, null)) {
        continue;
      }
      Draft draft = scene.honest(operation, identity);
      if (draft != null && scene.send(draft).ok()) {
        return draft;
      }
    }
    return null;
  }

  private static void attack(Scene scene, Draft honest, Presented token) {
    Answer none = scene.send(with(honest, token, null));
    if (none.ok()) {
      tell(scene, honest, token, "a form without `" + token.name() + "` is taken", none);
      return;
    }
    for (Identity other : scene.identities()) {
      Presented theirs = token(other);
      if (theirs != null && !theirs.secret().equals(token.secret())) {
        Answer foreign = scene.send(with(honest, token, theirs));
        if (foreign.ok()) {
          tell(
              scene,
              honest,
              token,
              "a form of `"
                  + honest.as()
                  + "` is taken with the `"
                  + token.name()
                  + "` of the session of `"
                  + other
                  + "`",
              foreign);
          return;
        }
        break;
      }
    }
    scene.withstood(honest.operation());
  }

  private static Draft with(Draft honest, Presented token, @Nullable Presented instead) {
    List<Presented> presents = new ArrayList<>();
    for (Presented each : honest.as().presents()) {
      if (!each.equals(token)) {
        presents.add(each);
      }
    }
    if (instead != null) {
      presents.add(instead);
    }
    Draft draft = honest.as(honest.as().presenting(honest.as().name() + ", misled", presents));
    return draft.body() instanceof Obj body
        ? draft.body(Json.without(body, token.name()), draft.mediaType())
        : draft;
  }

  private static void tell(
      Scene scene, Draft honest, Presented token, String message, Answer answer) {
    scene.found(
        new Fault(
            honest.operation(),
            "body#/" + token.name(),
            Severity.HIGH,
            Confidence.PROVED,
            message,
            List.of(answer.attempt())));
  }
}
