package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.transport.upstream.Reach;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.walk.Walk;
import dev.gatewarden.testkit.Waiting;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS in front and behind: the gate in front of a gate, each with its own certificate.
@Timeout(60)
class TlsTest {
  @TempDir private static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate other;

  @BeforeAll
  static void make() throws Exception {
    localhost = TestCertificate.forName("localhost", folder);
    other = TestCertificate.forName("other.example", folder);
  }

  private static Bench bench(TestCertificate own, Reach reach) throws Exception {
    return new Bench(Bench.LIMITS, 1 << 20, new Settings.Tls(own.certificate(), own.key()), reach);
  }

  @Test
  void a_handshake_that_stalls_is_ended() throws Exception {
    Limits hasty = Bench.hasty(Duration.ofSeconds(1));
    Settings.Tls tls = new Settings.Tls(localhost.certificate(), localhost.key());
    try (Bench bench = new Bench(hasty, 1 << 20, tls, Reach.DEFAULT);
        RawPeer mute = bench.peer();
        RawPeer half = bench.peer()) {
      // The head of a record that promises a ClientHello of 512 bytes, and a few of them.
      half.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3});
      assertThat(mute.read()).isEqualTo(-1);
      assertThat(half.rest()).doesNotContain("HTTP");
      Waiting.until("both are gone", () -> bench.listener.connections() == 0);
      assertThat(bench.gate.begun).isEmpty();
    }
  }

  private static HttpClient client(HttpClient.Version version) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(localhost.certificate())) {
      trusted.setCertificateEntry(
          "x", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static HttpResponse<String> post(Bench bench, HttpClient.Version version)
      throws Exception {
    try (HttpClient client = client(version)) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + bench.listener.address().getPort() + "/o"))
              .POST(HttpRequest.BodyPublishers.ofString("question"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void speaks_the_protocol_that_was_negotiated_in_front_and_behind() throws Exception {
    try (Bench service = bench(localhost, Reach.DEFAULT);
        Bench gate = bench(localhost, Bench.trusting(localhost.certificate()))) {
      service.gate.admission =
          () -> new Walk.Admission.Answered(Reply.text(200, "text/plain", "answer"));
      gate.gate.upstreams =
          new Upstreams(
              "svc",
              List.of(
                  new Upstreams.Place(
                      InetSocketAddress.createUnresolved(
                          "localhost", service.listener.address().getPort()),
                      true,
                      "localhost")),
              false);
      for (HttpClient.Version version : HttpClient.Version.values()) {
        if (version != HttpClient.Version.HTTP_1_1 && version != HttpClient.Version.HTTP_2) {
          continue;
        }
        HttpResponse<String> response = post(gate, version);
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("answer");
        gate.gate.awaitEnd();
      }
      assertThat(gate.gate.begun).extracting(h -> h.protocol()).containsExactly("1.1", "2");
      assertThat(gate.gate.begun).allMatch(h -> h.peer().encrypted() && h.scheme().equals("https"));
      // Behind, HTTP/2 was agreed on each time.
      assertThat(service.gate.begun).extracting(h -> h.protocol()).containsExactly("2", "2");
      assertThat(gate.gate.walks.getLast().judgedBody).isEqualTo("question");
    }
  }

  @Test
  void refuses_a_service_whose_certificate_names_another_host_or_is_not_trusted() throws Exception {
    for (Path trusted : List.of(other.certificate(), localhost.certificate())) {
      try (Bench service = bench(other, Reach.DEFAULT);
          Bench gate = bench(localhost, Bench.trusting(trusted))) {
        gate.gate.upstreams =
            new Upstreams(
                "svc",
                List.of(new Upstreams.Place(service.listener.address(), true, "localhost")),
                false);
        assertThat(post(gate, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(502);
        assertThat(service.gate.begun).isEmpty();
      }
    }
  }

  @Test
  void closes_on_plain_text() throws Exception {
    try (Bench gate = bench(localhost, Reach.DEFAULT);
        RawPeer peer = gate.peer()) {
      peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(peer.rest()).doesNotContain("HTTP/1.1 200");
      assertThat(gate.gate.begun).isEmpty();
    }
  }
}
