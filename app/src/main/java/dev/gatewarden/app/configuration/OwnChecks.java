package dev.gatewarden.app.configuration;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.identity.KeyText;
import dev.gatewarden.core.limit.Size;
import dev.gatewarden.core.schema.Bounds;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What must hold between the values of one object of the file.
final class OwnChecks implements BiConsumer<Record, Node.Obj> {
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
  private static final Duration LONGEST_SESSION = Duration.ofDays(90);
  private static final Duration LONGEST_OVERLAP = Duration.ofMinutes(5);
  private static final Duration LONGEST_KEY = Duration.ofDays(366);
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);
  private static final Duration LONGEST_SIGN_IN = Duration.ofDays(30);

  /// What the gate itself says in an authorization request.
  private static final Set<String> OF_LOGIN =
      Set.of(
          "response_type",
          "response_mode",
          "client_id",
          "client_secret",
          "redirect_uri",
          "scope",
          "state",
          "nonce",
          "code_challenge",
          "code_challenge_method",
          "acr_values",
          "max_age",
          "request",
          "request_uri",
          "client_assertion",
          "client_assertion_type");

  private static final Duration LARGEST_SKEW = Duration.ofMinutes(2);

  private final Problems problems;

  OwnChecks(Problems problems) {
    this.problems = problems;
  }

  @Override
  public void accept(Record bound, Node.Obj at) {
    switch (bound) {
      case Listen.Public callers -> callers(callers, at);
      case Listen.Admin admin -> admin(admin, at);
      case Listen.Operators operators -> {
        if (operators.scopes().isEmpty() && operators.roles().isEmpty()) {
          add(
              at,
              "issuer",
              "whoever has a token of the issuer would operate the gate",
              "name the `scopes` or `roles` of operators");
        }
      }
      case Issuer issuer -> issuer(issuer, at);
      case Introspection asking -> introspection(asking, at);
      case OauthClient client -> client(client, at);
      case Api.Identity identity -> exchange(identity, at);
      case ReadAs reader -> reader(reader, at);
      case ClientGrant grant -> {
        safe(at, "issuer", grant.issuer(), "a token fetched over plain http is everybody's");
        positive(at, "deadline", grant.deadline());
        endpoint(at, grant.url());
      }
      case Sender sender -> sender(sender, at);
      case KeyRing ring -> ring(ring, at);
      case ClientCertificates certificates -> certificates(certificates, at);
      case Listen listen -> listen(listen, at);
      case TokenLedger ledger -> ledger(ledger, at);
      case BrowserSession session -> session(session, at);
      case BrowserSession.Client client -> client(client, at);
      case Api.At spot -> spot(spot, at);
      case Api.UpstreamSettings upstream -> upstream(upstream, at);
      case Limits limits -> limits(limits, at);
      case Versions versions -> versions(versions, at);
      case State state -> state(state, at);
      default -> {}
    }
  }

  private void state(State state, Node.Obj at) {
    URI redis = state.redis();
    if (redis == null) {
      problems.add(
          at.place(), "`state` names no `redis`", "write `redis: redis://host:6379`, or `memory`");
      return;
    }
    if (!State.isRedis(redis) || State.database(redis) < 0 || redis.getRawQuery() != null) {
      add(
          at,
          "redis",
          "`redis` is no address of a Redis",
          "write it as `redis://host:6379` or `rediss://host:6380/1`");
    } else if (redis.getRawUserInfo() != null) {
      add(
          at,
          "redis",
          "a secret stands in the address in the clear",
          "write `user` and `password: env:NAME` beside it");
    } else if (redis.getScheme().equals("redis") && !Networks.holds(redis)) {
      add(
          at,
          "redis",
          "sessions and ids would cross an open network without TLS",
          "write `rediss://`; plain `redis://` only to loopback and private addresses");
    }
    if (state.user() != null && state.password() == null) {
      add(at, "user", "`user` has no effect without `password`", "write `password: env:NAME`");
    }
    whole(at, "nodes", state.nodes(), 1, 1_000);
    if (state.prefix().isEmpty() || !state.prefix().matches("[a-z0-9._-]{1,64}")) {
      add(at, "prefix", "`prefix` is made of small letters, digits, `.`, `-` and `_`", "");
    }
  }

  private void callers(Listen.Public callers, Node.Obj at) {
    port(callers.port(), at);
    Listen.Tls tls = callers.tls();
    boolean none = tls != null && tls.certificate() == null && tls.key() == null;
    if (tls != null && !none && (tls.certificate() == null || tls.key() == null)) {
      add(at, "tls", "`tls` needs both `certificate` and `key`", "");
    }
    boolean outside = outside(callers.bind(), at);
    if (outside && tls == null) {
      add(
          at,
          "bind",
          "callers would reach `" + callers.bind() + "` without TLS",
          "give `tls` a `certificate` and a `key`, or say `tls: none` with `because` where"
              + " something in front encrypts");
    }
    if (outside && none && callers.because() == null) {
      add(at, "tls", "`tls: none` needs `because`", "say what in front of the gate encrypts");
    }
    if (none && !outside) {
      add(
          at,
          "tls",
          "`tls: none` has no effect: without TLS the gate listens on loopback anyway",
          "leave it out");
    }
    if (callers.because() != null && !none) {
      add(at, "because", "`because` has no effect without `tls: none`", "leave it out");
    }
  }

  private void admin(Listen.Admin admin, Node.Obj at) {
    port(admin.port(), at);
    if (outside(admin.bind(), at) && admin.token() == null && admin.identity() == null) {
      add(
          at,
          "bind",
          "the admin port leaves loopback without an identity",
          "give `admin` a `token: env:NAME`, or leave `bind` out");
    }
  }

  private boolean outside(@Nullable String bind, Node.Obj at) {
    if (bind == null) {
      return false;
    }
    Ip address = Ip.parse(bind);
    if (address == null) {
      add(at, "bind", "`bind` is `" + bind + "`, which is no address", "write it as `127.0.0.1`");
      return false;
    }
    return !address.isLoopback();
  }

  private void issuer(Issuer issuer, Node.Obj at) {
    safe(at, "url", issuer.url(), "tokens of an issuer over plain http prove nothing");
    if (issuer.audience().contains("") || issuer.clients().contains("")) {
      add(
          at,
          "audience",
          "an issuer without `audience` would let any of its tokens in",
          "name the audience that tokens for this API carry");
    }
    if (issuer.algorithms().isEmpty() && issuer.introspection() == null) {
      add(
          at,
          "algorithms",
          "an issuer without algorithms would let its tokens choose them",
          "name those it signs with, such as `[RS256]`");
    }
    shared(issuer, at);
    String keys = issuer.keys();
    if (keys != null && keys.contains("://")) {
      URI url = url(keys);
      if (url == null) {
        add(at, "keys", "`keys` is `" + keys + "`, which is no URL", "write a URL or a path");
      } else {
        safe(at, "keys", url, "keys fetched over plain http prove nothing");
      }
    }
    pointer(at, "tenant", issuer.tenant());
    pointer(at, "roles", issuer.roles());
    pointer(at, "scopes", issuer.scopes());
    positive(at, "lifetime", issuer.lifetime());
    if (issuer.clockSkew().compareTo(LARGEST_SKEW) > 0) {
      add(
          at,
          "clock-skew",
          "`clock-skew` is more than 2m",
          "a clock that far off wants mending, not excusing");
    }
    if (issuer.profile() == Issuer.Profile.FAPI_2_0) {
      new FapiProfile(problems).check(issuer, at);
    }
  }

  /// A secret and public keys never stand side by side: a public key would do as the secret.
  private void shared(Issuer issuer, Node.Obj at) {
    for (Issuer.Algorithm algorithm : issuer.algorithms()) {
      if (algorithm.isShared() && issuer.secret() == null) {
        add(
            at,
            "algorithms",
            "`" + algorithm + "` needs the secret that both sides hold",
            "use public keys, such as `[RS256]`; where that cannot be yet, write `secret:"
                + " env:NAME`");
      } else if (!algorithm.isShared() && issuer.secret() != null) {
        add(
            at,
            "algorithms",
            "`" + algorithm + "` does not go with a shared secret",
            "name `HS256`, `HS384` and `HS512` alone, or remove `secret`");
      }
    }
    if (issuer.secret() != null && issuer.keys() != null) {
      add(at, "keys", "`keys` has no effect beside `secret`", "leave one of them out");
    }
    if (issuer.secret() != null && issuer.introspection() != null) {
      add(
          at,
          "secret",
          "`secret` has no effect beside `introspection`",
          "leave it out: the issuer is asked about each token");
    }
  }

  private void introspection(Introspection asking, Node.Obj at) {
    endpoint(at, asking.url());
    positive(at, "cache", asking.cache());
    positive(at, "deadline", asking.deadline());
    if (asking.cache().compareTo(LONGEST_WINDOW) > 0) {
      add(at, "cache", "`cache` is more than 10m", "so long would a revoked token be accepted");
    }
  }

  private void endpoint(Node.Obj at, @Nullable URI url) {
    if (url != null) {
      safe(at, "url", url, "tokens sent over plain http are everybody's");
    }
  }

  private void client(OauthClient client, Node.Obj at) {
    if ((client.secret() == null) == (client.key() == null)) {
      add(
          at,
          "secret",
          "a client proves itself by a `secret` or by a `key`, one of them",
          "write `secret: env:NAME`");
    }
    if (client.kid() != null && client.key() == null) {
      add(at, "kid", "`kid` has no effect without `key`", "leave it out");
    }
    if (at.get("send") != null && client.secret() == null) {
      add(at, "send", "`send` has no effect without `secret`", "leave it out");
    }
  }

  private void exchange(Api.Identity identity, Node.Obj at) {
    if (identity.client() == null) {
      add(
          at,
          "client",
          "`client` is missing",
          "the gate exchanges tokens as a client of the issuer: `client: {id: …, secret:"
              + " env:NAME}`");
    }
    if (identity.audience() == null && identity.resource() == null) {
      add(
          at,
          "audience",
          "a token for nobody in particular would be good everywhere",
          "name the service by `audience` or `resource`");
    }
    if (identity.actors() < 1 || identity.actors() > 8) {
      add(at, "actors", "`actors` is " + identity.actors() + "; it is between 1 and 8", "");
    }
    positive(at, "deadline", identity.deadline());
    endpoint(at, identity.url());
  }

  private void reader(ReadAs reader, Node.Obj at) {
    if ((reader.token() == null) == (reader.clientCredentials() == null)) {
      add(
          at,
          "token",
          "`read-as` is a `token` or `client-credentials`, one of them",
          "write `read-as: env:NAME`");
    }
  }

  private void sender(Sender sender, Node.Obj at) {
    if (sender.secrets().isEmpty()) {
      add(
          at,
          "secrets",
          "without a secret nothing proves a sender's requests",
          "write `secrets: [env:NAME]`");
    }
    positive(at, "window", sender.window());
    if (sender.window().compareTo(LONGEST_WINDOW) > 0) {
      add(at, "window", "`window` is more than 10m", "a wider one only helps who replays");
    }
    if (sender.preset() == Sender.Preset.GITHUB && at.get("window") != null) {
      add(at, "window", "`window` has no effect: GitHub signs no timestamp", "leave it out");
    }
  }

  private void ring(KeyRing ring, Node.Obj at) {
    if (!KeyText.isEnvironment(ring.environment())) {
      add(
          at,
          "environment",
          "`environment` is a word of lower-case letters and digits, at most 16",
          "write `environment: live`");
    }
    positive(at, "lifetime", ring.lifetime());
    positive(at, "rotate", ring.rotate());
    if (ring.lifetime().compareTo(LONGEST_KEY) > 0) {
      add(at, "lifetime", "`lifetime` is more than 366d", "keys that never end are never missed");
    }
    if (ring.rotate().compareTo(ring.lifetime()) > 0) {
      add(
          at,
          "rotate",
          "`rotate` is more than `lifetime`: keys would end before they are due",
          "give keys less time before a successor is due");
    }
    if (ring.overlap().compareTo(ring.lifetime()) > 0) {
      add(at, "overlap", "`overlap` is more than `lifetime`", "");
    }
  }

  private void listen(Listen listen, Node.Obj at) {
    if (listen.clientCert() && listen.trust().isEmpty()) {
      add(
          at,
          "client-cert",
          "`client-cert` has no effect: nobody's forwarding headers count",
          "name the forwarders' networks in `trust`");
    }
  }

  private void certificates(ClientCertificates certificates, Node.Obj at) {
    if (certificates.trust().isEmpty()) {
      add(at, "trust", "without issuers nobody's certificate is good", "name a PEM file");
    }
    boolean spiffe = certificates.subject() == ClientCertificates.Naming.SPIFFE;
    String domain = certificates.trustDomain();
    if (spiffe && domain == null) {
      add(
          at,
          "trust-domain",
          "`subject: spiffe` needs `trust-domain`",
          "name the domain whose workloads are meant, such as `prod.example.org`");
    }
    if (domain != null && !spiffe) {
      add(at, "trust-domain", "`trust-domain` has no effect without `subject: spiffe`", "");
    }
    if (domain != null && spiffe && !isTrustDomain(domain)) {
      add(
          at,
          "trust-domain",
          "`" + domain + "` is no trust domain",
          "use lower case letters, digits, `.`, `-` and `_`");
    }
    if (certificates.crls().isEmpty() && !certificates.crlGrace().isZero()) {
      add(at, "crl-grace", "`crl-grace` has no effect without `crls`", "leave it out");
    }
    if (certificates.crlGrace().compareTo(LONGEST_GRACE) > 0) {
      add(
          at,
          "crl-grace",
          "`crl-grace` is more than 7d",
          "who was locked out that long ago should not come in");
    }
  }

  private static boolean isTrustDomain(String text) {
    boolean plain = !text.isEmpty() && text.length() <= 255;
    for (int i = 0; i < text.length(); i++) {
      plain &= "abcdefghijklmnopqrstuvwxyz0123456789.-_".indexOf(text.charAt(i)) >= 0;
    }
    return plain;
  }

  private void ledger(TokenLedger ledger, Node.Obj at) {
    positive(at, "lifetime", ledger.lifetime());
    positive(at, "idle", ledger.idle());
    if (ledger.lifetime().compareTo(LONGEST_SESSION) > 0) {
      add(at, "lifetime", "`lifetime` is more than 90d", "nobody stays logged in that long");
    }
    if (ledger.idle().compareTo(ledger.lifetime()) > 0 && at.get("idle") != null) {
      add(at, "idle", "`idle` is more than `lifetime`: it has no effect", "leave it out");
    }
    if (ledger.overlap().compareTo(LONGEST_OVERLAP) > 0) {
      add(at, "overlap", "`overlap` is more than 5m", "a replaced token only helps who stole it");
    }
  }

  private void session(BrowserSession session, Node.Obj at) {
    path(at, "at", session.at());
    path(at, "after-logout", session.afterLogout());
    if (!session.scopes().contains("openid")) {
      add(
          at,
          "scopes",
          "without the scope `openid` nobody is told who has signed in",
          "write `scopes: [openid]` and what else is asked for");
    }
    for (String scope : session.scopes()) {
      if (scope.isEmpty() || !scope.chars().allMatch(OwnChecks::inScope)) {
        add(at, "scopes", "`" + scope + "` is no scope", "a scope has no spaces and no quotes");
      }
    }
    for (String name : session.parameters().keySet()) {
      if (OF_LOGIN.contains(name)) {
        add(at, "parameters", "`" + name + "` is the gate's own to say", "leave it out");
      }
    }
    positive(at, "idle", session.idle());
    if (session.absolute().compareTo(session.idle()) < 0) {
      add(at, "absolute", "`absolute` is shorter than `idle`", "");
    }
    if (session.absolute().compareTo(LONGEST_SIGN_IN) > 0) {
      add(at, "absolute", "`absolute` is more than 30d", "let users sign in now and then");
    }
    String cookie = session.cookie();
    if (cookie != null
        && !(cookie.startsWith("__Host-")
            && cookie.length() > 7
            && cookie.length() <= 64
            && cookie
                .chars()
                .allMatch(c -> Character.isLetterOrDigit(c) && c < 128 || c == '-' || c == '_'))) {
      add(
          at,
          "cookie",
          "`cookie` is `"
              + cookie
              + "`; it begins with `__Host-`, so that no other host can set it",
          "write `__Host-session`, and the same name in the contract's scheme");
    }
  }

  private void client(BrowserSession.Client client, Node.Obj at) {
    if (client.id().isBlank()) {
      add(at, "id", "a client needs a name", "");
    }
    if ((client.secret() == null) == (client.key() == null)) {
      problems.add(
          at.place(),
          "a client proves itself by a `secret` or by a `key`",
          "write `secret: env:NAME` or `key: file:keys/client.pem`");
    }
    if (client.kid() != null && client.key() == null) {
      add(at, "kid", "`kid` has no effect without `key`", "leave it out");
    }
  }

  /// RFC 6749, section 3.3.
  private static boolean inScope(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
  }

  private void path(Node.Obj at, String key, String path) {
    boolean plain =
        path.startsWith("/")
            && (path.length() == 1 || !path.endsWith("/"))
            && !path.contains("//")
            && !path.contains("..")
            && path.chars()
                .allMatch(
                    c -> c < 0x7f && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0));
    if (!plain) {
      add(
          at,
          key,
          "`" + key + "` is `" + path + "`; it is a plain path and does not end with `/`",
          "write it as `/auth`");
    }
  }

  private void spot(Api.At spot, Node.Obj at) {
    String path = spot.path();
    boolean plain =
        path.startsWith("/")
            && (path.length() == 1 || !path.endsWith("/"))
            && !path.contains("//")
            && path.indexOf('?') < 0
            && path.indexOf('#') < 0;
    if (!plain) {
      add(at, "path", "`path` is `" + path + "`; it begins with `/` and does not end with one", "");
    }
    String host = spot.host();
    if (host != null && (host.isEmpty() || host.indexOf('/') >= 0 || host.indexOf(':') >= 0)) {
      add(
          at,
          "host",
          "`host` is `" + host + "`; it is a host name without scheme, port or path",
          "");
    }
  }

  private void upstream(Api.UpstreamSettings upstream, Node.Obj at) {
    positive(at, "deadline", upstream.deadline());
    if (upstream.to().isEmpty()) {
      add(at, "to", "there is no address to forward to", "write `to: [http://127.0.0.1:9000]`");
      return;
    }
    boolean excused = upstream.tls() == Api.UpstreamTls.NONE;
    boolean plain = false;
    boolean outside = false;
    for (int i = 0; i < upstream.to().size(); i++) {
      URI to = upstream.to().get(i);
      Node node = at.get("to") instanceof Node.Arr list ? list.items().get(i) : at;
      address(to, node);
      boolean http = to.getScheme().equals("http");
      plain |= http;
      if (http && !Networks.holds(to)) {
        outside = true;
        if (!excused) {
          problems.add(
              node.place(),
              "`" + to + "` is plain http and lies on no loopback or private address",
              "use https, or say `tls: none` with `because`");
        }
      }
    }
    excuse(upstream, at, outside);
    if (upstream.protocol() == Api.Protocol.H2C && !plain) {
      add(
          at,
          "protocol",
          "`protocol: h2c` has no effect: over TLS the protocol is negotiated",
          "leave it out");
    }
  }

  private void address(URI to, Node node) {
    if (!to.getScheme().equals("http") && !to.getScheme().equals("https")) {
      problems.add(node.place(), "`" + to + "` is neither http nor https");
    }
    String path = to.getRawPath();
    if ((path != null && !path.isEmpty() && !path.equals("/"))
        || to.getRawQuery() != null
        || to.getRawFragment() != null
        || to.getRawUserInfo() != null) {
      problems.add(
          node.place(),
          "an upstream's address is scheme, host and port alone",
          "the contract and `at` say the path; credentials never stand in a URL");
    }
  }

  private void excuse(Api.UpstreamSettings upstream, Node.Obj at, boolean outside) {
    boolean excused = upstream.tls() == Api.UpstreamTls.NONE;
    if (excused && upstream.because() == null) {
      add(
          at,
          "tls",
          "`tls: none` needs `because`",
          "say why plain http may leave the private networks");
    }
    if (!excused && upstream.because() != null) {
      add(at, "because", "`because` has no effect without `tls: none`", "leave it out");
    }
    if (excused && !outside) {
      add(
          at,
          "tls",
          "`tls: none` has no effect: no address is plain http beyond the private networks",
          "leave it out");
    }
  }

  private void versions(Versions versions, Node.Obj at) {
    Integer live = versions.live();
    if (live != null && live < 1) {
      add(at, "live", "`live` is " + live + "; at least 1", "");
    }
    if (live == null && versions.of() != null) {
      add(at, "of", "`of` has no effect without `live`", "say how many may live, or leave it out");
    }
    if (live == null
        && versions.breaking() == Versions.Breaking.ANY_TIME
        && versions.notice().isZero()) {
      problems.add(
          at.place(),
          "`versions` promises nothing",
          "write `breaking: new-version`, a `notice` such as `90d`, or `live: 2`");
    }
  }

  private void limits(Limits limits, Node.Obj at) {
    size(at, "body", limits.body(), 1, 1L << 30);
    size(at, "headers", limits.headers(), 1 << 10, 1 << 20);
    size(at, "target", limits.target(), 128, 1 << 16);
    whole(at, "header-lines", limits.headerLines(), 8, 1_000);
    whole(at, "parameters", limits.parameters(), 1, 10_000);
    whole(at, "depth", limits.depth(), 1, Bounds.DEEPEST);
    whole(at, "keys", limits.keys(), 1, 1_000_000);
    whole(at, "items", limits.items(), 1, 10_000_000);
    whole(at, "digits", limits.digits(), 1, 10_000);
    if (limits.string() != null) {
      size(at, "string", limits.string(), 1, 1L << 30);
    }
    if (limits.inFlight().bytes() < limits.body().bytes()) {
      add(at, "in-flight", "`in-flight` is less than one `body`", "make room for at least one");
    }
    if (limits.connections() < 1) {
      add(at, "connections", "`connections` is " + limits.connections() + "; at least 1", "");
    }
  }

  private void size(Node.Obj at, String key, Size size, long least, long most) {
    if (size.bytes() < least || size.bytes() > most) {
      add(
          at,
          key,
          "`"
              + key
              + "` is "
              + size
              + "; it is between "
              + new Size(least)
              + " and "
              + new Size(most),
          "");
    }
  }

  private void whole(Node.Obj at, String key, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      add(at, key, "`" + key + "` is " + value + "; it is between " + least + " and " + most, "");
    }
  }

  private void port(int port, Node.Obj at) {
    if (port < 0 || port > 65_535) {
      add(at, "port", "`port` is " + port + "; it is between 0 and 65535", "");
    }
  }

  private void positive(Node.Obj at, String key, Duration duration) {
    if (duration.isZero()) {
      add(at, key, "`" + key + "` is zero", "write a duration such as `5s`");
    }
  }

  private void pointer(Node.Obj at, String key, @Nullable String pointer) {
    if (pointer != null && (pointer.isEmpty() || Pointer.parse(pointer) == null)) {
      add(
          at,
          key,
          "`" + key + "` is `" + pointer + "`, which is no JSON pointer into the claims",
          "write it as `/" + pointer + "`");
    }
  }

  private void safe(Node.Obj at, String key, URI url, String why) {
    boolean secure =
        url.getScheme().equals("https")
            || (url.getScheme().equals("http") && Networks.isLoopback(url));
    if (!secure) {
      add(at, key, "`" + url + "`: " + why, "use https; plain http only on loopback");
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

  private void add(Node.Obj at, String key, String message, String advice) {
    Node value = at.get(key);
    problems.add(value == null ? at.place() : value.place(), message, advice);
  }
}
