package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Proves that one issuer signed a token that is no access token: an ID token, a logout token. What
/// its claims must say is for the asker to judge; nothing is cached.
public final class IssuerSignatures {
  private static final long PATIENCE_SECONDS = 20;

  private final IssuerSettings settings;
  private final IssuerKeys keys;
  private final Signatures signatures;
  private final ExecutorService pool;

  IssuerSignatures(
      IssuerSettings settings, IssuerKeys keys, Signatures signatures, ExecutorService pool) {
    this.settings = settings;
    this.keys = keys;
    this.signatures = signatures;
    this.pool = pool;
  }

  /// What a signature proves.
  public sealed interface Proved {
    /// The issuer said this.
    ///
    /// @param type the `typ` of the header, lower case, without `application/`; empty for none
    /// @param algorithm by its JOSE name, `RS256`
    record Said(String type, String algorithm, Map<String, Object> claims) implements Proved {}

    record Refused(Fault fault) implements Proved {}
  }

  /// Checks a signature. Waits, so it is for virtual threads alone.
  public Proved prove(String token) throws InterruptedException {
    if (token.length() > settings.bounds().mostBytes() * 2) {
      return new Proved.Refused(Fault.MALFORMED);
    }
    return switch (Jws.parse(token)) {
      case Jws.Parsed.Broken(Fault fault) -> new Proved.Refused(fault);
      case Jws.Parsed.Whole(Jws jws) when !settings.algorithms().contains(jws.algorithm()) ->
          new Proved.Refused(Fault.ALGORITHM);
      case Jws.Parsed.Whole(Jws jws) -> prove(jws);
    };
  }

  private Proved prove(Jws jws) throws InterruptedException {
    IssuerKeys.Found found = keys.find(jws.kid(), jws.algorithm());
    if (found instanceof IssuerKeys.Found.Unknown) {
      return new Proved.Refused(Fault.UNKNOWN_KEY);
    }
    if (!(found instanceof IssuerKeys.Found.Key(VerificationKey key, var _))) {
      return new Proved.Refused(Fault.KEYS_UNAVAILABLE);
    }
    try {
      boolean good =
          pool.submit(() -> signatures.verify(jws, key)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!good) {
        return new Proved.Refused(Fault.SIGNATURE);
      }
    } catch (RejectedExecutionException | TimeoutException e) {
      return new Proved.Refused(Fault.OVERLOADED);
    } catch (ExecutionException e) {
      throw new GatewardenBug("a token cannot be checked", e);
    }
    Map<String, Object> claims = StrictJson.object(jws.payload());
    return claims == null
        ? new Proved.Refused(Fault.MALFORMED)
        : new Proved.Said(jws.typ(), jws.algorithm().jose(), claims);
  }
}
