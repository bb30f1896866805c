package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ClientCertificates;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.app.configuration.Location;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings;
import dev.gatewarden.gateway.transport.Asking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `certificates` of a configuration, ready to prove client certificates, and of whom one is
/// asked.
final class Certificates {
  private Certificates() {}

  static Map<String, Prover> of(Making making) {
    Path folder = making.reading().folder();
    Map<String, Prover> byName = new HashMap<>();
    making
        .reading()
        .configuration()
        .certificates()
        .forEach(
            (name, configured) -> {
              try {
                byName.put(
                    name,
                    new Prover.Certificates(
                        making.world().certificates(settings(name, configured, folder))));
              } catch (IOException unreadable) {
                making.wrong(String.valueOf(unreadable.getMessage()), "certificates", name);
              }
            });
    return byName;
  }

  private static CertificateSettings settings(
      String name, ClientCertificates configured, Path folder) {
    Map<String, CertificateSettings.Known> known = new HashMap<>();
    configured
        .known()
        .forEach(
            (caller, said) ->
                known.put(
                    caller,
                    new CertificateSettings.Known(
                        said.client(),
                        said.tenant(),
                        new HashSet<>(said.roles()),
                        new HashSet<>(said.scopes()))));
    return new CertificateSettings(
        name,
        in(configured.trust(), folder),
        in(configured.crls(), folder),
        configured.crlGrace(),
        switch (configured.subject()) {
          case SAN_URI -> CertificateSettings.Naming.SAN_URI;
          case SAN_DNS -> CertificateSettings.Naming.SAN_DNS;
          case SAN_EMAIL -> CertificateSettings.Naming.SAN_EMAIL;
          case SUBJECT -> CertificateSettings.Naming.SUBJECT;
          case SPIFFE -> CertificateSettings.Naming.SPIFFE;
        },
        configured.trustDomain(),
        known);
  }

  private static List<Path> in(List<Location> files, Path folder) {
    return files.stream().map(file -> file.in(folder)).toList();
  }

  /// Of whom the handshake asks for a certificate: callers of the hosts whose contracts name one,
  /// or
  /// whose issuers bind tokens to one.
  static Asking asking(Configuration configuration, Map<String, Contract> contracts) {
    Set<String> hosts = new HashSet<>();
    boolean everywhere = false;
    for (Map.Entry<String, Api> each : configuration.apis().entrySet()) {
      if (asks(configuration, each.getValue(), contracts.get(each.getKey()))) {
        String host = each.getValue().at().host();
        if (host == null) {
          everywhere = true;
        } else {
          hosts.add(host);
        }
      }
    }
    return new Asking(hosts, everywhere);
  }

  private static boolean asks(Configuration configuration, Api api, @Nullable Contract contract) {
    for (Map.Entry<String, String> proved : api.security().entrySet()) {
      SecurityScheme scheme = contract == null ? null : contract.schemes().get(proved.getKey());
      if (scheme != null && scheme.kind() instanceof SecurityScheme.MutualTls) {
        return true;
      }
      Issuer issuer = configuration.issuers().get(proved.getValue());
      Issuer.Bound bound = issuer == null ? null : issuer.bound();
      if (bound == Issuer.Bound.MTLS || bound == Issuer.Bound.ANY) {
        return true;
      }
    }
    return false;
  }
}
