package dev.gatewarden.gateway.session;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.BrowserSessions;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.identity.IssuerSignatures;
import dev.gatewarden.gateway.state.Sealing;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One section of browser sessions, ready to serve.
///
/// @param sessions proves who is calling
/// @param routes what the gate answers by itself at each API that asks for these sessions
public record SessionSection(BrowserSessions sessions, List<OwnRoute> routes) {
  public SessionSection {
    routes = List.copyOf(routes);
  }

  /// What a section asks of the world around it.
  ///
  /// @param verifier judges access tokens as anybody's
  /// @param signatures proves what else the issuer signs
  public record World(
      TokenVerifier verifier,
      Signatures signatures,
      Sessions sessions,
      Blocks blocks,
      Supplier<HttpClient> http,
      InstantSource clock,
      RandomGenerator random) {}

  /// Proves who signed what is no access token.
  @FunctionalInterface
  public interface Signatures {
    /// @throws InterruptedException when the waiting thread is told to end
    IssuerSignatures.Proved prove(String token) throws InterruptedException;
  }

  /// Makes a section.
  public static SessionSection of(SessionSettings settings, World world) {
    Provider provider =
        new Provider(
            settings.issuer(), settings.client(), world.http(), world.clock(), world.random());
    SessionStore store = new SessionStore(world.sessions(), settings, world.random());
    Renewal renewal = new Renewal(settings, store, provider, world.signatures(), world.clock());
    KeptSessions kept =
        new KeptSessions(settings, store, world.verifier(), renewal, world.blocks(), world.clock());
    byte[] key = settings.client().keyFor("gatewarden login " + settings.name());
    Desk desk =
        new Desk(
            settings,
            provider,
            store,
            kept,
            world.signatures(),
            world.verifier(),
            world.blocks(),
            new Sealing(key, "login"),
            world.clock(),
            world.random());
    return new SessionSection(
        kept,
        List.of(
            new LoginRoute(desk),
            new CallbackRoute(desk),
            new LogoutRoute(desk),
            new WhoRoute(desk),
            new BackchannelRoute(desk)));
  }
}
