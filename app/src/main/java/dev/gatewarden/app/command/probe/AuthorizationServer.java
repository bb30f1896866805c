package dev.gatewarden.app.command.probe;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.OAuth.Authentication;
import dev.gatewarden.core.probe.OAuth.Endpoint;
import dev.gatewarden.core.probe.SignIn;
import dev.gatewarden.platform.probing.Courier;
import dev.gatewarden.platform.probing.Target;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out where an authorization server has its endpoints: as the tester says, or as its
/// metadata
/// does (RFC 8414, OpenID Connect Discovery).
final class AuthorizationServer {
  private final Target target;
  private final Courier courier;
  private final Login.Filling filling;

  AuthorizationServer(Target target, Courier courier, Login.Filling filling) {
    this.target = target;
    this.courier = courier;
    this.filling = filling;
  }

  /// @throws IOException where it is not known, or may not be called, in words
  OAuth of(IdentitiesFile.Flow flow) throws IOException {
    Map<String, OAuth.Client> clients = new LinkedHashMap<>();
    for (Map.Entry<String, IdentitiesFile.Client> each : flow.clients().entrySet()) {
      clients.put(each.getKey(), client(each.getKey(), each.getValue()));
    }
    Answer metadata = flow.issuer() == null ? null : metadata(flow.issuer());
    String authorize = said(flow.authorize(), metadata, "authorization_endpoint");
    String token = said(flow.token(), metadata, "token_endpoint");
    if (authorize == null || token == null) {
      throw new IOException(
          metadata == null
              ? "`oauth` has its endpoints in `authorize` and `token`, or an `issuer` that tells"
                  + " them"
              : "the metadata of `" + flow.issuer() + "` names no endpoints for codes and tokens");
    }
    String revoke = said(flow.revoke(), metadata, "revocation_endpoint");
    return new OAuth(
        endpoint(authorize), endpoint(token), revoke == null ? null : endpoint(revoke), clients);
  }

  /// How browsers are logged in at the API.
  ///
  /// @param people how identities begin a session at the authorization server
  /// @throws IOException where something stands where it may not be called, in words
  SignIn signIn(IdentitiesFile.Flow flow, Map<String, Identity.Login> people) throws IOException {
    IdentitiesFile.Callback said = flow.callback();
    String start = said == null ? null : said.start();
    String path = said == null ? null : said.path();
    return new SignIn(
        target.root(),
        start == null ? null : endpoint(start),
        path == null ? null : endpoint(path),
        said == null ? List.of() : said.next(),
        people);
  }

  private static @Nullable String said(
      @Nullable String stated, @Nullable Answer metadata, String name) {
    return stated != null || metadata == null
        ? stated
        : Json.scalar(Json.at(metadata.json(), List.of(name)));
  }

  private Answer metadata(String issuer) throws IOException {
    URI address = permitted(issuer);
    String origin = address.getScheme() + "://" + address.getRawAuthority();
    String path = address.getRawPath() == null ? "" : address.getRawPath().replaceAll("/+$", "");
    int status = 0;
    for (String each :
        List.of(
            origin + "/.well-known/oauth-authorization-server" + path,
            origin + path + "/.well-known/openid-configuration")) {
      Answer answer = courier.send(Errand.get("metadata", Identity.NOBODY, each));
      String said = Json.scalar(Json.at(answer.json(), List.of("issuer")));
      if (answer.ok() && issuer.equals(said)) {
        return answer;
      }
      if (answer.ok() && said != null) {
        throw new IOException("the metadata of `" + issuer + "` is another issuer's");
      }
      status = answer.status();
    }
    throw new IOException("the metadata of `" + issuer + "` is answered " + status);
  }

  /// Where a path below the target, or an address, stands.
  Endpoint endpoint(String text) throws IOException {
    if (text.startsWith("/")) {
      return new Endpoint(text, target.root() + text);
    }
    String address = permitted(text).toString();
    boolean below = address.startsWith(target.root() + "/");
    return new Endpoint(below ? address.substring(target.root().length()) : "", address);
  }

  private URI permitted(String text) throws IOException {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("`" + text + "` is no address", wrong);
    }
    if (address.getHost() == null || !target.permits(address)) {
      throw new IOException(
          "`oauth` is at `"
              + Target.authority(address)
              + "`, which is not to be called; name it by `--allow`");
    }
    return address;
  }

  private OAuth.Client client(String id, IdentitiesFile.Client client) throws IOException {
    String method = client.authentication();
    if (method == null) {
      method =
          client.key() != null
              ? "private_key_jwt"
              : client.secret() != null ? "client_secret_basic" : "none";
    }
    return new OAuth.Client(
        client.redirectUri(),
        switch (method) {
          case "none" -> new Authentication.None();
          case "client_secret_basic" -> new Authentication.Basic(secret(id, client.secret()));
          case "client_secret_post" -> new Authentication.Post(secret(id, client.secret()));
          case "private_key_jwt" -> new Authentication.Key(key(id, client.key()), client.keyId());
          default ->
              throw new IOException(
                  "`"
                      + id
                      + "` has the authentication `"
                      + method
                      + "`; there are `none`, `client_secret_basic`, `client_secret_post` and"
                      + " `private_key_jwt`");
        });
  }

  private String secret(String id, @Nullable String secret) throws IOException {
    if (secret == null) {
      throw new IOException("the client `" + id + "` has no `secret`");
    }
    String filled = filling.of(secret);
    courier.hide(filled);
    return filled;
  }

  private PrivateKey key(String id, @Nullable String key) throws IOException {
    if (key == null) {
      throw new IOException("the client `" + id + "` has no `key`");
    }
    String base64 = filling.of(key).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm)
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      } catch (GeneralSecurityException | IllegalArgumentException other) {
        continue;
      }
    }
    throw new IOException(
        "the `key` of the client `" + id + "` is no private key in PEM (PKCS #8), RSA or P-256");
  }
}
