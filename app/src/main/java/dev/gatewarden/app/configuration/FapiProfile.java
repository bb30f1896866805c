package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import java.time.Duration;
import java.util.Set;

/// What the FAPI 2.0 Security Profile forbids an issuer's settings, one problem each.
final class FapiProfile {
  /// What counts as a short life of a token here.
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration LEAST_SKEW = Duration.ofSeconds(10);
  private static final Duration MOST_SKEW = Duration.ofSeconds(60);

  /// Section 5.4.1 of the profile.
  private static final Set<Issuer.Algorithm> ALGORITHMS =
      Set.of(Issuer.Algorithm.PS256, Issuer.Algorithm.ES256, Issuer.Algorithm.EdDSA);

  private final Problems problems;

  FapiProfile(Problems problems) {
    this.problems = problems;
  }

  void check(Issuer issuer, Node.Obj at) {
    for (Issuer.Algorithm algorithm : issuer.algorithms()) {
      if (!ALGORITHMS.contains(algorithm)) {
        add(
            at,
            "algorithms",
            "`" + algorithm + "` is no algorithm of FAPI 2.0",
            "use PS256, ES256 and EdDSA alone");
      }
    }
    if (issuer.bound() == null) {
      add(
          at,
          "profile",
          "FAPI 2.0 wants tokens that are bound to their sender",
          "write `bound: any`, `dpop` or `mtls`");
    }
    if (issuer.types().contains(Issuer.TokenType.JWT)) {
      add(
          at,
          "types",
          "FAPI 2.0 takes access tokens alone, which say so: `at+jwt`",
          "leave `types` out, or write `[at+jwt]`");
    }
    if (at.get("lifetime") != null && issuer.lifetime().compareTo(LONGEST) > 0) {
      add(at, "lifetime", "`lifetime` is more than 1h, which is not short", "write `1h` or less");
    }
    if (issuer.clockSkew().compareTo(LEAST_SKEW) < 0
        || issuer.clockSkew().compareTo(MOST_SKEW) > 0) {
      add(
          at,
          "clock-skew",
          "FAPI 2.0 bears clocks that differ by 10s, and none that differ by more than 60s",
          "write between `10s` and `60s`");
    }
    if (!issuer.requireIat()) {
      add(
          at,
          "require-iat",
          "without `iat` nobody knows how long a token lives",
          "leave `require-iat` out");
    }
  }

  /// Plain http that leaves the machine (section 5.2.1).
  void listener(Listen.Public callers, Node place) {
    Listen.Tls tls = callers.tls();
    if (tls != null && tls.certificate() == null) {
      problems.add(
          place.place(),
          "`tls: none`, but an issuer's profile `fapi-2.0` demands TLS",
          "give `tls` a `certificate` and a `key`, or listen on loopback");
    }
  }

  private void add(Node.Obj at, String key, String message, String advice) {
    Node value = at.get(key);
    problems.add(value == null ? at.place() : value.place(), message, advice);
  }
}
