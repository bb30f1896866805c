package dev.gatewarden.acceptance.provider;

import dev.gatewarden.acceptance.Opened;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/// An authorization server that others wrote (Spring Authorization Server on Tomcat), on loopback.
///
/// It offers metadata (OIDC, RFC 8414), key set, code + PKCE, pushed authorization requests,
/// refresh
/// tokens that are good for one use, introspection, revocation, token exchange, device codes and
/// DPoP. `alice` and `bob` are customers of `acme`, `carol` is support at `globex`. Access tokens
/// are for `AUDIENCE`, exchanged ones for whom the exchange names.
public final class AuthorizationServer implements AutoCloseable {
  /// Whom access tokens are for.
  public static final String AUDIENCE = "https://api.example.com";

  /// The password of everybody.
  public static final String PASSWORD = "correct horse";

  public static final List<String> PEOPLE = List.of("alice", "bob", "carol");

  /// Client credentials, signed tokens.
  public static final String MACHINE = "machine";

  /// Client credentials, opaque tokens.
  public static final String MACHINE_OPAQUE = "machine-opaque";

  /// Introspects, exchanges tokens, and has client credentials.
  public static final String GATE = "gate";

  /// Code + PKCE with refresh tokens, signed tokens.
  public static final String WEB = "web";

  /// Code + PKCE with refresh tokens, opaque access tokens.
  public static final String WEB_OPAQUE = "web-opaque";

  /// Device codes; a public client.
  public static final String DEVICE = "device";

  /// Where `WEB` and `WEB_OPAQUE` are called back; any port of 127.0.0.1 will do.
  public static final URI CALLBACK = URI.create("http://127.0.0.1/callback");

  private final Tomcat tomcat;
  private final AnnotationConfigWebApplicationContext wired;
  private final Map<String, AtomicInteger> served = new ConcurrentHashMap<>();
  private final Map<String, Integer> failing = new ConcurrentHashMap<>();

  private AuthorizationServer() throws IOException, LifecycleException {
    Logger.getLogger("org.apache").setLevel(Level.WARNING);
    Logger.getLogger("org.springframework").setLevel(Level.WARNING);
    Path base = Files.createTempDirectory("gatewarden-provider");
    this.wired = new AnnotationConfigWebApplicationContext();
    this.tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base.toString());
    wired.setServletContext(context.getServletContext());
    wired.register(Wiring.class);
    Tomcat.addServlet(context, "none", new HttpServlet() {});
    context.addServletMappingDecoded("/", "none");
    filter(context, "counting", this::counted);
    filter(
        context,
        "security",
        (request, response, next) -> security().doFilter(request, response, next));
    ((StandardServer) tomcat.getServer()).setUtilityThreadsAsDaemon(true);
    tomcat.start();
    wired.refresh();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(base)));
  }

  /// What Tomcat unpacked for itself.
  private static void forget(Path base) {
    try {
      Opened.delete(base);
    } catch (IOException stays) {
      Logger.getLogger("provider").log(Level.WARNING, "left over: {0}", base);
    }
  }

  private Filter security() {
    return wired.getBean("springSecurityFilterChain", Filter.class);
  }

  private static void filter(Context context, String name, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName(name);
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
  }

  private void counted(
      jakarta.servlet.ServletRequest request,
      jakarta.servlet.ServletResponse response,
      jakarta.servlet.FilterChain next)
      throws IOException, jakarta.servlet.ServletException {
    String path = ((HttpServletRequest) request).getRequestURI();
    served.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
    Integer failure = failing.get(path);
    if (failure != null) {
      ((HttpServletResponse) response).setStatus(failure);
    } else {
      next.doFilter(request, response);
    }
  }

  /// The one that all tests of this process share; it ends with the process.
  public static AuthorizationServer shared() {
    return One.SERVER;
  }

  /// Starts one of a test's own.
  public static AuthorizationServer start() {
    try {
      return new AuthorizationServer();
    } catch (IOException | LifecycleException failed) {
      throw new AssertionError("the authorization server does not start", failed);
    }
  }

  /// The issuer, as tokens name it.
  public URI issuer() {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }

  /// An address of the server, such as `/oauth2/token`.
  public URI at(String path) {
    return URI.create(issuer() + path);
  }

  /// The secret of a confidential client.
  public static String secret(String client) {
    return "the secret of " + client + ", known to everybody";
  }

  /// How many requests came for a path so far.
  public int served(String path) {
    AtomicInteger count = served.get(path);
    return count == null ? 0 : count.get();
  }

  /// Answers a path with a bare status from now on; with null, as it should again.
  public void fail(String path, @Nullable Integer status) {
    if (status == null) {
      failing.remove(path);
    } else {
      failing.put(path, status);
    }
  }

  /// Registers a confidential web application (code + PKCE, refresh) that is called back there; as
  /// `secret` says.
  public void register(String client, URI... redirects) {
    clients().save(Registration.web(client, OAuth2TokenFormat.SELF_CONTAINED, List.of(redirects)));
  }

  /// Registers a client that proves itself by `private_key_jwt` (ES256).
  public void registerKeyed(String client, URI jwks) {
    clients().save(Registration.keyed(client, jwks));
  }

  /// Registers a web application that proves itself by `private_key_jwt` (ES256).
  public void registerKeyedWeb(String client, URI jwks, URI redirect) {
    clients().save(Registration.keyedWeb(client, jwks, redirect));
  }

  /// Registers a web application as `register` does, whose users come back there after signing out.
  public void registerEnding(String client, URI redirect, URI ended) {
    clients().save(Registration.ending(client, redirect, ended));
  }

  /// The refresh token that a client has for a person now: what a thief would be after.
  public String refreshToken(String client, String person) {
    return granted().refreshToken(id(client), person);
  }

  /// What the server would say at the back door of a client that somebody's sign-in is over (OpenID
  /// Connect Back-Channel Logout 1.0), signed by its key; it has no such feature of its own.
  public String logoutToken(String client, String person) {
    return granted()
        .logoutToken(id(client), client, person, issuer(), wired.getBean(LogoutSigner.class));
  }

  private Granted granted() {
    return wired.getBean(Granted.class);
  }

  private String id(String client) {
    return Objects.requireNonNull(clients().findByClientId(client), client).getId();
  }

  private InMemoryRegisteredClientRepository clients() {
    return wired.getBean(InMemoryRegisteredClientRepository.class);
  }

  /// A person at this server's pages.
  public Visitor visitor(String name) {
    return new Visitor(this, name);
  }

  /// What clients ask of this server.
  public Asking asking() {
    return new Asking(this);
  }

  /// A signed access token of `MACHINE`.
  public String clientCredentials(String... scopes) {
    return asking().clientCredentials(MACHINE, scopes).access();
  }

  /// A signed access token that `WEB` got for a person.
  public String userToken(String name, String... scopes) {
    return asking().code(WEB, visitor(name), scopes).access();
  }

  /// An opaque access token that `WEB_OPAQUE` got for a person.
  public String opaqueToken(String name, String... scopes) {
    return asking().code(WEB_OPAQUE, visitor(name), scopes).access();
  }

  @Override
  public void close() {
    wired.close();
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException failed) {
      throw new AssertionError("the authorization server does not stop", failed);
    }
  }

  private static final class One {
    static final AuthorizationServer SERVER = start();
  }
}
