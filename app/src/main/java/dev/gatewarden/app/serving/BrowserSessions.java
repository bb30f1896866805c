package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.BrowserSession;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.PemKeys;
import dev.gatewarden.gateway.session.Client;
import dev.gatewarden.gateway.session.SessionSection;
import dev.gatewarden.gateway.session.SessionSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `sessions` of a configuration, ready to prove cookies, with what they answer by themselves.
final class BrowserSessions {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int CURVE_BITS = 256;

  private final Making making;

  private BrowserSessions(Making making) {
    this.making = making;
  }

  /// @param provers those that are known already, issuers among them
  static Map<String, Prover> of(Making making, Map<String, Prover> provers) {
    BrowserSessions sessions = new BrowserSessions(making);
    Map<String, Prover> byName = new HashMap<>();
    making
        .reading()
        .configuration()
        .sessions()
        .forEach(
            (name, session) -> {
              SessionSection section = sessions.section(name, session, provers);
              if (section != null) {
                making.own().put(name, section.routes());
                byName.put(name, new Prover.Browser(section.sessions()));
              }
            });
    return byName;
  }

  private @Nullable SessionSection section(
      String name, BrowserSession session, Map<String, Prover> provers) {
    IssuerSettings issuer = making.issuers().get(session.issuer());
    Client client = client(name, session.client());
    if (issuer == null
        || client == null
        || !(provers.get(session.issuer()) instanceof Prover.Tokens(var verifier, var _))) {
      return null;
    }
    SessionSettings settings =
        new SessionSettings(
            name,
            issuer.issuer(),
            client,
            session.at(),
            session.cookieNamed(name),
            session.sameSite() == BrowserSession.SameSite.STRICT,
            session.scopes(),
            session.parameters(),
            session.idle(),
            session.absolute(),
            issuer.bounds().skew(),
            session.afterLogout(),
            session.idTokenHint());
    return making.world().section(settings, verifier, issuer);
  }

  private @Nullable Client client(String name, BrowserSession.Client client) {
    SecretReference shared = client.secret();
    SecretReference own = client.key();
    if (shared != null) {
      Secret secret = secret(shared, name, "secret");
      return secret == null ? null : new Client(client.id(), new Client.Proof.Shared(secret));
    }
    Secret pem = own == null ? null : secret(own, name, "key");
    if (pem == null) {
      return null;
    }
    PrivateKey key = making.secrets().absent() == null ? key(pem) : null;
    if (key == null && making.secrets().absent() != null) {
      // A rehearsal has a stand-in where the file is missing.
      return new Client(client.id(), new Client.Proof.Shared(pem));
    }
    if (key == null) {
      making.wrong(
          "this is no private key in PKCS #8 PEM, RSA of 2048 bits or EC on P-256",
          "sessions",
          name,
          "client",
          "key");
      return null;
    }
    String kid = client.kid();
    return new Client(client.id(), new Client.Proof.Signing(key, kid == null ? "" : kid));
  }

  private @Nullable Secret secret(SecretReference reference, String name, String key) {
    try {
      return making.secrets().read(reference);
    } catch (IOException absent) {
      making.wrong(String.valueOf(absent.getMessage()), "sessions", name, "client", key);
      return null;
    }
  }

  private static @Nullable PrivateKey key(Secret pem) {
    List<PrivateKey> keys;
    try {
      keys = PemKeys.in(pem.revealed());
    } catch (GeneralSecurityException unreadable) {
      return null;
    }
    PrivateKey key = keys.isEmpty() ? null : keys.getFirst();
    boolean fits =
        switch (key) {
          case RSAPrivateKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
          case ECPrivateKey ec -> ec.getParams().getOrder().bitLength() == CURVE_BITS;
          case null, default -> false;
        };
    return fits ? key : null;
  }
}
