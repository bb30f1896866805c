package dev.gatewarden.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.identity.BrowserSessions.Cause;
import dev.gatewarden.core.identity.BrowserSessions.Standing;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.gateway.walk.OwnRoute;
import dev.gatewarden.testkit.FakeClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionSectionTest {
  private static final Client SECRET =
      new Client("web", new Client.Proof.Shared(Secret.of("a secret: known, to both")));
  private static final Ip HERE = Ip.of(new byte[] {127, 0, 0, 1});

  private final FakeClock clock = new FakeClock();
  private final Twin provider = new Twin();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Recording store = new Recording(new LocalSessions(clock, 1 << 20));
  private final LocalBlocks blocks = new LocalBlocks(clock);
  private final Map<String, Verification> tokens = new LinkedHashMap<>();
  private SessionSection section = section(SECRET);

  /// Remembers every byte that was stored.
  private static final class Recording implements Sessions {
    private final Sessions sessions;
    final StringBuilder bytes = new StringBuilder();

    Recording(Sessions sessions) {
      this.sessions = sessions;
    }

    @Override
    public boolean create(String key, byte[] value, Duration idle, Duration absolute) {
      bytes.append(key).append(new String(value, StandardCharsets.ISO_8859_1));
      return sessions.create(key, value, idle, absolute);
    }

    @Override
    public Optional<Versioned> find(String key) {
      return sessions.find(key);
    }

    @Override
    public Optional<Versioned> look(String key) {
      return sessions.look(key);
    }

    @Override
    public boolean replace(String key, long version, byte[] value) {
      bytes.append(key).append(new String(value, StandardCharsets.ISO_8859_1));
      return sessions.replace(key, version, value);
    }

    @Override
    public void end(String key) {
      sessions.end(key);
    }
  }

  private record Lines(Map<String, List<String>> lines) implements Headers {
    @Override
    public @Nullable String first(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? null : all.getFirst();
    }

    @Override
    public List<String> all(String name) {
      return lines.getOrDefault(name, List.of());
    }

    @Override
    public void each(BiConsumer<String, String> line) {
      lines.forEach((name, values) -> values.forEach(value -> line.accept(name, value)));
    }
  }

  @BeforeEach
  void tokensOfAlice() {
    provider.answers.put("/token", answer("access-1", "refresh-1", Map.of()));
    tokens.put("access-1", verified("alice"));
    tokens.put("access-2", verified("alice"));
  }

  @AfterEach
  void close() {
    provider.close();
    http.close();
  }

  private SessionSection section(Client client) {
    SessionSettings settings =
        new SessionSettings(
            "web",
            provider.url(),
            client,
            "/auth",
            "__Host-web",
            false,
            List.of("openid"),
            Map.of("audience", "https://api.example"),
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(30),
            "/",
            false);
    TokenVerifier verifier =
        (token, _) -> tokens.getOrDefault(token, new Verification.Refused(Fault.AUDIENCE));
    return SessionSection.of(
        settings,
        new SessionSection.World(
            verifier, Twin::prove, store, blocks, () -> http, clock, new SecureRandom()));
  }

  private static Verification verified(String subject) {
    return verified(subject, Map.of());
  }

  private static Verification verified(String subject, Map<String, Object> claims) {
    return new Verification.Verified(
        new Proof(
            "corp",
            Map.of(Facet.SUBJECT, subject),
            null,
            java.util.Set.of(),
            java.util.Set.of(),
            claims,
            List.of(),
            Lease.UNBOUNDED));
  }

  /// What a token endpoint says; the ID token's nonce is filled in when the login is known.
  private Map<String, Object> answer(String access, String refresh, Map<String, Object> claims) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", access);
    answer.put("token_type", "Bearer");
    answer.put("expires_in", 600);
    answer.put("refresh_token", refresh);
    answer.put("id_token", Twin.token("jwt", idToken(claims)));
    return answer;
  }

  private Map<String, Object> idToken(Map<String, Object> claims) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("iss", provider.url());
    all.put("aud", "web");
    all.put("sub", "alice");
    all.put("sid", "s1");
    all.put("iat", now);
    all.put("exp", now + 300);
    all.put("auth_time", now);
    all.putAll(claims);
    return all;
  }

  private OwnRoute route(String name) {
    return section.routes().stream()
        .filter(each -> each.name().equals("session." + name))
        .findFirst()
        .orElseThrow();
  }

  private Request request(String method, String path, String query, String... headers) {
    List<Query.Pair> pairs = new ArrayList<>();
    Twin.form(query).forEach((name, value) -> pairs.add(new Query.Pair(name, value)));
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.put(headers[i], List.of(headers[i + 1]));
    }
    return new Request(
        method,
        "https",
        "app.example",
        new Target(path, new Query(query, pairs)),
        new Lines(lines),
        new Peer(HERE, true),
        clock.instant());
  }

  private Verdict.Answer ask(String name, Request request, String body) {
    return waiting(
        () -> route(name).answer(request, Bytes.of(body.getBytes(StandardCharsets.UTF_8))));
  }

  /// On a thread that may wait.
  private static <T> T waiting(Callable<T> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(work).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(Verdict.Answer answer, String name) {
    return answer.reply().headers().stream()
        .filter(line -> line.name().equals(name))
        .map(Reply.Line::value)
        .reduce("", (one, other) -> one.isEmpty() ? other : one + "\n" + other);
  }

  private static String set(Verdict.Answer answer, String cookie) {
    return header(answer, "set-cookie")
        .lines()
        .filter(line -> line.startsWith(cookie + "="))
        .map(line -> line.substring(cookie.length() + 1, line.indexOf(';')))
        .findFirst()
        .orElse("");
  }

  /// A login up to the provider's answer, which `claims` changes; the answer of the callback.
  private Verdict.Answer signIn(String login, Consumer<Map<String, Object>> claims) {
    Verdict.Answer begun = ask("login", request("GET", "/auth/login", login), "");
    Map<String, String> asked = Twin.form(URI.create(header(begun, "location")).getRawQuery());
    Map<String, Object> told = new LinkedHashMap<>(provider.answers.get("/token"));
    if (told.get("id_token") instanceof String token && token.startsWith("jwt.")) {
      Map<String, Object> said = new LinkedHashMap<>(Twin.claims(token));
      said.put("nonce", String.valueOf(asked.get("nonce")));
      claims.accept(said);
      said.values().removeIf("absent"::equals);
      told.put("id_token", Twin.token("jwt", said));
    }
    provider.answers.put("/token", told);
    return ask(
        "callback",
        request(
            "GET",
            "/auth/callback",
            "code=c1&state=" + asked.get("state"),
            "cookie",
            "__Host-web-login=" + set(begun, "__Host-web-login")),
        "");
  }

  private String signedIn() {
    Verdict.Answer answer = signIn("", _ -> {});
    assertThat(answer.reason()).isEqualTo(SessionWhy.LOGGED_IN);
    return set(answer, "__Host-web");
  }

  private Standing standing(String cookie) {
    return waiting(() -> section.sessions().find(cookie, HERE));
  }

  private static Standing over(Cause cause) {
    return new Standing.Over(cause);
  }

  private void later(Duration by, String access, String refresh) {
    clock.advance(by);
    provider.answers.put("/token", answer(access, refresh, Map.of()));
  }

  @Test
  void asks_for_a_code_with_a_challenge_and_proves_it_with_the_verifier() throws Exception {
    Verdict.Answer begun = ask("login", request("GET", "/auth/login", "return=/a"), "");
    Map<String, String> asked = Twin.form(URI.create(header(begun, "location")).getRawQuery());
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", "https://app.example/auth/callback")
        .containsEntry("scope", "openid")
        .containsEntry("audience", "https://api.example")
        .containsKeys("state", "nonce", "code_challenge");
    signedIn();
    Twin.Posted posted = provider.posted.getLast();
    assertThat(posted.form()).containsEntry("code", "c1").containsKey("code_verifier");
    assertThat(posted.form()).doesNotContainKey("client_secret");
    // Each half is encoded as a form before they are put together (RFC 6749, section 2.3.1).
    assertThat(
            new String(
                java.util.Base64.getDecoder().decode(posted.authorization().substring(6)),
                StandardCharsets.UTF_8))
        .isEqualTo("web:a+secret%3A+known%2C+to+both");
  }

  @Test
  void proves_itself_in_the_form_where_the_provider_takes_nothing_else() {
    provider.metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
    signedIn();
    assertThat(provider.posted.getLast().form())
        .containsEntry("client_secret", "a secret: known, to both")
        .containsEntry("client_id", "web");
    assertThat(provider.posted.getLast().authorization()).isEmpty();
  }

  @Test
  void proves_itself_by_a_key_that_never_leaves() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    section =
        section(
            new Client(
                "web", new Client.Proof.Signing(generator.generateKeyPair().getPrivate(), "k")));
    signedIn();
    Map<String, String> form = provider.posted.getLast().form();
    assertThat(form)
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(Twin.claims("x." + form.get("client_assertion").split("\\.", -1)[1]))
        .containsEntry("iss", "web")
        .containsEntry("sub", "web")
        .containsEntry("aud", provider.url())
        .containsKeys("jti", "exp");
  }

  @Test
  void pushes_the_request_where_the_provider_takes_that() {
    provider.metadata.put("pushed_authorization_request_endpoint", provider.url() + "/par");
    provider.answers.put("/par", Map.of("request_uri", "urn:r", "expires_in", 60));
    provider.statuses.put("/par", 201);
    Verdict.Answer begun = ask("login", request("GET", "/auth/login", ""), "");
    assertThat(URI.create(header(begun, "location")).getRawQuery())
        .isEqualTo("client_id=web&request_uri=urn%3Ar");
    assertThat(provider.posted.getLast().form()).containsKeys("state", "nonce", "code_challenge");
  }

  @Test
  void begins_no_session_on_an_id_token_that_is_not_good() {
    Map<String, Consumer<Map<String, Object>>> worse = new LinkedHashMap<>();
    worse.put("another nonce", claims -> claims.put("nonce", "n"));
    worse.put("no nonce", claims -> claims.remove("nonce"));
    worse.put("another issuer", claims -> claims.put("iss", "https://evil.example"));
    worse.put("another client", claims -> claims.put("aud", "other"));
    worse.put("another client besides", claims -> claims.put("aud", List.of("web", "other")));
    worse.put("given to another", claims -> claims.put("azp", "other"));
    worse.put("expired", claims -> claims.put("exp", clock.instant().getEpochSecond() - 31));
    worse.put("without end", claims -> claims.remove("exp"));
    worse.put("for years", claims -> claims.put("exp", clock.instant().getEpochSecond() + 90_000));
    worse.put("of tomorrow", claims -> claims.put("iat", clock.instant().getEpochSecond() + 31));
    worse.put("without beginning", claims -> claims.remove("iat"));
    worse.put("of nobody", claims -> claims.remove("sub"));
    worse.put("a logout token", claims -> claims.put("events", Map.of()));
    worse.put("of another access token", claims -> claims.put("at_hash", "AAAA"));
    worse.forEach(
        (what, change) -> {
          tokensOfAlice();
          assertThat(signIn("", change).reason()).as(what).isEqualTo(SessionWhy.ID_TOKEN);
        });
    Map<String, Object> forged = new LinkedHashMap<>(provider.answers.get("/token"));
    forged.put("id_token", Twin.token("forged", idToken(Map.of())));
    provider.answers.put("/token", forged);
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.ID_TOKEN);
    forged.remove("id_token");
    provider.answers.put("/token", forged);
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.ID_TOKEN);
    assertThat(store.bytes).isEmpty();
  }

  @Test
  void believes_a_digest_of_the_access_token_that_is_right() throws Exception {
    byte[] whole =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest("access-1".getBytes(StandardCharsets.US_ASCII));
    String half =
        dev.gatewarden.gateway.identity.Base64Url.encode(java.util.Arrays.copyOf(whole, 16));
    assertThat(signIn("", claims -> claims.put("at_hash", half)).reason())
        .isEqualTo(SessionWhy.LOGGED_IN);
  }

  @Test
  void holds_a_sign_in_to_the_age_and_context_that_it_was_asked_for() {
    long now = clock.instant().getEpochSecond();
    assertThat(signIn("max-age=60", claims -> claims.put("auth_time", now - 91)).reason())
        .isEqualTo(SessionWhy.ID_TOKEN);
    assertThat(signIn("max-age=60", claims -> claims.remove("auth_time")).reason())
        .isEqualTo(SessionWhy.ID_TOKEN);
    assertThat(signIn("acr=mfa+phr", claims -> claims.put("acr", "pwd")).reason())
        .isEqualTo(SessionWhy.ID_TOKEN);
    assertThat(signIn("acr=mfa+phr", claims -> claims.put("acr", "phr")).reason())
        .isEqualTo(SessionWhy.LOGGED_IN);
  }

  @Test
  void tells_guards_how_and_when_the_user_signed_in() {
    Verdict.Answer answer = signIn("", claims -> claims.put("acr", "mfa"));
    assertThat(standing(set(answer, "__Host-web")))
        .isInstanceOfSatisfying(
            Standing.Live.class,
            live ->
                assertThat(live.proof().claims())
                    .containsEntry("acr", "mfa")
                    .containsEntry("auth_time", clock.instant().getEpochSecond()));
  }

  @Test
  void begins_no_session_on_an_access_token_of_somebody_else_or_one_it_would_not_take() {
    tokens.put("access-1", verified("bob"));
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.ACCESS_TOKEN);
    tokens.put("access-1", verified("alice", Map.of("cnf", Map.of("jkt", "k"))));
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.ACCESS_TOKEN);
    tokens.remove("access-1");
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.ACCESS_TOKEN);
    assertThat(store.bytes).isEmpty();
  }

  @Test
  void leaves_nothing_in_the_store_that_opens_anything() {
    String cookie = signedIn();
    later(Duration.ofSeconds(595), "access-2", "refresh-2");
    assertThat(standing(cookie)).isInstanceOf(Standing.Live.class);
    assertThat(store.bytes.toString())
        .isNotEmpty()
        .doesNotContain("access-", "refresh-", "alice", cookie);
  }

  @Test
  void renews_tokens_once_for_all_who_wait_on_every_node() throws Exception {
    String cookie = signedIn();
    later(Duration.ofSeconds(595), "access-2", "refresh-2");
    int before = provider.posted.size();
    SessionSection other = section(SECRET);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Standing>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(() -> section.sessions().find(cookie, HERE));
        all.add(() -> other.sessions().find(cookie, HERE));
      }
      for (Future<Standing> each : threads.invokeAll(all)) {
        assertThat(each.get()).isInstanceOf(Standing.Live.class);
      }
    }
    assertThat(provider.posted).hasSize(before + 1);
    assertThat(provider.posted.getLast().form())
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "refresh-1");
  }

  @Test
  void leaves_the_event_loop_to_renew() {
    String cookie = signedIn();
    later(Duration.ofSeconds(595), "access-2", "refresh-2");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> section.sessions().find(cookie, HERE))
        .isSameAs(WouldWait.INSTANCE);
  }

  @Test
  void ends_a_session_whose_refresh_token_somebody_used_before() {
    String cookie = signedIn();
    clock.advance(Duration.ofSeconds(595));
    provider.statuses.put("/token", 400);
    provider.answers.put("/token", Map.of("error", "invalid_grant"));
    assertThat(standing(cookie)).isEqualTo(over(Cause.NOT_RENEWED));
    assertThat(standing(cookie)).isEqualTo(over(Cause.UNKNOWN));
  }

  @Test
  void keeps_a_session_through_an_outage_and_a_fault_of_the_clients_own() {
    String cookie = signedIn();
    clock.advance(Duration.ofSeconds(595));
    provider.statuses.put("/token", 503);
    assertThat(standing(cookie)).isInstanceOf(Standing.Live.class);
    tokens.put("access-1", new Verification.Refused(Fault.EXPIRED));
    assertThat(standing(cookie)).isEqualTo(over(Cause.UNAVAILABLE));
    provider.statuses.put("/token", 401);
    provider.answers.put("/token", Map.of("error", "invalid_client"));
    assertThat(standing(cookie)).isEqualTo(over(Cause.UNAVAILABLE));
    provider.statuses.put("/token", 200);
    later(Duration.ZERO, "access-2", "refresh-2");
    assertThat(standing(cookie)).isInstanceOf(Standing.Live.class);
  }

  @Test
  void ends_a_session_whose_renewed_tokens_name_somebody_else() {
    String cookie = signedIn();
    clock.advance(Duration.ofSeconds(595));
    provider.answers.put("/token", answer("access-2", "refresh-2", Map.of("sub", "bob")));
    assertThat(standing(cookie)).isEqualTo(over(Cause.NOT_RENEWED));

    tokensOfAlice();
    String again = signedIn();
    later(Duration.ofSeconds(595), "access-2", "refresh-2");
    tokens.put("access-2", verified("bob"));
    assertThat(standing(again)).isEqualTo(over(Cause.TOKEN_REFUSED));
    assertThat(standing(again)).isEqualTo(over(Cause.UNKNOWN));
  }

  @Test
  void is_over_at_once_when_its_access_token_is_revoked() {
    String cookie = signedIn();
    tokens.put("access-1", new Verification.Refused(Fault.REVOKED));
    assertThat(standing(cookie)).isEqualTo(over(Cause.TOKEN_REFUSED));
  }

  @Test
  void ends_when_a_session_has_no_token_to_renew_by() {
    Map<String, Object> without = new LinkedHashMap<>(provider.answers.get("/token"));
    without.remove("refresh_token");
    provider.answers.put("/token", without);
    String cookie = signedIn();
    clock.advance(Duration.ofSeconds(595));
    assertThat(standing(cookie)).isEqualTo(over(Cause.NOT_RENEWED));
  }

  private Verdict.Answer backchannel(Consumer<Map<String, Object>> worse) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", provider.url());
    claims.put("aud", "web");
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("exp", clock.instant().getEpochSecond() + 120);
    claims.put("jti", "j" + provider.posted.size() + clock.instant());
    claims.put("sid", "s1");
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    worse.accept(claims);
    return told("logout_token=" + Client.encoded(Twin.token("logout+jwt", claims)));
  }

  private Verdict.Answer told(String form) {
    return ask(
        "backchannel-logout",
        request(
            "POST",
            "/auth/backchannel-logout",
            "",
            "content-type",
            "application/x-www-form-urlencoded"),
        form);
  }

  @Test
  void ends_the_sessions_that_the_provider_names() {
    String cookie = signedIn();
    assertThat(backchannel(claims -> claims.put("sid", "s2")).reply().status()).isEqualTo(200);
    assertThat(standing(cookie)).isInstanceOf(Standing.Live.class);
    assertThat(backchannel(claims -> claims.put("jti", "j1")).reply().status()).isEqualTo(200);
    assertThat(standing(cookie)).isEqualTo(over(Cause.SIGNED_OUT));
    assertThat(standing(cookie)).isEqualTo(over(Cause.UNKNOWN));

    tokensOfAlice();
    clock.advance(Duration.ofSeconds(5));
    String second = signedIn();
    assertThat(standing(second)).isInstanceOf(Standing.Live.class);
    backchannel(
        claims -> {
          claims.remove("sid");
          claims.put("sub", "alice");
          claims.put("jti", "j2");
        });
    assertThat(standing(second)).isEqualTo(over(Cause.SIGNED_OUT));
  }

  @Test
  void looks_at_a_session_without_using_or_renewing_it() {
    String cookie = signedIn();
    assertThat(looked(cookie)).isInstanceOf(Standing.Live.class);
    int posted = provider.posted.size();
    clock.advance(Duration.ofSeconds(595));
    assertThat(looked(cookie)).isInstanceOf(Standing.Live.class);
    assertThat(provider.posted).hasSize(posted);

    backchannel(claims -> claims.put("jti", "j1"));
    assertThat(looked(cookie)).isEqualTo(over(Cause.UNKNOWN));
    assertThat(looked("of-nobody")).isEqualTo(over(Cause.UNKNOWN));
  }

  private Standing looked(String cookie) {
    return waiting(() -> section.sessions().look(cookie, HERE));
  }

  @Test
  void takes_a_logout_token_once_and_ends_nothing_that_began_later() {
    long then = clock.instant().getEpochSecond();
    Consumer<Map<String, Object>> same =
        claims -> {
          claims.put("jti", "same");
          claims.put("iat", then);
          claims.put("exp", then + 600);
        };
    assertThat(backchannel(same).reply().status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(5));
    tokensOfAlice();
    String cookie = signedIn();
    assertThat(backchannel(same).reply().status()).isEqualTo(400);
    assertThat(standing(cookie)).isInstanceOf(Standing.Live.class);
  }

  @Test
  void takes_no_logout_token_that_is_not_one() {
    String cookie = signedIn();
    Map<String, Consumer<Map<String, Object>>> worse = new LinkedHashMap<>();
    worse.put("another issuer", claims -> claims.put("iss", "https://evil.example"));
    worse.put("another client", claims -> claims.put("aud", "other"));
    worse.put("an ID token", claims -> claims.put("nonce", "n"));
    worse.put("no event", claims -> claims.remove("events"));
    worse.put("another event", claims -> claims.put("events", Map.of("urn:x", Map.of())));
    worse.put("nobody", claims -> claims.remove("sid"));
    worse.put("no id", claims -> claims.remove("jti"));
    worse.put("old", claims -> claims.put("iat", clock.instant().getEpochSecond() - 700));
    worse.put("of tomorrow", claims -> claims.put("iat", clock.instant().getEpochSecond() + 31));
    worse.put("expired", claims -> claims.put("exp", clock.instant().getEpochSecond() - 31));
    worse.forEach(
        (what, change) -> assertThat(backchannel(change).reply().status()).as(what).isEqualTo(400));
    String good = Twin.token("at+jwt", Map.of("iss", provider.url()));
    assertThat(told("logout_token=" + Client.encoded(good)).reply().status()).isEqualTo(400);
    assertThat(told("logout_token=a.b&logout_token=a.b").reply().status()).isEqualTo(400);
    assertThat(told("logout_token=%").reply().status()).isEqualTo(400);
    assertThat(told("").reply().status()).isEqualTo(400);
    assertThat(standing(cookie)).isInstanceOf(Standing.Live.class);
  }

  @Test
  void asks_nothing_of_a_provider_that_describes_somebody_else_or_leads_astray() {
    for (Map.Entry<String, Object> lie :
        Map.<String, Object>of(
                "issuer", "https://evil.example",
                "token_endpoint", "ftp://evil.example/token",
                "authorization_endpoint", "https://user@evil.example/",
                "code_challenge_methods_supported", List.of("plain"))
            .entrySet()) {
      Object before = provider.metadata.put(lie.getKey(), lie.getValue());
      section = section(SECRET);
      assertThat(ask("login", request("GET", "/auth/login", ""), "").reason())
          .as(lie.getKey())
          .isEqualTo(SessionWhy.PROVIDER_UNAVAILABLE);
      if (before == null) {
        provider.metadata.remove(lie.getKey());
      } else {
        provider.metadata.put(lie.getKey(), before);
      }
    }
  }

  @Test
  void demands_the_issuer_in_the_answer_where_the_provider_promises_it() {
    provider.metadata.put("authorization_response_iss_parameter_supported", true);
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.WRONG_ISSUER);
  }

  @Test
  void says_no_where_there_is_no_room() {
    store.bytes.setLength(0);
    SessionSettings settings =
        new SessionSettings(
            "web",
            provider.url(),
            SECRET,
            "/auth",
            "__Host-web",
            true,
            List.of("openid"),
            Map.of(),
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            Duration.ofSeconds(30),
            "/",
            false);
    section =
        SessionSection.of(
            settings,
            new SessionSection.World(
                (_, _) -> verified("alice"),
                Twin::prove,
                new LocalSessions(clock, 10),
                blocks,
                () -> http,
                clock,
                new SecureRandom()));
    assertThat(signIn("", _ -> {}).reason()).isEqualTo(SessionWhy.NO_ROOM);
  }

  @Test
  void shows_no_secret_when_it_is_printed() {
    signedIn();
    assertThat(
            ""
                + new Session(
                    "a-1",
                    "r-1",
                    "i-1",
                    Instant.MAX,
                    "s",
                    "sid",
                    "",
                    -1,
                    Instant.EPOCH,
                    Instant.MAX)
                + new TokenAnswer("a-1", "r-1", "i-1", Instant.MAX)
                + SECRET)
        .doesNotContain("a-1", "r-1", "i-1", "known");
  }
}
