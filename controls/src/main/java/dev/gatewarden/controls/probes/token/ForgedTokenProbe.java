package dev.gatewarden.controls.probes.token;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Presents tokens that nobody signed, made of one that is good (RFC 8725, section 2).
///
/// Where a changed token is believed, its signature is not verified, and nothing else is tried: one
/// cause, one fault. What is believed by accident only (`alg: none`, a key from the header, a known
/// secret) is told by its name.
@Attack(
    id = "forged-token",
    title = "a token is believed that nobody signed",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 347,
    guards = "signed-token",
    remedy =
        "verify tokens with the issuer's keys and the algorithms that were agreed on, nothing"
            + " from the token itself")
public final class ForgedTokenProbe implements Probe {
  private static final Map<String, String> CHANGE = Map.of("probe", "1");
  private static final String CHANGED =
      "a token is believed whose claims were changed: its signature is not verified";

  /// An operation that works with a token and does not without.
  private record Door(Draft honest, Presented presented, Jwt token) {
    Answer knock(Scene scene, String how, String text) {
      return scene.send(
          honest.as(
              honest
                  .as()
                  .presenting(
                      honest.as().name() + ", " + how,
                      List.of(
                          new Presented(
                              presented.where(), presented.name(), presented.prefix(), text)))));
    }
  }

  @Override
  public void run(Scene scene) {
    boolean any = false;
    for (Identity each : scene.identities()) {
      Presented presented = token(each);
      Jwt token = presented == null ? null : Jwt.parse(presented.secret());
      if (presented != null && token != null) {
        any = true;
        Door door = door(scene, each, presented, token);
        if (door != null) {
          if (attack(scene, door)) {
            others(scene, door);
          }
          return;
        }
      }
    }
    scene.untested(
        null,
        any
            ? "no operation was found that a token opens and that does not open without"
            : "no identity presents a JSON Web Token");
  }

  private static @Nullable Presented token(Identity identity) {
    for (Presented each : identity.presents()) {
      if (Jwt.parse(each.secret()) != null) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable Door door(
      Scene scene, Identity identity, Presented presented, Jwt token) {
    for (Operation operation : scene.operations()) {
      if (!operation.safe()
          || scene.allowed(operation, Identity.NOBODY, null)
          || !scene.allowed(operation, identity, null)) {
        continue;
      }
      Draft honest = scene.honest(operation, identity);
      if (honest != null
          && scene.send(honest).ok()
          && !scene.send(honest.as(Identity.NOBODY)).ok()) {
        return new Door(honest, presented, token);
      }
    }
    return null;
  }

  /// Whether each operation that a token opens looks at it in the same way: a handler that reads
  /// tokens by itself may forget to verify them.
  private static void others(Scene scene, Door door) {
    for (Operation operation : scene.operations()) {
      Draft honest =
          operation.safe()
                  && !operation.equals(door.honest().operation())
                  && !scene.allowed(operation, Identity.NOBODY, null)
                  && scene.allowed(operation, door.honest().as(), null)
              ? scene.honest(operation, door.honest().as())
              : null;
      if (honest == null) {
        continue;
      }
      Door other = new Door(honest, door.presented(), door.token());
      Answer changed = other.knock(scene, "changed", door.token().with(CHANGE).text());
      if (changed.ok() && scene.send(honest).ok() && !scene.send(honest.as(Identity.NOBODY)).ok()) {
        tell(scene, other, "signature", CHANGED + ", other than elsewhere", List.of(changed));
      }
    }
  }

  /// @return whether a token is refused whose claims were changed
  private static boolean attack(Scene scene, Door door) {
    Jwt token = door.token();
    Answer changed = door.knock(scene, "changed", token.with(CHANGE).text());
    if (changed.ok()) {
      Answer none = door.knock(scene, "without signature", token.unsigned("none"));
      tell(
          scene, door, "signature", CHANGED, none.ok() ? List.of(changed, none) : List.of(changed));
      return false;
    }
    List<Answer> none = new ArrayList<>();
    for (String spelling : List.of("none", "None", "NONE", "nOnE")) {
      Answer answer = door.knock(scene, "alg " + spelling, token.unsigned(spelling));
      if (answer.ok()) {
        none.add(answer);
      }
    }
    boolean stood = told(scene, door, "alg", "a token that says `alg: none` is believed", none);
    stood &=
        one(scene, door, "cut", "signature (cut)", token.cut(), "half a signature is believed");
    stood &=
        one(
            scene,
            door,
            "without signature",
            "signature (none)",
            token.stripped(),
            "a token without signature is believed");
    stood &=
        one(
            scene,
            door,
            "own key",
            "jwk",
            token.withOwnKey(),
            "a token is believed that brings its own key");
    stood &= kids(scene, door);
    stood &= secrets(scene, door);
    stood &= confusion(scene, door);
    if (stood) {
      scene.withstood(door.honest().operation());
    }
    return true;
  }

  /// A `kid` that names a file or a row with a known content.
  private static boolean kids(Scene scene, Door door) {
    List<Answer> believed = new ArrayList<>();
    for (String kid :
        List.of("../../../../../../dev/null", "/dev/null", "x' UNION SELECT 'probe' -- ")) {
      byte[] key = kid.contains("UNION") ? Jwt.bytes("probe") : new byte[1];
      Answer answer = door.knock(scene, "kid", door.token().hmac(kid, key));
      if (answer.ok()) {
        believed.add(answer);
      }
    }
    return told(scene, door, "kid", "a token's `kid` chooses a key that everybody knows", believed);
  }

  /// A secret that everybody tries first; the token that is at hand shows which, without a request.
  private static boolean secrets(Scene scene, Door door) {
    String secret = WeakSecrets.of(door.token(), WeakSecrets.names(scene.contract()));
    if (secret == null) {
      return true;
    }
    Answer answer =
        door.knock(
            scene,
            "weak secret",
            door.token().with(Map.of("probe", "1")).hmac("", Jwt.bytes(secret)));
    return told(
        scene,
        door,
        "secret",
        "tokens are signed with a secret from every list, so that anybody can make them",
        answer.ok() ? List.of(answer) : List.of());
  }

  /// The issuer's public key as if it were a shared secret.
  private static boolean confusion(Scene scene, Door door) {
    List<Answer> believed = new ArrayList<>();
    if (door.token().symmetric()) {
      return true;
    }
    List<byte[]> keys = scene.publicKeys();
    if (keys.isEmpty()) {
      scene.untested(null, "the issuer's public keys are not known: name `keys` of the identities");
    }
    for (byte[] key : keys) {
      Answer answer = door.knock(scene, "public key as secret", door.token().hmac("", key));
      if (answer.ok()) {
        believed.add(answer);
      }
    }
    return told(
        scene, door, "alg (HS256)", "the public key is taken for a shared secret", believed);
  }

  private static boolean one(
      Scene scene, Door door, String how, String place, String text, String message) {
    Answer answer = door.knock(scene, how, text);
    return told(scene, door, place, message, answer.ok() ? List.of(answer) : List.of());
  }

  private static boolean told(
      Scene scene, Door door, String place, String message, List<Answer> believed) {
    if (believed.isEmpty()) {
      return true;
    }
    tell(scene, door, place, message, believed);
    return false;
  }

  private static void tell(
      Scene scene, Door door, String place, String message, List<Answer> answers) {
    scene.found(
        new Fault(
            door.honest().operation(),
            place,
            Severity.CRITICAL,
            Confidence.PROVED,
            message,
            answers.stream().map(Answer::attempt).toList()));
  }
}
