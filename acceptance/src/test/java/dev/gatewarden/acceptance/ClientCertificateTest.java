package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.acceptance.state.OpenSocket;
import dev.gatewarden.acceptance.state.Things;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import dev.gatewarden.testkit.wire.H2Line;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers proved by client certificates, and what does not pass for one.
class ClientCertificateTest {
  private static final String A = "a.example";
  private static final String B = "b.example";

  @TempDir private static Path folder;
  private static Authority site;
  private static Authority acme;
  private static Authority bolt;
  private static Issued partner;
  private static SSLContext asPartner;

  @BeforeAll
  static void make() throws Exception {
    site = Authority.root("site");
    site.issue(Wish.server("CN=site", "dns:" + A, "dns:" + B, "ip:127.0.0.1")).in(folder, "site");
    acme = Authority.root("acme");
    bolt = Authority.root("bolt");
    partner = acme.issue(Wish.client("CN=partner", "uri:https://acme.example/orders"));
    asPartner = partner.presentedBy(site.certificate());
  }

  /// Two APIs, each with its own host and its own partners.
  private static SecuredGate start(Path own, String first, String more, Echo service)
      throws IOException {
    return start(own, first, more, service.uri());
  }

  private static SecuredGate start(Path own, String first, String more, URI service)
      throws IOException {
    Files.writeString(own.resolve("acme.pem"), acme.pem());
    Files.writeString(own.resolve("bolt.pem"), bolt.pem());
    return SecuredGate.start(
        own,
        "{cert: {type: mutualTLS}}",
        "[{cert: []}]",
        """
        listen:
          public: {port: 0, bind: 127.0.0.1, tls: {certificate: '%1$s/site.pem', key: 'file:%1$s/site.key'}}
          admin: {port: 0}
        certificates:
          partners: {trust: acme.pem, %2$s}
          others: {trust: bolt.pem, subject: san-uri}
        apis:
          first:
            contract: own.yaml
            at: {host: a.example, path: /}
            upstream: {to: ['%3$s'], identity: none}
            security: {cert: partners}
            tenancy: single
          second:
            contract: own.yaml
            at: {host: b.example, path: /}
            upstream: {to: ['%3$s'], identity: none}
            security: {cert: others}
            tenancy: single
        %4$s\
        """
            .formatted(folder, first, service, more));
  }

  private static int status(SecuredGate gate, String host, SSLContext as) throws IOException {
    try (SecuredGate.Line line = gate.to(host, as)) {
      return line.get(host).status();
    }
  }

  private static SSLContext as(Issued issued) {
    return issued.presentedBy(site.certificate());
  }

