package dev.gatewarden.acceptance.provider;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What clients ask of the authorization server's endpoints.
public final class Asking {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final AuthorizationServer server;

  Asking(AuthorizationServer server) {
    this.server = server;
  }

  /// What the token endpoint hands out.
  ///
  /// @param refresh empty where there is none
  /// @param id the ID token, empty where there is none
  public record Tokens(String access, String refresh, String id, JsonNode all) {}

  /// Tokens of a client in its own name.
  public Tokens clientCredentials(String client, String... scopes) {
    return tokens(
        client, parameters("grant_type", "client_credentials", "scope", String.join(" ", scopes)));
  }

  /// Tokens that a web application gets for a person, by code + PKCE.
  public Tokens code(String client, Visitor visitor, String... scopes) {
    String verifier = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    URI away =
        visitor.authorize(
            server.at(
                "/oauth2/authorize?"
                    + form(
                        parameters(
                            "response_type",
                            "code",
                            "client_id",
                            client,
                            "redirect_uri",
                            AuthorizationServer.CALLBACK.toString(),
                            "scope",
                            String.join(" ", scopes),
                            "state",
                            "some",
                            "code_challenge",
                            challenge(verifier),
                            "code_challenge_method",
                            "S256"))));
    String code =
        Arrays.stream(away.getRawQuery().split("&", -1))
            .filter(each -> each.startsWith("code="))
            .map(each -> each.substring(5))
            .findFirst()
            .orElseThrow(() -> new AssertionError(away.toString()));
    return tokens(
        client,
        parameters(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            AuthorizationServer.CALLBACK.toString(),
            "code_verifier",
            verifier));
  }

  /// New tokens for a refresh token, which is used up by that.
  public Tokens refresh(String client, String refresh) {
    return tokens(client, parameters("grant_type", "refresh_token", "refresh_token", refresh));
  }

  /// A token for another audience, got by the gate for somebody's token (RFC 8693).
  public Tokens exchange(String subjectToken, String audience) {
    return tokens(
        AuthorizationServer.GATE,
        parameters(
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token",
            subjectToken,
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
            "audience",
            audience));
  }

  /// A token for another audience that says that `MACHINE` acts for its subject.
  public Tokens exchangeActing(String subjectToken, String audience) {
    return tokens(
        AuthorizationServer.GATE,
        parameters(
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token",
            subjectToken,
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
            "actor_token",
            clientCredentials(AuthorizationServer.MACHINE).access(),
            "actor_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
            "audience",
            audience));
  }

  /// What introspection says of a token.
  public JsonNode introspect(String token) {
    return asked("/oauth2/introspect", AuthorizationServer.GATE, parameters("token", token));
  }

  /// Revokes a token of a client (RFC 7009).
  public void revoke(String client, String token) {
    HttpResponse<String> answer = post("/oauth2/revoke", client, parameters("token", token));
    if (answer.statusCode() != 200) {
      throw new AssertionError("revocation answers " + answer.statusCode());
    }
  }

  /// What a token endpoint answers to a form, errors included.
  public HttpResponse<String> post(String path, String client, Map<String, String> form) {
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (encoded(client) + ":" + encoded(AuthorizationServer.secret(client)))
                    .getBytes(StandardCharsets.UTF_8));
    try {
      return HTTP.send(
          HttpRequest.newBuilder(server.at(path))
              .header("authorization", "Basic " + basic)
              .header("content-type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form(form)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError("the authorization server does not answer", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test is ended", ended);
    }
  }

  private Tokens tokens(String client, Map<String, String> form) {
    JsonNode all = asked("/oauth2/token", client, form);
    return new Tokens(
        text(all, "access_token"), text(all, "refresh_token"), text(all, "id_token"), all);
  }

  private JsonNode asked(String path, String client, Map<String, String> form) {
    HttpResponse<String> answer = post(path, client, form);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answers " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private static String text(JsonNode all, String name) {
    return all.path(name).asString("");
  }

  private static Map<String, String> parameters(String... pairs) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i + 1].isEmpty()) {
        parameters.put(pairs[i], pairs[i + 1]);
      }
    }
    return parameters;
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(Objects.requireNonNull(each.getValue())))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("this Java has no SHA-256", impossible);
    }
  }
}
