package dev.gatewarden.gateway.metadata;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells clients where to get a token for an API, which scopes there are, and how to present one
/// (RFC 9728). Challenges lead here.
public final class ProtectedResource implements OwnRoute {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /// What is published of one API.
  ///
  /// @param title what people call it
  /// @param path where it stands at its host; `/` for everything
  /// @param issuers who issues its tokens, as they name themselves
  /// @param scopes every scope that some operation asks for
  /// @param dpop whether every token has to be bound to a key (RFC 9449)
  /// @param certificates whether tokens may be bound to a client certificate (RFC 8705)
  public record Told(
      String title,
      String path,
      List<String> issuers,
      Set<String> scopes,
      boolean dpop,
      boolean certificates) {
    public Told {
      issuers = List.copyOf(issuers);
      scopes = Set.copyOf(scopes);
    }
  }

  private enum Why implements Reason {
    TOLD(200, "a client learns where tokens for this API come from");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "resource-metadata";
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

  private final Told told;

  public ProtectedResource(Told told) {
    this.told = told;
  }

  @Override
  public String name() {
    return "resource-metadata";
  }

  /// RFC 9728, section 3.1: between the host and the path of what it describes.
  @Override
  public String path() {
    return told.path().equals("/") ? WELL_KNOWN : WELL_KNOWN + told.path();
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET");
  }

  @Override
  public boolean yields() {
    return true;
  }

  @Override
  public String announced(Request request) {
    return "resource_metadata=\"" + origin(request) + path() + '"';
  }

  @Override
  public Verdict.Answer answer(Request request, Bytes body) {
    String path = told.path().equals("/") ? "" : told.path();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("resource", origin(request) + path);
    document.put("resource_name", told.title());
    document.put("authorization_servers", told.issuers());
    if (!told.scopes().isEmpty()) {
      document.put("scopes_supported", new ArrayList<>(new java.util.TreeSet<>(told.scopes())));
    }
    document.put("bearer_methods_supported", List.of("header"));
    if (told.dpop()) {
      document.put("dpop_bound_access_tokens_required", true);
    }
    if (told.certificates()) {
      document.put("tls_client_certificate_bound_access_tokens", true);
    }
    byte[] text = JsonWriter.write(document).getBytes(StandardCharsets.UTF_8);
    return new Verdict.Answer(Why.TOLD, new Reply(200, HEADERS, text));
  }

  /// Nothing here is secret, and scripts of any origin look it up before they sign anybody in.
  private static final List<Reply.Line> HEADERS =
      List.of(
          new Reply.Line("content-type", "application/json"),
          new Reply.Line("cache-control", "public, max-age=300"),
          new Reply.Line("vary", "Host"),
          new Reply.Line("access-control-allow-origin", "*"),
          new Reply.Line("x-content-type-options", "nosniff"));

  private static String origin(Request request) {
    int usual = request.scheme().equals("https") ? 443 : 80;
    boolean plain = request.port() < 0 || request.port() == usual;
    return request.scheme() + "://" + request.host() + (plain ? "" : ":" + request.port());
  }
}
