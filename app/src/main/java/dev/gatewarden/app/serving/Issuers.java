package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.ExceptionEntry.Allows;
import dev.gatewarden.app.configuration.Introspection;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.identity.Possession;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.identity.Algorithm;
import dev.gatewarden.gateway.identity.ClaimPointer;
import dev.gatewarden.gateway.identity.DecryptionKey;
import dev.gatewarden.gateway.identity.Excuse;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.KeySource;
import dev.gatewarden.gateway.identity.status.Demands;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `issuers` of a configuration, ready to prove tokens.
final class Issuers {
  private final Making making;

  private Issuers(Making making) {
    this.making = making;
  }

  static Map<String, Prover> of(Making making) {
    Issuers issuers = new Issuers(making);
    Map<String, Prover> byName = new HashMap<>();
    making
        .reading()
        .configuration()
        .issuers()
        .forEach(
            (name, issuer) -> {
              IssuerSettings settings = issuers.settings(name, issuer);
              TokenVerifier verifier =
                  settings == null ? null : issuers.verifier(name, issuer, settings);
              if (settings != null && verifier != null) {
                making.issuers().put(name, settings);
                byName.put(name, new Prover.Tokens(verifier, issuers.possession(issuer)));
              }
            });
    return byName;
  }

  /// Who proves the tokens of one issuer; null when something is wrong with it.
  static @Nullable TokenVerifier one(Making making, String name) {
    Issuer issuer = making.reading().configuration().issuers().get(name);
    Issuers issuers = new Issuers(making);
    IssuerSettings settings = issuer == null ? null : issuers.settings(name, issuer);
    return issuer == null || settings == null ? null : issuers.verifier(name, issuer, settings);
  }

  private @Nullable TokenVerifier verifier(String name, Issuer issuer, IssuerSettings settings) {
    Introspection asking = issuer.introspection();
    return asking == null
        ? making.world().verifier(settings, demands(issuer))
        : new Delegations(making).asking(name, issuer, asking, settings, demands(issuer));
  }

  private @Nullable IssuerSettings settings(String name, Issuer issuer) {
    Set<Algorithm> algorithms = EnumSet.noneOf(Algorithm.class);
    for (Issuer.Algorithm algorithm : issuer.algorithms()) {
      for (Algorithm known : Algorithm.values()) {
        if (known.jose().equals(algorithm.name())) {
          algorithms.add(known);
        }
      }
    }
    if (algorithms.isEmpty()) {
      // Every token of such an issuer is asked about, and no signature of its is ever checked.
      algorithms.add(Algorithm.RS256);
    }
    Set<String> types = new LinkedHashSet<>();
    issuer.acceptedTypes().forEach(type -> types.add(type.toString()));
    try {
      return new IssuerSettings(
          name,
          issuer.named(),
          issuer.audience(),
          algorithms,
          keys(name, issuer),
          types.isEmpty() ? IssuerSettings.ACCESS_TOKENS : types,
          naming(issuer),
          IssuerSettings.Bounds.of(issuer.clockSkew(), issuer.longest(), issuer.requireIat()),
          decryption(name, issuer),
          Set.copyOf(issuer.clients()),
          new Excuse(end(name, Allows.SHARED_SECRET), end(name, Allows.NO_AUDIENCE)));
    } catch (IOException absent) {
      making.wrong(String.valueOf(absent.getMessage()), "issuers", name, "secret");
      return null;
    } catch (IllegalArgumentException refused) {
      making.wrong(String.valueOf(refused.getMessage()), "issuers", name);
      return null;
    }
  }

  private static IssuerSettings.Naming naming(Issuer issuer) {
    String scopes = issuer.scopes();
    return new IssuerSettings.Naming(
        issuer.tenant() == null ? null : ClaimPointer.parse(issuer.tenant()),
        Set.copyOf(issuer.tenants()),
        ClaimPointer.parse(issuer.roles()),
        scopes == null ? IssuerSettings.Naming.SCOPES : List.of(ClaimPointer.parse(scopes)),
        IssuerSettings.Naming.CLIENT,
        crossing(issuer));
  }

  /// Which roles of an issuer's users cross tenants.
  private static IssuerSettings.Crossing crossing(Issuer issuer) {
    Issuer.Crossing said = issuer.crossing();
    return said == null
        ? IssuerSettings.Crossing.NOBODY
        : IssuerSettings.Crossing.of(said.roles(), said.tenants());
  }

  /// When the exception ends that lets the issuer's weak tokens in; null without one.
  private @Nullable Instant end(String name, Allows lacking) {
    for (ExceptionEntry entry : making.reading().configuration().exceptions()) {
      if (entry.excuses(name, lacking)) {
        return entry.end();
      }
    }
    return null;
  }

  private List<DecryptionKey> decryption(String name, Issuer issuer) {
    List<DecryptionKey> keys = new ArrayList<>();
    for (int i = 0; i < issuer.decrypt().size(); i++) {
      List<String> absent = making.secrets().absent();
      int before = absent == null ? 0 : absent.size();
      try {
        Secret file = making.secrets().read(issuer.decrypt().get(i));
        // A rehearsal goes on without what is not there.
        if (absent == null || absent.size() == before) {
          keys.addAll(DecryptionKey.in(file));
        }
      } catch (IOException | IllegalArgumentException wrong) {
        making.wrong(
            String.valueOf(wrong.getMessage()), "issuers", name, "decrypt", String.valueOf(i));
      }
    }
    return keys;
  }

  private Possession possession(Issuer issuer) {
    Issuer.Bound bound = issuer.bound();
    Possession.Demand demand =
        bound == null
            ? Possession.Demand.NONE
            : switch (bound) {
              case ANY -> Possession.Demand.ANY;
              case DPOP -> Possession.Demand.DPOP;
              case MTLS -> Possession.Demand.MTLS;
            };
    return new Possession(demand, making.world().proofs());
  }

  private static Demands demands(Issuer issuer) {
    return new Demands(
        issuer.once(),
        switch (issuer.status()) {
          case IGNORED -> Demands.Status.IGNORED;
          case CHECKED -> Demands.Status.CHECKED;
          case REQUIRED -> Demands.Status.REQUIRED;
        });
  }

  private KeySource keys(String name, Issuer issuer) throws IOException {
    SecretReference shared = issuer.secret();
    if (shared != null) {
      // In a rehearsal without it nothing is checked, so any secret that is long enough will do.
      return new KeySource.Shared(
          making.secrets().isStandIn(shared)
              ? Secret.of(name.repeat(64).substring(0, 64))
              : making.secrets().read(shared));
    }
    String keys = issuer.keys();
    if (keys == null) {
      return new KeySource.Discovered();
    }
    if (keys.contains("://")) {
      return new KeySource.Address(URI.create(keys));
    }
    String path = keys.startsWith("file:") ? keys.substring(5) : keys;
    return new KeySource.File(making.reading().folder().resolve(Path.of(path)).normalize());
  }
}
