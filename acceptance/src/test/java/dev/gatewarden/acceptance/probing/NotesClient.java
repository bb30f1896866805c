package dev.gatewarden.acceptance.probing;

import dev.gatewarden.acceptance.probing.Stub.Asked;
import dev.gatewarden.acceptance.probing.Stub.Said;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An API that lets people log in at an authorization server, and that server. Both do everything
/// right, but for the faults that are on.
///
/// The faults are those of RFC 9700 (sections 4.4, 4.5, 4.7 and 4.11), RFC 9207 and OWASP's
/// session management.
final class NotesClient {
  static final String CALLBACK = "/login/oauth2/code/idp";

  /// What may be wrong.
  enum Fault {
    /// `state` is compared where it is sent, and nothing else binds the code to the browser.
    STATE_MAY_MISS,
    /// `state` has to be there, and may be anything.
    STATE_MAY_BE_ANY,
    /// `state` has to be one that was given out, to whichever browser.
    STATE_OF_ANYBODY,
    /// The code is bound to the browser by nothing but `state`.
    CODE_OF_ANYBODY,
    /// Neither `state` nor the code are used up.
    CODE_TWICE,
    /// The cookie from before the login is the session after it.
    SESSION_KEPT,
    /// The cookie that a browser brings along is taken for its session's.
    SESSION_BROUGHT,
    ISSUER_IGNORED,
    /// Where the browser wishes to be led after the login, it is.
    LED_ANYWHERE,
    /// No login works.
    BROKEN,
    /// No fault (RFC 9700, section 2.1): PKCE alone tells whose code it is.
    PKCE_ALONE
  }

  private record Begun(String browser, String verifier, String next) {}

  private final Set<Fault> faults;
  private final Map<String, Begun> begun = new ConcurrentHashMap<>();
  private final Map<String, String> lastOf = new ConcurrentHashMap<>();
  private final Map<String, String> sessions = new ConcurrentHashMap<>();
  private final Map<String, String> codes = new ConcurrentHashMap<>();
  volatile URI at = URI.create("http://127.0.0.1");
  volatile URI issuer = URI.create("http://127.0.0.1");

  NotesClient(Set<Fault> faults) {
    this.faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
  }

  private boolean on(Fault fault) {
    return faults.contains(fault);
  }

  private boolean pkce() {
    return !on(Fault.STATE_MAY_MISS) && !on(Fault.STATE_MAY_BE_ANY) && !on(Fault.CODE_OF_ANYBODY);
  }

  Said api(Asked asked) {
    return switch (asked.line()) {
      case "GET /login" -> login(asked);
      case "GET " + CALLBACK -> callback(asked);
      case "GET /me" ->
          asked.header("authorization").equals("Bearer alice-token")
                  || sessions.containsKey(cookie(asked, "sid"))
              ? Said.json(200, "{\"name\":\"alice\"}")
              : Said.of(401);
      default -> Said.of(404);
    };
  }

  private Said login(Asked asked) {
    String old = cookie(asked, "sid");
    String browser = old.isEmpty() || !on(Fault.SESSION_BROUGHT) ? fresh() : old;
    String state = fresh();
    Begun begin =
        new Begun(browser, fresh() + fresh(), fields(asked.query()).getOrDefault("return_to", "/"));
    begun.put(state, begin);
    lastOf.put(browser, state);
    String address =
        issuer
            + "/authorize?response_type=code&client_id=notes&scope=profile&state="
            + state
            + "&redirect_uri="
            + encoded(at + CALLBACK)
            + (pkce()
                ? "&code_challenge_method=S256&code_challenge=" + challenge(begin.verifier())
                : "");
    boolean one = on(Fault.SESSION_KEPT) || on(Fault.SESSION_BROUGHT);
    return led(address, one ? "sid" : "login", browser);
  }

  private Said callback(Asked asked) {
    Map<String, String> query = fields(asked.query());
    String browser = cookie(asked, "login");
    browser = browser.isEmpty() ? cookie(asked, "sid") : browser;
    Begun begin = on(Fault.BROKEN) ? null : begun(browser, query.get("state"));
    String said = query.get("iss");
    if (begin == null
        || (!on(Fault.ISSUER_IGNORED) && said != null && !said.equals(issuer.toString()))
        || !redeemed(query.getOrDefault("code", ""), begin.verifier())) {
      return Said.of(400);
    }
    if (!on(Fault.CODE_TWICE)) {
      begun.values().remove(begin);
    }
    boolean keeps = on(Fault.SESSION_KEPT) || on(Fault.SESSION_BROUGHT);
    String session = keeps ? begin.browser() : fresh();
    sessions.put(session, "alice");
    String next = begin.next();
    boolean inside = next.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\");
    return led(inside || on(Fault.LED_ANYWHERE) ? next : "/", "sid", session);
  }

  /// The login that a callback ends; null where it ends none.
  private @Nullable Begun begun(String browser, @Nullable String state) {
    Begun own = begun.get(lastOf.getOrDefault(browser, ""));
    Begun named = state == null ? null : begun.get(state);
    Begun nothing = new Begun(browser, "", "/");
    if (on(Fault.PKCE_ALONE)) {
      return own;
    }
    if (on(Fault.STATE_OF_ANYBODY)) {
      return named;
    }
    boolean lax = state == null ? on(Fault.STATE_MAY_MISS) : on(Fault.STATE_MAY_BE_ANY);
    if (lax) {
      return own == null ? nothing : own;
    }
    return named != null && named.browser().equals(browser) ? named : null;
  }

  private boolean redeemed(String code, String verifier) {
    String challenge = on(Fault.CODE_TWICE) ? codes.get(code) : codes.remove(code);
    return challenge != null && (challenge.isEmpty() || challenge.equals(challenge(verifier)));
  }

  /// What the authorization server answers.
  Said server(Asked asked) {
    if (asked.line().equals("POST /session")) {
      return fields(asked.body()).getOrDefault("password", "").equals("alice-knows")
          ? new Said(204, Map.of("Set-Cookie", "sso=alice; HttpOnly; Secure; SameSite=Lax"), "")
          : Said.of(401);
    }
    if (!asked.line().equals("GET /authorize") || !cookie(asked, "sso").equals("alice")) {
      return Said.of(401);
    }
    Map<String, String> query = fields(asked.query());
    String code = fresh();
    codes.put(code, query.getOrDefault("code_challenge", ""));
    String back = query.getOrDefault("redirect_uri", "");
    return new Said(
        302,
        Map.of(
            "Location",
            back
                + "?code="
                + code
                + "&state="
                + query.getOrDefault("state", "")
                + "&iss="
                + encoded(issuer.toString())),
        "");
  }

  private static Said led(String where, String cookie, String value) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Location", where);
    headers.put("Set-Cookie", cookie + "=" + value + "; Path=/; HttpOnly; Secure; SameSite=Lax");
    headers.put("Cache-Control", "no-store");
    return new Said(302, headers, "");
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  private static String cookie(Asked asked, String name) {
    for (String each : asked.header("cookie").split("; ", -1)) {
      if (each.startsWith(name + "=")) {
        return each.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
