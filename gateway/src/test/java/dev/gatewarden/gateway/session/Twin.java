package dev.gatewarden.gateway.session;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.identity.IssuerSignatures;
import dev.gatewarden.gateway.identity.JsonWriter;
import dev.gatewarden.gateway.identity.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// An identity provider on loopback that says whatever a test wants. What it signs is not signed:
/// whoever knows how to read it believes it.
final class Twin implements AutoCloseable {
  /// A form that was posted.
  record Posted(String path, Map<String, String> form, String authorization) {}

  private final HttpServer server;
  final Map<String, Object> metadata = new LinkedHashMap<>();
  final Map<String, Map<String, Object>> answers = new ConcurrentHashMap<>();
  final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  final List<Posted> posted = new CopyOnWriteArrayList<>();

  Twin() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    metadata.put("issuer", url());
    metadata.put("authorization_endpoint", url() + "/authorize");
    metadata.put("token_endpoint", url() + "/token");
    metadata.put("end_session_endpoint", url() + "/logout");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// A token that says this.
  static String token(String type, Map<String, Object> claims) {
    return type + "." + Base64Url.encode(JsonWriter.write(claims).getBytes(StandardCharsets.UTF_8));
  }

  static Map<String, Object> claims(String token) {
    byte[] text = Base64Url.decode(token.substring(token.indexOf('.') + 1));
    Map<String, Object> claims = text == null ? null : StrictJson.object(text);
    if (claims == null) {
      throw new AssertionError("no token of this twin");
    }
    return claims;
  }

  static IssuerSignatures.Proved prove(String token) {
    String type = token.substring(0, token.indexOf('.'));
    return type.equals("forged")
        ? new IssuerSignatures.Proved.Refused(Fault.SIGNATURE)
        : new IssuerSignatures.Proved.Said(type, "RS256", claims(token));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (exchange.getRequestMethod().equals("POST")) {
        String authorization = exchange.getRequestHeaders().getFirst("authorization");
        posted.add(new Posted(path, form(body), authorization == null ? "" : authorization));
      }
      Map<String, Object> told =
          path.equals("/.well-known/openid-configuration")
              ? metadata
              : answers.getOrDefault(path, Map.of());
      byte[] text = JsonWriter.write(told).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(statuses.getOrDefault(path, 200), text.length);
      exchange.getResponseBody().write(text);
    }
  }

  static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
