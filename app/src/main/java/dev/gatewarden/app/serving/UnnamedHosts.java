package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.gateway.transport.Listener;
import dev.gatewarden.gateway.transport.Settings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// APIs at hosts that no certificate of the gate names: nothing that they are shown is good for
/// their callers.
final class UnnamedHosts {
  private UnnamedHosts() {}

  /// A warning for each; none where callers speak plain text, or the certificates cannot be shown
  /// at all, which is told elsewhere.
  static List<Problem> in(Reading reading, Settings.@Nullable Tls tls, InstantSource clock) {
    Map<String, String> hosts = new TreeMap<>();
    reading
        .configuration()
        .apis()
        .forEach(
            (name, api) -> {
              String host = api.at().host();
              if (host != null) {
                hosts.put(name, host);
              }
            });
    if (tls == null || hosts.isEmpty()) {
      return List.of();
    }
    Set<String> unnamed;
    try {
      unnamed = Listener.unnamed(tls, Set.copyOf(hosts.values()), clock);
    } catch (IOException unfit) {
      return List.of();
    }
    List<Problem> warnings = new ArrayList<>();
    hosts.forEach(
        (name, host) -> {
          if (unnamed.contains(host)) {
            warnings.add(
                new Problem(
                    Places.nearest(reading.source(), "apis", name, "at", "host").place(),
                    "no certificate below `listen.public.tls` names `"
                        + host
                        + "`: callers of `"
                        + name
                        + (tls.strict() ? "` are hung up on" : "` are shown that of another host"),
                    "add one that does"));
          }
        });
    return warnings;
  }
}
