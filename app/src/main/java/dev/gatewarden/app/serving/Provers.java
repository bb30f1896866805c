package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sender;
import dev.gatewarden.core.identity.SignatureLayout;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.identity.Algorithm;
import dev.gatewarden.gateway.identity.ClaimPointer;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.KeySource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who proves what callers bring: the issuers and senders of a configuration, ready to be asked.
final class Provers {
  private static final String STANDARD_PREFIX = "whsec_";

  private final Reading reading;
  private final Secrets secrets;
  private final List<Problem> problems;
  private final Map<String, TokenVerifier> issuers = new HashMap<>();
  private final Map<String, Sender> senders = new HashMap<>();

  /// @param problems where what cannot be read is added
  /// @param verifier makes the verifier of one issuer
  Provers(
      Reading reading,
      Secrets secrets,
      List<Problem> problems,
      Function<IssuerSettings, TokenVerifier> verifier) {
    this.reading = reading;
    this.secrets = secrets;
    this.problems = problems;
    Configuration configuration = reading.configuration();
    configuration
        .issuers()
        .forEach(
            (name, issuer) -> {
              IssuerSettings settings = settings(name, issuer);
              if (settings != null) {
                issuers.put(name, verifier.apply(settings));
              }
            });
    configuration
        .senders()
        .forEach(
            (name, sender) -> {
              Sender ready = sender(name, sender);
              if (ready != null) {
                senders.put(name, ready);
              }
            });
  }

  /// The verifiers of an API by the name of the contract's scheme.
  Map<String, TokenVerifier> verifiers(Api api) {
    return byScheme(api, issuers);
  }

  /// The senders of an API by the name of the contract's scheme.
  Map<String, Sender> senders(Api api) {
    return byScheme(api, senders);
  }

  private static <T> Map<String, T> byScheme(Api api, Map<String, T> byName) {
    Map<String, T> byScheme = new HashMap<>();
    api.security()
        .forEach(
            (scheme, name) -> {
              T prover = byName.get(name);
              if (prover != null) {
                byScheme.put(scheme, prover);
              }
            });
    return byScheme;
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
    Set<String> types = new LinkedHashSet<>();
    issuer.types().forEach(type -> types.add(type.toString()));
    String scopes = issuer.scopes();
    try {
      return new IssuerSettings(
          name,
          issuer.url().toString(),
          issuer.audience(),
          algorithms,
          keys(issuer),
          types.isEmpty() ? IssuerSettings.ACCESS_TOKENS : types,
          issuer.tenant() == null ? null : ClaimPointer.parse(issuer.tenant()),
          ClaimPointer.parse(issuer.roles()),
          scopes == null ? IssuerSettings.SCOPES : List.of(ClaimPointer.parse(scopes)),
          IssuerSettings.CLIENT,
          issuer.clockSkew(),
          issuer.lifetime(),
          issuer.requireIat(),
          IssuerSettings.MOST_BYTES,
          IssuerSettings.REFRESH,
          IssuerSettings.STALE);
    } catch (IllegalArgumentException refused) {
      wrong(String.valueOf(refused.getMessage()), "issuers", name);
      return null;
    }
  }

  private KeySource keys(Issuer issuer) {
    String keys = issuer.keys();
    if (keys == null) {
      return new KeySource.Discovered();
    }
    if (keys.contains("://")) {
      return new KeySource.Address(URI.create(keys));
    }
    String path = keys.startsWith("file:") ? keys.substring(5) : keys;
    return new KeySource.File(reading.folder().resolve(Path.of(path)).normalize());
  }

  private @Nullable Sender sender(String name, dev.gatewarden.app.configuration.Sender configured) {
    List<Secret> known = new ArrayList<>();
    List<SecretReference> references = configured.secrets();
    boolean standard =
        configured.preset() == dev.gatewarden.app.configuration.Sender.Preset.STANDARD_WEBHOOKS;
    for (int i = 0; i < references.size(); i++) {
      try {
        Secret secret = secrets.read(references.get(i));
        known.add(standard ? decoded(secret) : secret);
      } catch (IOException absent) {
        wrong(said(absent), "senders", name, "secrets", String.valueOf(i));
      } catch (IllegalArgumentException broken) {
        wrong(
            "the secret begins with `whsec_` and is no base64",
            "senders",
            name,
            "secrets",
            String.valueOf(i));
      }
    }
    if (known.size() < references.size()) {
      return null;
    }
    try {
      return new Sender(name, layout(configured.preset()), known, configured.window());
    } catch (IllegalArgumentException refused) {
      wrong(String.valueOf(refused.getMessage()), "senders", name);
      return null;
    }
  }

  private static SignatureLayout layout(dev.gatewarden.app.configuration.Sender.Preset preset) {
    return switch (preset) {
      case STRIPE -> SignatureLayout.STRIPE;
      case GITHUB -> SignatureLayout.GITHUB;
      case SLACK -> SignatureLayout.SLACK;
      case STANDARD_WEBHOOKS -> SignatureLayout.STANDARD;
    };
  }

  /// Standard Webhooks hand secrets out as `whsec_` and base64; the key is what that encodes.
  private static Secret decoded(Secret secret) {
    String text = new String(secret.revealed(), StandardCharsets.UTF_8);
    return text.startsWith(STANDARD_PREFIX)
        ? Secret.of(Base64.getDecoder().decode(text.substring(STANDARD_PREFIX.length())))
        : secret;
  }

  private static String said(IOException fault) {
    return String.valueOf(fault.getMessage());
  }

  private void wrong(String message, String... path) {
    problems.add(new Problem(Places.nearest(reading.source(), path).place(), message));
  }
}
