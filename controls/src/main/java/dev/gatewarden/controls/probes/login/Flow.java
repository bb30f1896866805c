package dev.gatewarden.controls.probes.login;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.Scene;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The flow by which a person of the tester's own gets tokens, with anything in it changed.
///
/// @param who logs in, and is given the tokens
/// @param session what the login gave
/// @param client the id of the one that asks
/// @param verifier the secret of the request (RFC 7636, section 4.1)
record Flow(
    Scene scene, OAuth oauth, Identity who, Identity session, String client, String verifier) {
  private static final int VERIFIER = 43;

  /// What the token endpoint gave.
  record Tokens(String access, @Nullable String refresh, @Nullable String identity, int attempt) {}

  /// Logs the first identity in that can; null where none can, which is told.
  static @Nullable Flow of(Scene scene) {
    OAuth oauth = scene.oauth();
    if (oauth == null || oauth.clients().isEmpty()) {
      scene.untested(null, "nobody says how people get tokens: name `oauth` in the identities");
      return null;
    }
    for (Identity each : scene.identities()) {
      Answer entered = entered(scene, each);
      if (entered != null && entered.status() != 0 && entered.status() < 400) {
        List<Presented> cookies = new ArrayList<>();
        for (Entrance.Cookie cookie : Entrance.set(entered)) {
          cookies.add(new Presented(Where.COOKIE, cookie.name(), "", cookie.value()));
        }
        Identity session = each.presenting(each.name() + ", logged in", cookies);
        String client = oauth.clients().keySet().iterator().next();
        return new Flow(scene, oauth, each, session, client, verifier(scene));
      }
    }
    scene.untested(null, "no identity has a `user` and a `password` for the authorization server");
    return null;
  }

  /// The answer to a login, at the API or elsewhere; null where somebody has none.
  private static @Nullable Answer entered(Scene scene, Identity identity) {
    Entrance entrance = Entrance.of(scene, identity);
    Identity.Login login = identity.login();
    if (entrance != null || login == null) {
      return entrance == null ? null : scene.send(entrance.draft());
    }
    String what = "login of " + identity;
    if (login.form()) {
      return scene.send(Errand.form(what, Identity.NOBODY, login.address(), login.members()));
    }
    Map<String, Node> members = new LinkedHashMap<>();
    login.members().forEach((name, value) -> members.put(name, Json.of(value)));
    return scene.send(Errand.json(what, Identity.NOBODY, login.address(), members));
  }

  /// The same flow by another client.
  Flow by(String other) {
    return new Flow(scene, oauth, who, session, other, verifier);
  }

  OAuth.Client registered() {
    return Objects.requireNonNull(oauth.clients().get(client));
  }

  /// Text of the length that a verifier has at least.
  static String verifier(Scene scene) {
    StringBuilder text = new StringBuilder();
    while (text.length() < VERIFIER) {
      text.append(scene.marker());
    }
    return text.toString();
  }

  String redirect() {
    return registered().redirectUri();
  }

  /// A client beside the first one, or null.
  @Nullable String otherClient() {
    for (String each : oauth.clients().keySet()) {
      if (!each.equals(client)) {
        return each;
      }
    }
    return null;
  }

  private Map<String, String> words() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("response_type", "code");
    all.put("client_id", client);
    all.put("redirect_uri", redirect());
    all.put("state", scene.marker());
    all.put("code_challenge", challenge(verifier));
    all.put("code_challenge_method", "S256");
    return all;
  }

  /// Asks for a code; a change to the empty text leaves a parameter out.
  Answer authorize(Map<String, String> changes) {
    Map<String, String> all = words();
    all.putAll(changes);
    List<Draft.Pair> query = new ArrayList<>();
    all.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            query.add(new Draft.Pair(name, value));
          }
        });
    return authorize(query);
  }

  /// Asks for a code with these words, where the same one may stand twice.
  Answer authorize(List<Draft.Pair> query) {
    Operation operation = endpoint("GET", oauth.authorize());
    if (operation != null) {
      Draft draft = Draft.of(operation, session);
      for (Draft.Pair each : query) {
        draft = draft.alsoQuery(each.name(), each.value());
      }
      return scene.send(draft);
    }
    StringBuilder address = new StringBuilder(oauth.authorize().address());
    char before = address.indexOf("?") < 0 ? '?' : '&';
    for (Draft.Pair each : query) {
      address.append(before).append(Draft.encoded(each.name())).append('=');
      address.append(Draft.encoded(each.value()));
      before = '&';
    }
    return scene.send(Errand.get("authorize", session, address.toString()));
  }

  /// The words of the honest request for a code.
  List<Draft.Pair> honest() {
    List<Draft.Pair> query = new ArrayList<>();
    words().forEach((name, value) -> query.add(new Draft.Pair(name, value)));
    return query;
  }

  /// The code that an answer leads to a client with; null where it gives none.
  static @Nullable String code(Answer answer) {
    return given(answer, "code");
  }

  /// A parameter of the query or the fragment of the address that an answer leads to.
  static @Nullable String given(Answer answer, String name) {
    String location = answer.header("location");
    if (location == null || answer.status() < 300 || answer.status() >= 400) {
      return null;
    }
    for (String pair : location.split("[?&#]", -1)) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return null;
  }

  static String decoded(String text) {
    try {
      return URI.create("x:" + text).getSchemeSpecificPart();
    } catch (IllegalArgumentException plain) {
      return text;
    }
  }

  /// A code by the honest request; null where it gives none, which is told.
  @Nullable String code() {
    Answer answer = authorize(Map.of());
    String code = code(answer);
    if (code == null) {
      scene.untested(
          endpoint("GET", oauth.authorize()),
          "an honest request is answered " + answer.status() + " and gives no code");
    }
    return code;
  }

  /// Redeems a code; a change to the empty text leaves a field out.
  Answer redeem(String code, Map<String, String> changes) {
    return redeem(code, changes, Proof.of(this));
  }

  /// The same by a client that proves itself so.
  Answer redeem(String code, Map<String, String> changes, Proof proof) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("grant_type", "authorization_code");
    all.put("code", code);
    all.put("redirect_uri", redirect());
    all.put("code_verifier", verifier);
    all.putAll(changes);
    return post(oauth.token(), all, proof);
  }

  Answer refresh(String token) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("grant_type", "refresh_token");
    all.put("refresh_token", token);
    return post(oauth.token(), all, Proof.of(this));
  }

  /// Sends a form to an endpoint, as a client that proves itself so.
  Answer post(OAuth.Endpoint endpoint, Map<String, String> fields, Proof proof) {
    Map<String, String> form = new LinkedHashMap<>(fields);
    form.putAll(proof.fields());
    form.values().removeIf(String::isEmpty);
    Operation operation = endpoint("POST", endpoint);
    if (operation == null) {
      String what = endpoint.equals(oauth.token()) ? "token" : "revoke";
      return scene.send(Errand.form(what, proof.as(), endpoint.address(), form));
    }
    Map<String, Node> members = new LinkedHashMap<>();
    form.forEach((name, value) -> members.put(name, Json.of(value)));
    return scene.send(
        Draft.of(operation, proof.as())
            .body(Json.of(members), "application/x-www-form-urlencoded"));
  }

  /// What an answer of the token endpoint gives; null where it gives nothing.
  static @Nullable Tokens tokens(Answer answer) {
    String access = answer.ok() ? at(answer, "access_token") : null;
    return access == null
        ? null
        : new Tokens(access, at(answer, "refresh_token"), at(answer, "id_token"), answer.attempt());
  }

  private static @Nullable String at(Answer answer, String name) {
    return Json.scalar(Json.at(answer.json(), List.of(name)));
  }

  /// Tokens by the honest flow; null where it gives none, which is told.
  @Nullable Tokens granted() {
    String code = code();
    Answer answer = code == null ? null : redeem(code, Map.of());
    Tokens tokens = answer == null ? null : tokens(answer);
    if (answer != null && tokens == null) {
      scene.untested(endpoint("POST", oauth.token()), "a good code is answered " + answer.status());
    }
    return tokens;
  }

  /// An operation of the API that a token of the flow opens; null, which is told, where there is
  /// none.
  @Nullable Draft door(Tokens tokens) {
    Draft door = Honest.closed(scene, bearing(tokens.access()));
    if (door == null) {
      scene.untested(null, "no operation was found that a token of the flow opens");
    }
    return door;
  }

  /// The person with this token.
  Identity bearing(String token) {
    return who.presenting(
        who.name() + ", by the flow",
        List.of(new Presented(Where.HEADER, "Authorization", "Bearer ", token)));
  }

  void found(
      String method,
      OAuth.Endpoint path,
      String place,
      Severity severity,
      String what,
      Answer... shown) {
    List<Integer> attempts = new ArrayList<>();
    for (Answer each : shown) {
      attempts.add(each.attempt());
    }
    scene.found(
        new Fault(endpoint(method, path), place, severity, Confidence.PROVED, what, attempts));
  }

  void withstood(String method, OAuth.Endpoint path) {
    scene.withstood(endpoint(method, path));
  }

  /// The operation that an endpoint is, or null where the contract does not name it.
  private @Nullable Operation endpoint(String method, OAuth.Endpoint endpoint) {
    for (Operation each : scene.contract().operations()) {
      if (each.method().equals(method) && each.path().text().equals(endpoint.path())) {
        return each;
      }
    }
    return null;
  }

  /// What a verifier is held against (RFC 7636, section 4.2).
  static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }
}
