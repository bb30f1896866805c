package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate is renewed while the gate runs.
class OwnCertificateTest {
  private static final String HOST = "a.example";

  @TempDir private Path folder;

  @Test
  void a_renewed_certificate_is_shown_to_new_callers_and_costs_no_connection() throws Exception {
    Authority site = Authority.root("site");
    Issued first = site.issue(Wish.server("CN=site", "dns:" + HOST));
    Issued second = site.issue(Wish.server("CN=site", "dns:" + HOST));
    first.in(folder, "site");
    Authority acme = Authority.root("acme");
    Files.writeString(folder.resolve("acme.pem"), acme.pem());
    SSLContext partner =
        acme.issue(Wish.client("CN=p", "uri:https://acme.example")).presentedBy(site.certificate());
    try (Echo service = Echo.start();
        SecuredGate gate = start(service);
        SecuredGate.Line before = gate.to(HOST, partner)) {
      assertThat(before.get(HOST).status()).isEqualTo(200);
      assertThat(shown(gate, partner)).isEqualTo(first.certificate());

      second.in(folder, "site");
      assertThat(SecuredGate.eventually(() -> shown(gate, partner), second.certificate()::equals))
          .isEqualTo(second.certificate());
      assertThat(before.get(HOST).status()).isEqualTo(200);
      try (SecuredGate.Line after = gate.to(HOST, partner)) {
        assertThat(after.get(HOST).status()).isEqualTo(200);
      }

      Files.writeString(folder.resolve("site.key"), first.keyPem());
      Files.writeString(folder.resolve("site.pem"), "on its way");
      assertThat(shown(gate, partner)).isEqualTo(second.certificate());
      assertThat(before.get(HOST).status()).isEqualTo(200);
    }
  }

  private static Certificate shown(SecuredGate gate, SSLContext as) throws Exception {
    try (SSLSocket socket = gate.socket(HOST, as, "TLSv1.3", "http/1.1")) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private SecuredGate start(Echo service) throws Exception {
    return SecuredGate.start(
        folder,
        "{cert: {type: mutualTLS}}",
        "[{cert: []}]",
        """
        listen:
          public: {port: 0, bind: 127.0.0.1, tls: {certificate: site.pem, key: 'file:site.key'}}
          admin: {port: 0}
        certificates:
          partners: {trust: acme.pem, subject: san-uri}
        apis:
          first:
            contract: own.yaml
            at: {host: a.example, path: /}
            upstream: {to: ['%1$s'], identity: none}
            security: {cert: partners}
            tenancy: single
        """
            .formatted(service.uri()));
  }
}
