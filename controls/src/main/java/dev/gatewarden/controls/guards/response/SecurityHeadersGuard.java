package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells browsers to take an answer for what it says it is and for nothing else, and nobody what
/// software made it.
///
/// A document that can run scripts gets a policy that forbids them and forbids frames, unless the
/// service sent a policy of its own; a service that
/// says nothing about its content is taken to send such a document.
@Control(
    id = "security-headers",
    stage = Stage.RETURN,
    threats = {Threat.API8_MISCONFIGURATION})
public final class SecurityHeadersGuard implements Guard {

  /// What can be set.
  ///
  /// @param transportSecurity how long browsers keep to TLS (RFC 6797); from `0s`, which takes it
  ///     back, to `730d`
  /// @param includeSubdomains whether the host's subdomains are meant too
  /// @param referrerPolicy the value of `Referrer-Policy`
  public record Config(
      Duration transportSecurity, boolean includeSubdomains, String referrerPolicy) {
    public Config {
      Bound.within("transport-security", transportSecurity, Duration.ZERO, Duration.ofDays(730));
      if (!referrerPolicy.matches("[a-z-]+(, [a-z-]+)*")) {
        throw new IllegalArgumentException(
            "`referrer-policy` must be a policy such as `no-referrer`");
      }
    }
  }

  /// Why the headers of an answer are changed.
  public enum Why implements Reason {
    HARDENED(200, "the answer says how browsers are to take it");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "security-headers";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          SecurityHeadersGuard.class,
          new Config(Duration.ofDays(365), false, "no-referrer"),
          Reads.RESPONSE_HEAD,
          Why.values(),
          (setting, config) -> Optional.of(new SecurityHeadersGuard(config)));

  private static final String STRICT = "strict-transport-security";
  private static final String POLICY = "content-security-policy";
  private static final List<String> TELLTALES =
      List.of(
          "server",
          "x-powered-by",
          "x-aspnet-version",
          "x-aspnetmvc-version",
          "x-generator",
          "x-runtime",
          "x-php-version",
          "x-powered-cms",
          "x-drupal-cache",
          "x-debug-token",
          "x-debug-token-link",
          "x-sourcefiles",
          "x-backend-server",
          "x-served-by",
          "server-timing");

  private final Verdict plain;
  private final Verdict plainOverTls;
  private final Verdict document;
  private final Verdict documentOverTls;

  private SecurityHeadersGuard(Config config) {
    List<Edit> common = new ArrayList<>();
    common.add(new Edit.SetResponseHeader("x-content-type-options", "nosniff"));
    common.add(new Edit.SetResponseHeader("referrer-policy", config.referrerPolicy()));
    TELLTALES.forEach(name -> common.add(new Edit.RemoveResponseHeader(name)));
    List<Edit> framed = new ArrayList<>(common);
    framed.add(new Edit.SetResponseHeader(POLICY, "default-src 'none'; frame-ancestors 'none'"));
    framed.add(new Edit.SetResponseHeader("x-frame-options", "DENY"));
    this.plain = hardened(unstrict(common));
    this.document = hardened(unstrict(framed));
    Edit strict = new Edit.SetResponseHeader(STRICT, strict(config));
    common.add(strict);
    framed.add(strict);
    this.plainOverTls = hardened(common);
    this.documentOverTls = hardened(framed);
  }

  /// Over plain text nothing is promised of TLS, by nobody (RFC 6797, section 7.2).
  private static List<Edit> unstrict(List<Edit> edits) {
    List<Edit> all = new ArrayList<>(edits);
    all.add(new Edit.RemoveResponseHeader(STRICT));
    return all;
  }

  private static Verdict hardened(List<Edit> edits) {
    return new Verdict.Pass(Why.HARDENED, List.of(), List.copyOf(edits));
  }

  private static String strict(Config config) {
    String age = "max-age=" + config.transportSecurity().toSeconds();
    return config.includeSubdomains() ? age + "; includeSubDomains" : age;
  }

  @Override
  public Verdict judge(Call call) {
    Response response = call.exchange().response();
    boolean tls = call.exchange().request().peer().encrypted();
    boolean runs = response != null && runsScripts(response.headers());
    if (runs) {
      return tls ? documentOverTls : document;
    }
    return tls ? plainOverTls : plain;
  }

  /// HTML and XML (which may be XHTML or SVG), unless the service sent a policy of its own.
  private static boolean runsScripts(Headers headers) {
    if (headers.first(POLICY) != null) {
      return false;
    }
    String type = headers.first("content-type");
    return type == null || contains(type, "html") || contains(type, "xml");
  }

  private static boolean contains(String text, String part) {
    for (int i = 0; i <= text.length() - part.length(); i++) {
      if (text.regionMatches(true, i, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }
}
