package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sender;
import dev.gatewarden.core.identity.SignatureLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `senders` of a configuration, ready to prove signed events.
final class Senders {
  private static final String STANDARD_PREFIX = "whsec_";

  private final Making making;

  private Senders(Making making) {
    this.making = making;
  }

  static Map<String, Prover> of(Making making) {
    Senders senders = new Senders(making);
    Map<String, Prover> byName = new HashMap<>();
    making
        .reading()
        .configuration()
        .senders()
        .forEach(
            (name, configured) -> {
              Sender sender = senders.sender(name, configured);
              if (sender != null) {
                byName.put(name, new Prover.Events(sender));
              }
            });
    return byName;
  }

  private @Nullable Sender sender(String name, dev.gatewarden.app.configuration.Sender configured) {
    List<Secret> known = new ArrayList<>();
    List<SecretReference> references = configured.secrets();
    boolean standard =
        configured.preset() == dev.gatewarden.app.configuration.Sender.Preset.STANDARD_WEBHOOKS;
    for (int i = 0; i < references.size(); i++) {
      try {
        Secret secret = making.secrets().read(references.get(i));
        known.add(standard ? decoded(secret) : secret);
      } catch (IOException absent) {
        making.wrong(
            String.valueOf(absent.getMessage()), "senders", name, "secrets", String.valueOf(i));
      } catch (IllegalArgumentException broken) {
        making.wrong(
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
      making.wrong(String.valueOf(refused.getMessage()), "senders", name);
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
}
