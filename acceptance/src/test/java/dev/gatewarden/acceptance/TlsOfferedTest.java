package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gate speaks with callers who encrypt, and what it does not.
class TlsOfferedTest {
  private final Authority site = Authority.root("site");
  @TempDir private Path folder;

  private SecuredGate start(Echo service, String tls, String more) throws IOException {
    return SecuredGate.start(
        folder,
        "{}",
        "[]",
        """
        listen:
          public: {port: 0, bind: 127.0.0.1, tls: %2$s%3$s}
          admin: {port: 0}
        apis:
          first:
            contract: own.yaml
            at: {path: /}
            upstream: {to: ['%1$s'], identity: none}
            tenancy: single
        """
            .formatted(service.uri(), tls, more));
  }

  private static String entry(String name) {
    return "{certificate: " + name + ".pem, key: 'file:" + name + ".key'}";
  }

  private Issued made(String name, Wish wish) throws IOException {
    Issued issued = site.issue(wish);
    issued.in(folder, name);
    return issued;
  }

  @Test
  @Requirement(id = "DAT-1", without = "modern-suites")
  void speaks_modern_versions_and_suites_alone() throws Exception {
    made("ec", Wish.server("CN=site", "dns:a.example"));
    made("rsa", Wish.server("CN=site", "dns:a.example").rsa(2048));
    Map<String, Integer> bad = new LinkedHashMap<>();
    bad.put("RSA_WITH_RC4_128_SHA", 0x0005);
    bad.put("RSA_WITH_3DES_EDE_CBC_SHA", 0x000a);
    bad.put("RSA_WITH_AES_128_CBC_SHA", 0x002f);
    bad.put("RSA_WITH_AES_128_GCM_SHA256", 0x009c);
    bad.put("DHE_RSA_WITH_AES_128_CBC_SHA", 0x0033);
    bad.put("DHE_RSA_WITH_AES_128_GCM_SHA256", 0x009e);
    bad.put("DH_anon_WITH_AES_128_GCM_SHA256", 0x00a6);
    bad.put("RSA_WITH_NULL_SHA256", 0x003b);
    bad.put("RSA_EXPORT_WITH_RC4_40_MD5", 0x0003);
    bad.put("ECDHE_ECDSA_WITH_AES_128_CBC_SHA", 0xc009);
    bad.put("ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xc013);
    bad.put("ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0xc023);
    bad.put("ECDHE_RSA_WITH_AES_256_CBC_SHA384", 0xc028);
    bad.put("ECDHE_RSA_WITH_RC4_128_SHA", 0xc011);
    bad.put("ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", 0xc012);
    bad.put("ECDH_RSA_WITH_AES_128_GCM_SHA256", 0xc031);
    try (Echo service = Echo.start();
        SecuredGate gate = start(service, "[" + entry("ec") + ", " + entry("rsa") + "]", "")) {
      int[] all = bad.values().stream().mapToInt(Integer::intValue).toArray();
      for (int old : new int[] {RawHello.SSL_3, RawHello.TLS_1_0, RawHello.TLS_1_1}) {
        assertThat(RawHello.told(gate.port(), old, "a.example", all)).doesNotStartWith("suite");
        assertThat(RawHello.told(gate.port(), old, "a.example", 0xc02b, 0xc02f))
            .doesNotStartWith("suite");
      }
      for (Map.Entry<String, Integer> each : bad.entrySet()) {
        assertThat(RawHello.told(gate.port(), RawHello.TLS_1_2, "a.example", each.getValue()))
            .as(each.getKey())
            .doesNotStartWith("suite");
      }
      // its own order counts, not the caller's
      assertThat(RawHello.told(gate.port(), RawHello.TLS_1_2, "a.example", 0xc009, 0xcca9, 0xc02b))
          .isEqualTo("suite c02b");
      assertThat(RawHello.told(gate.port(), RawHello.TLS_1_2, "a.example", 0xc013, 0xc02f))
          .isEqualTo("suite c02f");
      SSLContext trusting = Issued.plain(site.certificate());
      for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
        try (SSLSocket socket = gate.socket("a.example", trusting, version, "http/1.1")) {
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
      }
      try (SecuredGate.Line line = gate.to("a.example", trusting)) {
        assertThat(line.get("a.example").header("strict-transport-security"))
            .startsWith("max-age=");
      }
    }
  }

  @Test
  @Requirement(id = "DAT-1")
  void shows_each_host_its_own_certificate_and_answers_no_other_host_beside_it() throws Exception {
    X509Certificate a = made("a", Wish.server("CN=a", "dns:a.example")).certificate();
    X509Certificate b =
        made("b", Wish.server("CN=b", "dns:b.example", "dns:*.b.example")).certificate();
    SSLContext trusting = Issued.plain(site.certificate());
    try (Echo service = Echo.start();
        SecuredGate gate = start(service, "[" + entry("a") + ", " + entry("b") + "]", "")) {
      assertThat(shown(gate, "a.example", trusting)).isEqualTo(a);
      assertThat(shown(gate, "b.example", trusting)).isEqualTo(b);
      assertThat(shown(gate, "X.B.example", trusting)).isEqualTo(b);
      assertThat(shown(gate, "x.y.b.example", trusting)).isEqualTo(a);
      assertThat(shown(gate, "other.example", trusting)).isEqualTo(a);
      assertThat(shown(gate, "", trusting)).isEqualTo(a);

      try (SecuredGate.Line line = gate.to("b.example", trusting)) {
        assertThat(line.get("b.example").status()).isEqualTo(200);
        assertThat(line.get("x.b.example").status()).isEqualTo(200);
        assertThat(line.get("a.example").status()).isEqualTo(421);
      }
      try (SecuredGate.Line line = gate.to("other.example", trusting)) {
        assertThat(line.get("other.example").status()).isEqualTo(200);
        assertThat(line.get("b.example").status()).isEqualTo(421);
      }
      try (SecuredGate.Line line = gate.to("", trusting)) {
        assertThat(line.get("b.example:443").status()).isEqualTo(421);
      }
      assertThat(gate.decisions()).contains("router.MISDIRECTED");
    }
  }

  @Test
  @Requirement(id = "DAT-1")
  void hangs_up_on_hosts_that_no_certificate_names_where_it_is_told_to() throws Exception {
    made("a", Wish.server("CN=a", "dns:a.example"));
    SSLContext trusting = Issued.plain(site.certificate());
    try (Echo service = Echo.start();
        SecuredGate gate = start(service, entry("a"), ", unknown-host: refuse")) {
      assertThat(RawHello.told(gate.port(), RawHello.TLS_1_2, "other.example", 0xc02b))
          .isEqualTo("alert 112");
      assertThat(RawHello.told(gate.port(), RawHello.TLS_1_2, "", 0xc02b)).isEqualTo("alert 112");
      try (SecuredGate.Line line = gate.to("a.example", trusting)) {
        assertThat(line.get("a.example").status()).isEqualTo(200);
        assertThat(line.get("other.example").status()).isEqualTo(421);
      }
    }
  }

  @Test
  @Requirement(id = "DAT-1")
  void warns_of_an_api_at_a_host_that_no_certificate_names() throws Exception {
    made("a", Wish.server("CN=a", "dns:a.example", "dns:*.b.example"));
    try (Echo service = Echo.start();
        SecuredGate _ = start(service, entry("a"), "")) {
      Path file = folder.resolve("gatewarden.yaml");
      String text = Files.readString(file);
      for (String named : List.of("a.example", "x.b.example")) {
        Files.writeString(file, text.replace("at: {path: /}", "at: {host: " + named + "}"));
        Program sound = Program.gatewarden(folder, "check-config");
        assertThat(sound.code()).as(sound.out()).isZero();
        assertThat(sound.err()).doesNotContain("no certificate");
      }
      Files.writeString(file, text.replace("at: {path: /}", "at: {host: x.y.b.example}"));
      Program warned = Program.gatewarden(folder, "check-config");
      assertThat(warned.code()).as(warned.out()).isZero();
      assertThat(warned.err())
          .contains("no certificate below `listen.public.tls` names `x.y.b.example`")
          .contains("gatewarden.yaml:");
    }
  }

  @Test
  @Requirement(id = "DAT-1")
  void serves_no_certificate_that_callers_should_not_trust() throws Exception {
    Instant now = Instant.now();
    Wish good = Wish.server("CN=a", "dns:a.example");
    refused(good.rsa(1024), "its RSA key has 1024 bits");
    refused(
        good.within(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))), "expired on");
    refused(
        good.within(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9))), "not good before");
    refused(good.purpose(Wish.CLIENT), "it was not issued for a server");
    made("a", good);
    made("b", good);
    try (Echo service = Echo.start()) {
      assertThatThrownBy(() -> start(service, "[" + entry("a") + ", " + entry("b") + "]", ""))
          .hasMessageContaining("two certificates with `EC` keys name `a.example`");
    }
  }

  private void refused(Wish wish, String why) throws IOException {
    made("a", wish);
    try (Echo service = Echo.start()) {
      assertThatThrownBy(() -> start(service, entry("a"), ""))
          .hasMessageContaining("a.pem")
          .hasMessageContaining(why);
      Program check = Program.gatewarden(folder, "check-config");
      assertThat(check.code()).isEqualTo(1);
      assertThat(check.out()).contains("gatewarden.yaml:3:").contains(why);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  private static X509Certificate shown(SecuredGate gate, String host, SSLContext as)
      throws IOException {
    try (SSLSocket socket = gate.socket(host, as, "TLSv1.3", "http/1.1")) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
