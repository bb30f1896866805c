package dev.gatewarden.demo.attack;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.PARTNER;

import dev.gatewarden.demo.issuer.Signing;
import dev.gatewarden.demo.issuer.TokenWish;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.Shelves;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tokens that prove nothing (OWASP API2, broken authentication).
final class TokenAttacks {

  private static final String WHY =
      """
      The shop decodes a token instead of verifying it, so anybody writes one that says `alice`. The gate
      takes a token only from the issuer and for the audience that the configuration names, signed with
      one of the issuer's own keys by an algorithm stated beforehand; what the token says about its own
      key is never followed. The shop then gets a token of the gate's making, never the caller's.\
      """;

  private TokenAttacks() {}

  static Family family() {
    return new Family(
        "A token that proves nothing",
        WHY,
        List.of(
            Row.attack("no token", Set.of(Fault.TOKEN, Fault.BOLA), side -> read(side, null)),
            bad("a token for another API", wish -> wish.audience("https://mail.example")),
            bad("a token of another issuer", wish -> wish.issuer("https://id.example")),
            bad("a token that has expired", wish -> wish.expires(Duration.ofHours(-1))),
            bad("`alg: none`, no signature", wish -> wish.signing(Signing.NONE)),
            bad(
                "HS256 with the public key as secret",
                wish -> wish.signing(Signing.HS256_WITH_PUBLIC_KEY)),
            bad("the attacker's key, the issuer's kid", wish -> wish.signing(Signing.FOREIGN_KEY)),
            bad("the attacker's key inside the token", wish -> wish.signing(Signing.EMBEDDED_KEY)),
            bad("a kid that is a path", wish -> wish.signing(Signing.KEY_FROM_PATH)),
            bad("a logout token for an access token", wish -> wish.typ("logout+jwt")),
            Row.attack("a token for reading only, writing", Fault.TOKEN, TokenAttacks::write),
            Row.good("alice's token, RS256", side -> read(side, side.token(ALICE))),
            Row.good(
                "alice's token, ES256",
                side -> read(side, side.token(side.wish(ALICE).signing(Signing.ES256))))));
  }

  private static Row bad(String title, UnaryOperator<TokenWish> worse) {
    return Row.attack(
        title, Fault.TOKEN, side -> read(side, side.token(worse.apply(side.wish(ALICE)))));
  }

  private static Outcome read(Side side, @Nullable String token)
      throws IOException, InterruptedException {
    Seen seen = side.get(ObjectAttacks.path(Shelves.OF_ALICE), token);
    return Outcome.of(seen.text().contains(Shelves.ALICES_ADDRESS), seen, "alice's order");
  }

  private static Outcome write(Side side) throws IOException, InterruptedException {
    Seen seen =
        side.post(
            "/v1/orders",
            side.token(PARTNER),
            "{\"items\":[{\"sku\":\"CUP-6\",\"quantity\":1}],\"shipTo\":\"Dock 4\"}");
    return Outcome.of(seen.ok(), seen, "an order is made");
  }
}
