package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.platform.discovery.Har.Pair;
import dev.gatewarden.platform.discovery.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What of a recorded request proves who sent it.
final class Credentials {
  private static final Set<String> KEYS =
      Set.of(
          "xapikey",
          "apikey",
          "xapitoken",
          "apitoken",
          "xauthtoken",
          "authtoken",
          "xaccesstoken",
          "accesstoken",
          "xsessiontoken",
          "sessiontoken",
          "xtoken",
          "xsessionid",
          "xauth",
          "xauthkey");

  /// Members and fields whose values are nobody's business.
  private static final List<String> SECRETS =
      List.of(
          "password",
          "passwd",
          "secret",
          "token",
          "apikey",
          "otp",
          "cvv",
          "cvc",
          "pincode",
          "passphrase",
          "credential",
          "authorization",
          "signature",
          "assertion",
          "verifier",
          "pwd",
          "jwt");

  private static final Set<String> SHORT = Set.of("pin", "sig", "pass", "sessionid");

  /// Tokens and keys that tell by their own look that they are.
  private static final Pattern TELLING =
      Pattern.compile(
          "eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*"
              + "|(?:AIza|sk_live_|rk_live_|sk-|ghp_|gho_|ghs_|github_pat_|glpat-|xox[abprs]-|AKIA"
              + "|ya29\\.|SG\\.)[\\w.=-]{6,}");

  private Credentials() {}

  /// What the headers, the cookies and the query present.
  static List<Presented> in(List<Pair> headers, List<Pair> query) {
    List<Presented> found = new ArrayList<>();
    for (Pair each : headers) {
      if (each.name().equalsIgnoreCase("authorization") && !each.value().isBlank()) {
        found.add(authorization(each.value().strip()));
      } else if (key(each.name()) && !each.value().isBlank()) {
        found.add(new Presented(Where.HEADER, each.name(), "", each.value()));
      }
    }
    query.stream()
        .filter(each -> key(each.name()))
        .forEach(each -> found.add(new Presented(Where.QUERY, each.name(), "", each.value())));
    found.replaceAll(
        each ->
            PostmanBody.open(each.secret())
                ? new Presented(each.where(), each.name(), each.prefix(), "")
                : each);
    return found.isEmpty() ? sessions(headers) : found;
  }

  private static Presented authorization(String value) {
    int blank = value.indexOf(' ');
    String scheme = blank < 0 ? "" : value.substring(0, blank);
    String rest = blank < 0 ? value : value.substring(blank + 1).strip();
    if (scheme.equalsIgnoreCase("bearer") || scheme.equalsIgnoreCase("basic")) {
      String word = scheme.toLowerCase(Locale.ROOT);
      return new Presented(
          Where.HEADER, "Authorization", word.equals("basic") ? "Basic " : "Bearer ", rest);
    }
    return new Presented(Where.HEADER, "Authorization", scheme.isEmpty() ? "" : scheme + " ", rest);
  }

  /// Cookies that hold a session; where there is no other credential.
  private static List<Presented> sessions(List<Pair> headers) {
    List<Presented> found = new ArrayList<>();
    for (Pair header : headers) {
      if (header.name().equalsIgnoreCase("cookie")) {
        for (String each : header.value().split(";", -1)) {
          int equals = each.indexOf('=');
          String name = equals < 0 ? "" : each.substring(0, equals).strip();
          if (session(name)) {
            found.add(new Presented(Where.COOKIE, name, "", each.substring(equals + 1).strip()));
          }
        }
      }
    }
    return found;
  }

  private static boolean session(String name) {
    String plain = Words.plain(name);
    boolean forged = plain.contains("csrf") || plain.contains("xsrf");
    return !forged
        && (plain.contains("sess")
            || plain.contains("auth")
            || plain.contains("token")
            || plain.contains("jwt")
            || plain.contains("identity")
            || plain.endsWith("sid"));
  }

  /// Whether a header or a parameter of that name holds a credential.
  static boolean key(String name) {
    return KEYS.contains(Words.plain(name));
  }

  /// Whether a value is a token or a key, whatever its name.
  static boolean telling(String value) {
    return TELLING.matcher(value).matches();
  }

  /// Whether values under that name are secrets, or made to fit one session.
  static boolean secret(String name) {
    String plain = Words.plain(name);
    return SHORT.contains(plain)
        || plain.contains("csrf")
        || plain.contains("xsrf")
        || SECRETS.stream().anyMatch(plain::contains);
  }
}
