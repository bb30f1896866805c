package dev.gatewarden.app.client;

import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.gateway.identity.Reachable;
import dev.gatewarden.gateway.identity.client.ClientCredential;
import dev.gatewarden.gateway.identity.client.Endpoint;
import dev.gatewarden.gateway.identity.client.TokenAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the command line gets tokens: by a device code (RFC 8628), by client credentials (RFC 6749,
/// section 4.4), and by what it got before.
public final class LoggingIn implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final long MARGIN = 30_000;
  private static final long USUAL_INTERVAL = 5;
  private static final long LONGEST_WAIT = 1_800;

  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final InstantSource clock = InstantSource.system();
  private final Secrets secrets;

  /// @param secrets where a confidential client's secret is found
  public LoggingIn(Secrets secrets) {
    this.secrets = secrets;
  }

  /// What a person has to do for a device code.
  ///
  /// @param page where to go
  /// @param code what to enter there
  public record Asked(URI page, String code) {}

  /// Logs a person in, who says so at the issuer's page. Waits for that.
  ///
  /// @param telling is told once what the person has to do
  /// @throws IOException when the issuer cannot be asked, or the person says no or nothing
  public Login device(URI issuer, String client, List<String> scopes, Consumer<Asked> telling)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    scope(form, scopes);
    Endpoint.Answer answer =
        endpoint(issuer, "device_authorization_endpoint", client, null).ask(form);
    Map<String, Object> codes = answer.object();
    if (answer.status() != 200
        || codes == null
        || !(codes.get("device_code") instanceof String device)
        || !(codes.get("user_code") instanceof String code)
        || !(codes.get("verification_uri") instanceof String page)) {
      throw new IOException("`" + issuer + "` gives `" + client + "` no device code");
    }
    telling.accept(new Asked(page(page), printable(code)));
    long interval = seconds(codes.get("interval"), USUAL_INTERVAL);
    long until = clock.millis() + seconds(codes.get("expires_in"), LONGEST_WAIT) * 1000;
    Endpoint tokens = endpoint(issuer, "token_endpoint", client, null);
    while (clock.millis() < until) {
      Thread.sleep(Duration.ofSeconds(interval));
      try {
        return login(
            issuer,
            client,
            null,
            scopes,
            TokenAnswer.of(
                tokens.ask(
                    Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "device_code",
                        device))),
            null);
      } catch (TokenAnswer.Refused no) {
        if (no.error().equals("slow_down")) {
          interval += USUAL_INTERVAL;
        } else if (!no.error().equals("authorization_pending")) {
          throw no;
        }
      }
    }
    throw new IOException("nobody entered the code in time");
  }

  /// Logs a client in, in its own name.
  ///
  /// @param secret where its secret is kept
  public Login client(URI issuer, String client, String secret, List<String> scopes)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    scope(form, scopes);
    TokenAnswer answer =
        TokenAnswer.of(endpoint(issuer, "token_endpoint", client, secret).ask(form));
    return login(issuer, client, secret, scopes, answer, null);
  }

  /// A login whose token is good for half a minute at least; a new one is kept in the file.
  ///
  /// @throws IOException when there is none to be had; the message says what to do
  public Login current(LoginFile file) throws IOException, InterruptedException {
    Login kept = kept(file);
    if (isFresh(kept)) {
      return kept;
    }
    try (FileChannel _ = file.locked()) {
      Login meanwhile = kept(file);
      if (isFresh(meanwhile)) {
        return meanwhile;
      }
      Login next = renewed(meanwhile);
      file.write(next);
      return next;
    }
  }

  private static Login kept(LoginFile file) throws IOException {
    Login kept = file.read();
    if (kept == null) {
      throw new IOException("nobody is logged in; run `gatewarden login`");
    }
    return kept;
  }

  private boolean isFresh(Login login) {
    return clock.millis() < login.until() - MARGIN;
  }

  private Login renewed(Login old) throws IOException, InterruptedException {
    String secret = old.secret();
    if (secret != null) {
      return client(old.issuer(), old.client(), secret, old.scopes());
    }
    String refresh = old.refresh();
    if (refresh == null) {
      throw new IOException("the login is over; run `gatewarden login`");
    }
    try {
      TokenAnswer answer =
          TokenAnswer.of(
              endpoint(old.issuer(), "token_endpoint", old.client(), null)
                  .ask(Map.of("grant_type", "refresh_token", "refresh_token", refresh)));
      return login(old.issuer(), old.client(), null, old.scopes(), answer, refresh);
    } catch (TokenAnswer.Refused no) {
      throw new IOException("the login is over; run `gatewarden login`", no);
    }
  }

  /// Takes the tokens of a login back at the issuer (RFC 7009).
  ///
  /// @throws IOException when that cannot be asked; nobody else uses the tokens all the same once
  ///     they are forgotten
  public void revoke(Login login) throws IOException, InterruptedException {
    Endpoint endpoint =
        endpoint(login.issuer(), "revocation_endpoint", login.client(), login.secret());
    String refresh = login.refresh();
    Endpoint.Answer answer =
        endpoint.ask(
            refresh == null
                ? Map.of("token", login.access(), "token_type_hint", "access_token")
                : Map.of("token", refresh, "token_type_hint", "refresh_token"));
    if (answer.status() != 200) {
      throw new IOException("it answers " + answer.status());
    }
  }

  private Login login(
      URI issuer,
      String client,
      @Nullable String secret,
      List<String> scopes,
      TokenAnswer answer,
      @Nullable String before) {
    return new Login(
        issuer,
        client,
        secret,
        scopes,
        answer.access(),
        clock.millis() + answer.seconds() * 1000,
        answer.refresh() == null ? before : answer.refresh());
  }

  private Endpoint endpoint(URI issuer, String member, String client, @Nullable String secret)
      throws IOException {
    ClientCredential credential =
        secret == null
            ? new ClientCredential.Open(client)
            : new ClientCredential.Basic(client, secrets.read(SecretReference.parse(secret)));
    return new Endpoint(
        http, clock, new SecureRandom(), issuer, member, null, credential, DEADLINE);
  }

  private static void scope(Map<String, String> form, List<String> scopes) {
    if (!scopes.isEmpty()) {
      form.put("scope", String.join(" ", scopes));
    }
  }

  private static URI page(String text) throws IOException {
    try {
      URI page = URI.create(text);
      Reachable.orThrow(page);
      return page;
    } catch (IllegalArgumentException e) {
      throw new IOException("the issuer names no page to go to", e);
    }
  }

  private static String printable(String code) throws IOException {
    if (code.length() > 64 || code.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IOException("the issuer's code cannot be shown");
    }
    return code;
  }

  private static long seconds(@Nullable Object said, long otherwise) {
    return said instanceof Long seconds && seconds > 0
        ? Math.min(seconds, LONGEST_WAIT)
        : otherwise;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
