package dev.gatewarden.app.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What must hold of who issues tokens.
final class IssuerChecks {
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(2);

  private IssuerChecks() {}

  /// Whoever gives roles to users of some tenant must not open all others with one.
  private static void crossing(Issuer issuer, Remarks at) {
    Issuer.Crossing crossing = issuer.crossing();
    if (crossing == null) {
      return;
    }
    if (crossing.roles().isEmpty() || crossing.roles().contains("")) {
      at.add("crossing", "`crossing` names no role", "write `roles: [support]`");
    }
    if (issuer.tenant() != null && crossing.tenants().isEmpty()) {
      at.add(
          "crossing",
          "`crossing` does not say of which tenant the users are that may cross: each of its"
              + " tenants could make its own users reach all others",
          "write `tenants:` with the provider's own");
    }
    if (issuer.tenant() == null && !crossing.tenants().isEmpty()) {
      at.add("crossing", "`tenants` has no effect without `tenant`", "write `tenant: /claim`");
    }
    if (!issuer.tenants().isEmpty() && !issuer.tenants().containsAll(crossing.tenants())) {
      at.add(
          "crossing",
          "`crossing` names a tenant whose users the issuer may not name",
          "name one of its `tenants`");
    }
  }

  static void issuer(Issuer issuer, Remarks at) {
    if (!issuer.tenants().isEmpty() && issuer.tenant() == null) {
      at.add("tenants", "`tenants` has no effect without `tenant`", "write `tenant: /claim`");
    }
    crossing(issuer, at);
    named(issuer, at);
    if (issuer.audience().contains("") || issuer.clients().contains("")) {
      at.add(
          "audience",
          "an issuer without `audience` would let any of its tokens in",
          "name the audience that tokens for this API carry");
    }
    if (issuer.algorithms().isEmpty() && issuer.introspection() == null) {
      at.add(
          "algorithms",
          "an issuer without algorithms would let its tokens choose them",
          "name those it signs with, such as `[RS256]`");
    }
    Introspection asking = issuer.introspection();
    if (asking != null
        && asking.answers() == Introspection.Answers.SIGNED
        && issuer.algorithms().isEmpty()) {
      at.add(
          "introspection",
          "`answers: signed` without `algorithms` would let answers choose them",
          "name in `algorithms` those that the issuer signs its answers with");
    }
    shared(issuer, at);
    String keys = issuer.keys();
    if (keys != null && keys.contains("://")) {
      URI url = url(keys);
      if (url == null) {
        at.add("keys", "`keys` is `" + keys + "`, which is no URL", "write a URL or a path");
      } else {
        at.safe("keys", url, "keys fetched over plain http prove nothing");
      }
    }
    at.pointer("tenant", issuer.tenant());
    at.pointer("roles", issuer.roles());
    at.pointer("scopes", issuer.scopes());
    at.positive("lifetime", issuer.lifetime());
    if (issuer.clockSkew().compareTo(LARGEST_SKEW) > 0) {
      at.add(
          "clock-skew",
          "`clock-skew` is more than 2m",
          "a clock that far off wants mending, not excusing");
    }
    if (issuer.profile() == Issuer.Profile.FAPI_2_0) {
      new FapiProfile(at.problems()).check(issuer, at.at());
    }
  }

  private static void named(Issuer issuer, Remarks at) {
    URI url = issuer.url();
    String word = issuer.issuer();
    if ((url == null) == (word == null)) {
      at.add(
          url == null ? "`url` is missing" : "`issuer` has no effect beside `url`",
          "an issuer has a `url`, or an `issuer` where its tokens name it by a mere word");
      return;
    }
    if (url != null) {
      at.safe("url", url, "tokens of an issuer over plain http prove nothing");
      return;
    }
    if (word == null || word.isBlank() || word.chars().anyMatch(Character::isISOControl)) {
      at.add("issuer", "`issuer` is no word", "write what tokens say in `iss`, to the letter");
    }
    if (issuer.keys() == null && issuer.secret() == null) {
      at.add(
          "issuer",
          "nobody can be asked for the keys of `" + word + "`",
          "write `keys`: a URL or a file; or name the issuer by its `url`");
    }
    Introspection asking = issuer.introspection();
    if (asking != null && asking.url() == null) {
      at.add("introspection", "`url` is missing", "say where `" + word + "` is asked");
    }
  }

  /// A secret and public keys never stand side by side: a public key would do as the secret.
  private static void shared(Issuer issuer, Remarks at) {
    for (Issuer.Algorithm algorithm : issuer.algorithms()) {
      if (algorithm.isShared() && issuer.secret() == null) {
        at.add(
            "algorithms",
            "`" + algorithm + "` needs the secret that both sides hold",
            "use public keys, such as `[RS256]`; where that cannot be yet, write `secret:"
                + " env:NAME`");
      } else if (!algorithm.isShared() && issuer.secret() != null) {
        at.add(
            "algorithms",
            "`" + algorithm + "` does not go with a shared secret",
            "name `HS256`, `HS384` and `HS512` alone, or remove `secret`");
      }
    }
    if (issuer.secret() != null && issuer.keys() != null) {
      at.add("keys", "`keys` has no effect beside `secret`", "leave one of them out");
    }
    if (issuer.secret() != null && issuer.introspection() != null) {
      at.add(
          "secret",
          "`secret` has no effect beside `introspection`",
          "leave it out: the issuer is asked about each token");
    }
  }

  private static @Nullable URI url(String text) {
    try {
      URI url = new URI(text);
      return url.getHost() == null ? null : url;
    } catch (URISyntaxException wrong) {
      return null;
    }
  }
}
