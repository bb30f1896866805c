package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client of another make, OpenSSL, is told of sessions and early data.
class TlsSessionsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void make() throws Exception {
    Assumptions.assumeTrue(present(), "no openssl");
    Authority site = Authority.root("site");
    site.issue(Wish.server("CN=site", "dns:a.example", "dns:b.example")).in(folder, "site");
    Authority acme = Authority.root("acme");
    Files.writeString(folder.resolve("acme.pem"), acme.pem());
    Issued partner = acme.issue(Wish.client("CN=p", "uri:https://acme.example"));
    partner.in(folder, "partner");
  }

  private static boolean present() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static SecuredGate start(Echo service) throws IOException {
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
          second:
            contract: own.yaml
            at: {host: b.example, path: /}
            upstream: {to: ['%1$s'], identity: none}
            security: {cert: partners}
            tenancy: single
        """
            .formatted(service.uri()));
  }

  /// What OpenSSL says of one connection on which one thing is asked for.
  private static String talk(int port, String host, String version, String... more)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-servername",
                host,
                version,
                "-ign_eof"));
    line.addAll(List.of(more));
    Path out = folder.resolve("openssl.out");
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(
          ("GET /things HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      in.flush();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    return Files.readString(out, StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_session_is_resumed_at_its_own_host_alone() throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(service)) {
      for (String version : new String[] {"-tls1_3", "-tls1_2"}) {
        String first =
            talk(
                gate.port(),
                "a.example",
                version,
                "-cert",
                "partner.pem",
                "-key",
                "partner.key",
                "-sess_out",
                "session.pem");
        assertThat(first).contains("HTTP/1.1 200");

        String there = talk(gate.port(), "a.example", version, "-sess_in", "session.pem");
        assertThat(there).contains("Reused, TLSv1");

        String elsewhere = talk(gate.port(), "b.example", version, "-sess_in", "session.pem");
        assertThat(elsewhere).contains("New, TLSv1").contains("HTTP/1.1 401");
      }
    }
  }

  @Test
  void no_session_takes_early_data() throws Exception {
    try (Echo service = Echo.start();
        SecuredGate gate = start(service)) {
      String told =
          talk(
              gate.port(),
              "a.example",
              "-tls1_3",
              "-cert",
              "partner.pem",
              "-key",
              "partner.key",
              "-sess_out",
              "early.pem");
      assertThat(told).contains("Max Early Data: 0").doesNotContain("Early data was accepted");
    }
  }
}