  @Test
  @Requirement(id = "JWT-9", without = "client-certificate")
  void a_certificate_proves_its_holder_at_the_api_of_its_issuer_alone(@TempDir Path own)
      throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service)) {
      assertThat(status(gate, A, asPartner)).isEqualTo(200);
      assertThat(status(gate, A, Issued.plain(site.certificate()))).isEqualTo(401);
      assertThat(status(gate, B, asPartner)).isEqualTo(401);
      Issued nameless = acme.issue(Wish.client("CN=partner"));
      Issued two =
          acme.issue(Wish.client("CN=p", "uri:https://a.example", "uri:https://b.example"));
      Issued server = acme.issue(Wish.server("CN=p", "uri:https://acme.example/orders"));
      Issued old =
          acme.issue(
              Wish.client("CN=p", "uri:https://acme.example/orders")
                  .within(Instant.EPOCH, Instant.now().minusSeconds(60)));
      for (Issued bad : new Issued[] {nameless, two, server, old}) {
        assertThat(status(gate, A, as(bad))).isEqualTo(401);
      }
      assertThat(gate.metrics())
          .contains("gatewarden_certificate_expiry_seconds{gatewarden_certificates=\"partners\"}")
          .contains("gatewarden_certificate_expiry_seconds{gatewarden_certificates=\"listen\"}");
      String lines = gate.decisions();
      assertThat(lines).contains("https://acme.example/orders");
      for (String why :
          new String[] {"UNTRUSTED", "NO_NAME", "SEVERAL_NAMES", "PURPOSE", "EXPIRED"}) {
        assertThat(lines).contains("client-certificate." + why);
      }
    }
  }

  @Test
  @Requirement(id = "JWT-9", without = "client-certificate")
  void workloads_are_known_by_their_spiffe_ids(@TempDir Path own) throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: spiffe, trust-domain: prod.example", "", service)) {
      assertThat(
              status(gate, A, as(acme.issue(Wish.client("CN=w", "uri:spiffe://prod.example/pay")))))
          .isEqualTo(200);
      for (String bad :
          new String[] {
            "spiffe://test.example/pay",
            "spiffe://prod.example/",
            "spiffe://prod.example/../pay",
            "spiffe://prod.example:8443/pay",
            "SPIFFE://prod.example/pay",
            "https://prod.example/pay"
          }) {
        assertThat(status(gate, A, as(acme.issue(Wish.client("CN=w", "uri:" + bad)))))
            .as(bad)
            .isEqualTo(401);
      }
      assertThat(gate.decisions()).contains("spiffe://prod.example/pay");
    }
  }

  @Test
  @Requirement(id = "JWT-9", without = "client-certificate")
  void a_connection_made_for_one_host_proves_nothing_at_another(@TempDir Path own)
      throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service)) {
      try (SecuredGate.Line line = gate.to(A, asPartner)) {
        assertThat(line.get(A).status()).isEqualTo(200);
        assertThat(line.get(B).status()).isEqualTo(421);
        assertThat(line.get(A).status()).isEqualTo(200);
      }
      try (SecuredGate.Line line = gate.to("", asPartner)) {
        assertThat(line.get(A).status()).isEqualTo(421);
      }
      try (SecuredGate.Line line = gate.to("c.example", asPartner)) {
        assertThat(line.get(A).status()).isEqualTo(421);
      }
    }
  }

  @Test
  void nor_do_the_coalesced_streams_of_http_2(@TempDir Path own) throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service);
        H2Line line = new H2Line(gate.socket(A, asPartner, "TLSv1.3", "h2"))) {
      assertThat(line.get(A, "/things")).isEqualTo(200);
      assertThat(line.get(B, "/things")).isEqualTo(421);
    }
  }

  @Test
  void revoking_takes_effect_without_a_restart_and_on_open_connections(@TempDir Path own)
      throws Exception {
    Files.writeString(own.resolve("acme.crl"), acme.revoking());
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "crls: acme.crl, subject: san-uri", "", service);
        SecuredGate.Line kept = gate.to(A, asPartner)) {
      assertThat(kept.get(A).status()).isEqualTo(200);

      Files.writeString(own.resolve("acme.crl"), acme.revoking(partner.certificate()));

      assertThat(SecuredGate.eventually(() -> kept.get(A).status(), s -> s != 200)).isEqualTo(401);
      assertThat(status(gate, A, asPartner)).isEqualTo(401);
      assertThat(gate.decisions()).contains("client-certificate.REVOKED");
    }
  }

  @Test
  @Requirement(id = "JWT-9", without = "held-connection")
  void revoking_says_goodbye_on_an_open_socket(@TempDir Path own) throws Exception {
    Files.writeString(own.resolve("acme.crl"), acme.revoking());
    try (Things things = new Things();
        SecuredGate gate = start(own, "crls: acme.crl, subject: san-uri", "", things.uri());
        OpenSocket socket =
            OpenSocket.on(gate.socket(A, asPartner, "TLSv1.3", "http/1.1"), A, "/things")) {
      Files.writeString(own.resolve("acme.crl"), acme.revoking(partner.certificate()));

      assertThat(socket.goodbye()).isEqualTo(1008);
    }
  }

  @Test
  void a_revocation_list_that_is_out_of_date_lets_nobody_in_unless_its_grace_does(@TempDir Path own)
      throws Exception {
    Instant now = Instant.now();
    Files.writeString(
        own.resolve("acme.crl"),
        acme.revoking(now.minus(Duration.ofDays(2)), now.minus(Duration.ofHours(1))));
    try (Echo service = Echo.start()) {
      try (SecuredGate gate = start(own, "crls: acme.crl, subject: san-uri", "", service)) {
        assertThat(status(gate, A, asPartner)).isEqualTo(401);
        assertThat(gate.decisions()).contains("client-certificate.REVOCATION_UNKNOWN");
      }
      try (SecuredGate gate =
          start(own, "crls: acme.crl, crl-grace: 1d, subject: san-uri", "", service)) {
        assertThat(status(gate, A, asPartner)).isEqualTo(200);
      }
    }
  }

  @Test
  void a_bundle_is_rotated_without_a_restart(@TempDir Path own) throws Exception {
    Authority next = Authority.root("acme next");
    SSLContext asNext =
        as(next.issue(Wish.client("CN=partner", "uri:https://acme.example/orders")));
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service)) {
      assertThat(status(gate, A, asNext)).isEqualTo(401);

      Files.writeString(own.resolve("acme.pem"), acme.pem() + next.pem());

      assertThat(SecuredGate.eventually(() -> status(gate, A, asNext), s -> s == 200))
          .isEqualTo(200);
      assertThat(status(gate, A, asPartner)).isEqualTo(200);

      Files.writeString(own.resolve("acme.pem"), "nonsense");
      assertThat(status(gate, A, asPartner)).isEqualTo(200);
      Files.writeString(own.resolve("acme.pem"), next.pem());

      assertThat(SecuredGate.eventually(() -> status(gate, A, asPartner), s -> s == 401))
          .isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-9", without = "client-certificate")
  void a_caller_that_is_not_among_the_known_is_nobody(@TempDir Path own) throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate =
            start(
                own,
                "subject: san-uri, known: {'https://acme.example/orders': {client: acme}}",
                "",
                service)) {
      assertThat(status(gate, A, asPartner)).isEqualTo(200);
      assertThat(status(gate, A, as(acme.issue(Wish.client("CN=x", "uri:https://acme.example/x")))))
          .isEqualTo(401);
      assertThat(gate.decisions()).contains("client-certificate.UNKNOWN_NAME").contains("acme");
    }
  }

  @Test
  void what_forwarders_write_of_certificates_is_nobodys_word_and_reaches_no_service(
      @TempDir Path own) throws Exception {
    String[] forged = {
      "Client-Cert: " + partner.header(),
      "Client-Cert-Chain: " + partner.header(),
      "X-Client-Cert: x",
      "X-SSL-Client-Verify: SUCCESS",
      "X-SSL-Client-S-DN: CN=partner",
      "SSL-Client-Cert: x",
      "X-Forwarded-Client-Cert: Hash=0;URI=https://acme.example/orders",
      "X-Amzn-Mtls-Clientcert: x",
      "X-Forwarded-Tls-Client-Cert: x"
    };
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service)) {
      try (SecuredGate.Line line = gate.to(A, Issued.plain(site.certificate()))) {
        assertThat(line.get(A, forged).status()).isEqualTo(401);
      }
      try (SecuredGate.Line line = gate.to(A, asPartner)) {
        assertThat(line.get(A, forged).status()).isEqualTo(200);
      }
      assertThat(service.last().headers().keySet())
          .noneMatch(name -> name.contains("cert") || name.contains("ssl") || name.contains("tls"));
    }
  }

  @Test
  @Requirement(id = "JWT-9", without = "client-certificate")
  void a_trusted_balancer_passes_the_callers_certificate_on(@TempDir Path own) throws Exception {
    Files.writeString(own.resolve("acme.pem"), acme.pem());
    for (boolean passing : new boolean[] {true, false}) {
      try (Echo service = Echo.start();
          SecuredGate gate = behindBalancer(own, service, passing)) {
        try (SecuredGate.Line line = gate.plain()) {
          assertThat(line.get(A, "Client-Cert: " + partner.header()).status())
              .isEqualTo(passing ? 200 : 401);
          assertThat(line.get(A).status()).isEqualTo(401);
        }
        try (SecuredGate.Line line = gate.plain()) {
          assertThat(line.get(A, "Client-Cert: nonsense").status()).isEqualTo(passing ? 400 : 401);
        }
        Issued stranger = bolt.issue(Wish.client("CN=x", "uri:https://acme.example/orders"));
        try (SecuredGate.Line line = gate.plain()) {
          assertThat(line.get(A, "Client-Cert: " + stranger.header()).status()).isEqualTo(401);
        }
      }
    }
  }

  /// @param passing whether the configuration says that the balancer passes certificates on
  private static SecuredGate behindBalancer(Path own, Echo service, boolean passing)
      throws IOException {
    return SecuredGate.start(
        own,
        "{cert: {type: mutualTLS}}",
        "[{cert: []}]",
        """
        listen:
          public: %s
          admin: {port: 0}
          trust: [%s]
          client-cert: true
        certificates:
          partners: {trust: acme.pem, subject: san-uri}
        apis:
          first:
            contract: own.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {cert: partners}
            tenancy: single
        """
            .formatted("{port: 0}", passing ? "127.0.0.0/8" : "198.51.100.0/24", service.uri()));
  }

  @Test
  void a_second_handshake_on_a_connection_ends_it(@TempDir Path own) throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service)) {
      SSLSocket socket = gate.socket(A, asPartner, "TLSv1.2", "http/1.1");
      try (SecuredGate.Line line = new SecuredGate.Line(socket)) {
        assertThat(line.get(A).status()).isEqualTo(200);
        assertThat(line.get(A).status()).isEqualTo(200);
        assertThatThrownBy(
                () -> {
                  socket.startHandshake();
                  line.get(A);
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void what_came_as_early_data_changes_nothing(@TempDir Path own) throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(own, "subject: san-uri", "", service);
        SecuredGate.Line line = gate.to(A, asPartner)) {
      assertThat(line.send("POST", A, "/things", "Early-Data: 1").status()).isEqualTo(425);
      assertThat(line.send("POST", A, "/things").status()).isEqualTo(200);
      assertThat(line.get(A, "Early-Data: 1").status()).isEqualTo(200);
    }
  }
}
