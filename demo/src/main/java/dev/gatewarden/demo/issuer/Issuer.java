package dev.gatewarden.demo.issuer;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.demo.http.Loopback;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/// A running issuer: its metadata, its key set, and tokens for everybody it knows.
public final class Issuer implements AutoCloseable {

  private final Loopback server;
  private final IssuerKeys keys;
  private final Mint mint;
  private final AtomicInteger keySets = new AtomicInteger();

  private Issuer(int port, IssuerKeys keys, Clock clock) throws IOException {
    this.keys = keys;
    this.mint = new Mint(keys, clock);
    this.server = Loopback.start(port, this::answer);
  }

  /// @param port 0 takes any free one
  /// @throws IOException when the port is taken
  public static Issuer start(int port, IssuerKeys keys, Clock clock) throws IOException {
    return new Issuer(port, keys, clock);
  }

  /// The `iss` of its tokens.
  public URI uri() {
    return server.uri();
  }

  /// An honest token.
  public String token(Person person) {
    return mint.token(wish(person));
  }

  /// An honest wish, to be made worse.
  public TokenWish wish(Person person) {
    return TokenWish.of(person, uri().toString());
  }

  public String token(TokenWish wish) {
    return mint.token(wish);
  }

  /// How often its key set has been asked for.
  public int keySetsServed() {
    return keySets.get();
  }

  @Override
  public void close() {
    server.close();
  }

  private Answer answer(Incoming request) {
    if (!request.method().equals("GET")) {
      return Answer.problem(405, "only GET");
    }
    return switch (request.path()) {
      case "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server" ->
          Answer.json(200, metadata()).with("cache-control", "max-age=300");
      case "/jwks" -> {
        keySets.incrementAndGet();
        yield Answer.of(200, "application/jwk-set+json", keys.published())
            .with("cache-control", "max-age=300");
      }
      default -> Answer.problem(404, "no such page");
    };
  }

  private String metadata() {
    return """
    {
      "issuer": "%1$s",
      "jwks_uri": "%1$s/jwks",
      "response_types_supported": ["code"],
      "subject_types_supported": ["public"],
      "id_token_signing_alg_values_supported": ["RS256", "ES256"],
      "scopes_supported": ["openid", "orders:read", "orders:write", "profile:read", "profile:write"]
    }
    """
        .formatted(uri());
  }
}
