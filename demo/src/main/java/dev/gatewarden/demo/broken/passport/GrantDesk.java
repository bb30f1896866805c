package dev.gatewarden.demo.broken.passport;

import static dev.gatewarden.demo.broken.passport.PassportFault.CODE_OF_OTHER_CLIENT;
import static dev.gatewarden.demo.broken.passport.PassportFault.CODE_TWICE;
import static dev.gatewarden.demo.broken.passport.PassportFault.IMPLICIT_GRANT;
import static dev.gatewarden.demo.broken.passport.PassportFault.PASSWORD_GRANT;
import static dev.gatewarden.demo.broken.passport.PassportFault.PKCE_NOT_COMPARED;
import static dev.gatewarden.demo.broken.passport.PassportFault.PKCE_OPTIONAL;
import static dev.gatewarden.demo.broken.passport.PassportFault.REDIRECT_BY_PREFIX;
import static dev.gatewarden.demo.broken.passport.PassportFault.REFRESH_TWICE;
import static dev.gatewarden.demo.broken.passport.PassportFault.STATE_OPTIONAL;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Jwt;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where codes are given, and turned into tokens (RFC 6749, RFC 7636, RFC 9700).
final class GrantDesk {

  private static final Map<String, String> CLIENTS =
      Map.of("web", "https://app.example/callback", "desk", "https://desk.example/callback");
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e]{1,300}");
  private static final int CODE_LIFETIME = 60;
  private static final int LONGEST_TOKEN = 2_000;

  /// What a code stands for.
  private record Code(
      String user,
      String client,
      String redirect,
      String challenge,
      String family,
      Instant until) {}

  private final Predicate<PassportFault> on;
  private final Mint mint;
  private final LoginDesk logins;
  private final Clock clock;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Code> spent = new HashMap<>();

  GrantDesk(Predicate<PassportFault> on, Mint mint, LoginDesk logins, Clock clock) {
    this.on = on;
    this.mint = mint;
    this.logins = logins;
    this.clock = clock;
  }

  void clear() {
    codes.clear();
    spent.clear();
  }

  Answer authorize(Ask ask) {
    String client = given(ask.query("client_id"));
    String registered = CLIENTS.getOrDefault(client, "");
    String redirect = given(ask.query("redirect_uri"));
    boolean known =
        on.test(REDIRECT_BY_PREFIX) && !registered.isEmpty()
            ? redirect.startsWith(registered.substring(0, registered.indexOf("/callback")))
            : redirect.equals(registered);
    if (registered.isEmpty() || !known || !PLAIN.matcher(redirect).matches()) {
      throw new Refused(400, "invalid_request");
    }
    String user = logins.user(ask);
    String wanted = given(ask.query("response_type"));
    if (wanted.equals("token") && on.test(IMPLICIT_GRANT)) {
      String token = mint.access(user, client);
      return led(redirect + "#access_token=" + token + "&token_type=Bearer");
    }
    String state = given(ask.query("state"));
    String challenge = given(ask.query("code_challenge"));
    if (!wanted.equals("code")) {
      return led(redirect, "error=unsupported_response_type", state);
    }
    boolean stated = on.test(STATE_OPTIONAL) || !state.isEmpty();
    boolean challenged =
        challenge.isEmpty()
            ? on.test(PKCE_OPTIONAL)
            : given(ask.query("code_challenge_method")).equals("S256");
    if (!stated || !challenged) {
      return led(redirect, "error=invalid_request", state);
    }
    String code = UUID.randomUUID().toString();
    Instant until = clock.instant().plusSeconds(CODE_LIFETIME);
    codes.put(
        code, new Code(user, client, redirect, challenge, UUID.randomUUID().toString(), until));
    return led(redirect, "code=" + code, state);
  }

  Answer token(Ask ask) {
    Map<String, List<String>> form = ask.form();
    return switch (one(form, "grant_type")) {
      case "authorization_code" -> byCode(form);
      case "refresh_token" -> byRefresh(form);
      case "password" -> byPassword(form);
      default -> throw new Refused(400, "unsupported_grant_type");
    };
  }

  Answer revoke(Ask ask) {
    String token = one(ask.form(), "token");
    if (token.isEmpty() || token.codePointCount(0, token.length()) > LONGEST_TOKEN) {
      throw new Refused(400, "invalid_request");
    }
    Jwt jwt = Jwt.read(token);
    if (jwt != null && PassportKeys.verifies(jwt, PassportKeys.published())) {
      mint.revoke(Jwt.text(jwt.claims(), "jti"));
    }
    return Answer.empty(200);
  }

  private Answer byCode(Map<String, List<String>> form) {
    String name = one(form, "code");
    Code code = on.test(CODE_TWICE) ? codes.get(name) : codes.remove(name);
    if (code == null && spent.containsKey(name)) {
      mint.revokeFamily(spent.get(name).family());
    }
    if (code == null) {
      throw new Refused(400, "invalid_grant");
    }
    spent.put(name, code);
    boolean same = on.test(CODE_OF_OTHER_CLIENT) || one(form, "client_id").equals(code.client());
    boolean proved =
        code.challenge().isEmpty()
            || on.test(PKCE_NOT_COMPARED)
            || challenge(one(form, "code_verifier")).equals(code.challenge());
    if (!same
        || !proved
        || !one(form, "redirect_uri").equals(code.redirect())
        || clock.instant().isAfter(code.until())) {
      throw new Refused(400, "invalid_grant");
    }
    return tokens(code.user(), code.client(), code.family());
  }

  private Answer byRefresh(Map<String, List<String>> form) {
    String id = mint.refreshId(one(form, "refresh_token"));
    Mint.Refresh refresh = mint.refresh(id);
    if (refresh == null || !one(form, "client_id").equals(refresh.client())) {
      throw new Refused(400, "invalid_grant");
    }
    if (mint.revoked(id)) {
      mint.revokeFamily(refresh.family());
      throw new Refused(400, "invalid_grant");
    }
    if (!on.test(REFRESH_TWICE)) {
      mint.revoke(id);
    }
    return tokens(refresh.user(), refresh.client(), refresh.family());
  }

  private Answer byPassword(Map<String, List<String>> form) {
    if (!on.test(PASSWORD_GRANT)) {
      throw new Refused(400, "unsupported_grant_type");
    }
    String user = one(form, "username");
    logins.check(user, one(form, "password"));
    return tokens(user, "web", UUID.randomUUID().toString());
  }

  private Answer tokens(String user, String client, String family) {
    return Answer.json(200, mint.tokens(user, client, family).toString());
  }

  private static String challenge(String verifier) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Jwt.encoded(digest.digest(verifier.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  private Answer led(String redirect, String result, String state) {
    String said = state.isEmpty() ? "" : "&state=" + encoded(state);
    return led(redirect + "?" + result + said + "&iss=" + encoded(mint.issuer()));
  }

  private static Answer led(String location) {
    return Answer.empty(303).with("location", location);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A field of a form; the empty text where it is not there.
  static String one(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new Refused(400, "invalid_request");
    }
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String given(@Nullable String text) {
    return text == null ? "" : text;
  }
}
