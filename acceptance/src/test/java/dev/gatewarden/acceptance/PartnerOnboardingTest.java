package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Pem;
import dev.gatewarden.testkit.certificates.Requests;
import dev.gatewarden.testkit.certificates.Wish;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A partner sends a certificate request, the operator signs it, and the partner comes in by it.
class PartnerOnboardingTest {
  private static final String NAME = "uri:https://acme.example/orders";

  @TempDir private static Path folder;
  private static Authority issuer;
  private static KeyPair partner;

  @BeforeAll
  static void make() throws Exception {
    issuer = Authority.root("issuer");
    Files.writeString(folder.resolve("ca.pem"), issuer.pem());
    Files.writeString(
        folder.resolve("ca.key"), Pem.of("PRIVATE KEY", issuer.keys().getPrivate().getEncoded()));
    partner = pair("EC", 256);
  }

  private static KeyPair pair(String kind, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static Program sign(String request, String... more) throws Exception {
    Files.writeString(folder.resolve("request.pem"), request);
    List<String> line =
        new ArrayList<>(
            List.of(
                "certificates",
                "sign",
                "request.pem",
                "--ca",
                "ca.pem",
                "--ca-key",
                "ca.key",
                "--for",
                "acme"));
    line.addAll(List.of(more));
    return Program.gatewarden(folder, line.toArray(String[]::new));
  }

  private static String request(KeyPair keys, KeyPair signing, String... names) {
    return Requests.pem(keys, signing.getPrivate(), List.of(names));
  }

  @Test
  @Requirement(id = "JWT-9", without = "client-certificate")
  void a_signed_request_opens_the_gate(@TempDir Path own) throws Exception {
    Program signed = sign(request(partner, partner, NAME), "--san", NAME, "--life", "30d");
    assertThat(signed.err()).isEmpty();
    assertThat(signed.code()).isZero();
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(signed.out().getBytes(StandardCharsets.US_ASCII)))) {
      chain.add((X509Certificate) each);
    }
    X509Certificate made = chain.getFirst();
    assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=acme");
    assertThat(made.getBasicConstraints()).isEqualTo(-1);
    assertThat(made.getExtendedKeyUsage()).containsExactly(Wish.CLIENT);
    assertThat(made.getNotAfter().toInstant())
        .isBetween(
            Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));

    Authority site = Authority.root("site");
    site.issue(Wish.server("CN=site", "dns:a.example")).in(own, "site");
    Files.writeString(own.resolve("ca.pem"), issuer.pem());
    try (Echo service = Echo.start();
        SecuredGate gate =
            SecuredGate.start(
                own,
                "{cert: {type: mutualTLS}}",
                "[{cert: []}]",
                """
                listen:
                  public: {port: 0, bind: 127.0.0.1, tls: {certificate: site.pem, key: 'file:site.key'}}
                  admin: {port: 0}
                certificates:
                  partners: {trust: ca.pem, subject: san-uri}
                apis:
                  own:
                    contract: own.yaml
                    at: {host: a.example, path: /}
                    upstream: {to: ['%s'], identity: none}
                    security: {cert: partners}
                    tenancy: single
                """
                    .formatted(service.uri()));
        SecuredGate.Line line =
            gate.to("a.example", new Issued(partner, chain).presentedBy(site.certificate()))) {
      assertThat(line.get("a.example").status()).isEqualTo(200);
    }
  }

  @Test
  void what_a_request_should_not_say_is_not_signed() throws Exception {
    KeyPair other = pair("EC", 256);
    KeyPair weak = pair("RSA", 1024);
    refused(sign(request(partner, other, NAME), "--san", NAME), "signature");
    refused(sign(request(weak, weak, NAME), "--san", NAME), "1024 bits");
    refused(sign(request(partner, partner, NAME), "--san", "uri:https://bolt.example"), NAME);
    refused(
        sign(request(partner, partner, NAME, "dns:admin.example"), "--san", NAME),
        "dns:admin.example");
    refused(sign(request(partner, partner), "--san", NAME), "no names");
    refused(sign(issuer.pem(), "--san", NAME), "request");
  }

  private static void refused(Program program, String why) {
    assertThat(program.code()).isEqualTo(1);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains("refused").contains(why);
  }
}
