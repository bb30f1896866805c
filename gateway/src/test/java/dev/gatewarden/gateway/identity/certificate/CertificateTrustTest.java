package dev.gatewarden.gateway.identity.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.CertificateVerifier.Fault;
import dev.gatewarden.core.identity.CertificateVerifier.Verification;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings.Known;
import dev.gatewarden.gateway.identity.certificate.CertificateSettings.Naming;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTrustTest {
  private static Authority root;

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;
  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @BeforeAll
  static void make() {
    root = Authority.root("root");
  }

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private CertificateTrust trust(String bundle, Naming naming, Map<String, Known> known)
      throws IOException {
    Files.writeString(folder.resolve("ca.pem"), bundle);
    boolean lists = Files.exists(folder.resolve("ca.crl"));
    return new CertificateTrust(
        new CertificateSettings(
            "partners",
            List.of(folder.resolve("ca.pem")),
            lists ? List.of(folder.resolve("ca.crl")) : List.of(),
            Duration.ZERO,
            naming,
            naming == Naming.SPIFFE ? "prod.example" : null,
            known),
        clock,
        pool);
  }

  private CertificateTrust trust(Naming naming) throws IOException {
    return trust(root.pem(), naming, Map.of());
  }

  private static Verification verified(CertificateTrust trust, List<X509Certificate> chain)
      throws Exception {
    FutureTask<Verification> task = new FutureTask<>(() -> trust.verify(chain));
    Thread.ofVirtual().start(task);
    return task.get();
  }

  private static String outcome(CertificateTrust trust, Issued issued) throws Exception {
    return outcome(trust, issued.chain());
  }

  private static String outcome(CertificateTrust trust, List<X509Certificate> chain)
      throws Exception {
    return switch (verified(trust, chain)) {
      case Verification.Verified(var proof) -> new java.util.TreeMap<>(proof.facets()).toString();
      case Verification.Refused(Fault fault) -> fault.name();
    };
  }

  @Test
  void follows_a_chain_through_issuers_in_any_order_with_or_without_the_root() throws Exception {
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Authority between = root.below(Wish.client("CN=between"));
    Authority last = between.below(Wish.client("CN=last"));
    Issued own = last.issue(Wish.client("CN=x", "dns:Shop.Partner.example"));

    assertThat(outcome(trust, own)).isEqualTo("{CLIENT=shop.partner.example}");
    List<X509Certificate> odd = new ArrayList<>(own.chain().reversed());
    odd.remove(own.certificate());
    odd.addFirst(own.certificate());
    odd.add(root.certificate());
    assertThat(outcome(trust, odd)).isEqualTo("{CLIENT=shop.partner.example}");
    assertThat(outcome(trust, List.of(own.certificate()))).isEqualTo("UNTRUSTED");
  }

  @Test
  void takes_an_issuer_in_the_middle_as_the_end_of_the_path() throws Exception {
    Authority between = root.below(Wish.client("CN=between"));
    CertificateTrust trust = trust(between.pem(), Naming.SAN_DNS, Map.of());

    assertThat(outcome(trust, between.issue(Wish.client("CN=x", "dns:a.example"))))
        .isEqualTo("{CLIENT=a.example}");
    assertThat(outcome(trust, root.issue(Wish.client("CN=x", "dns:a.example"))))
        .isEqualTo("UNTRUSTED");
  }

  @Test
  void holds_issuers_to_the_names_they_may_issue_for() throws Exception {
    Authority bounded = Authority.root(Wish.client("CN=bounded").issuing("partner.example"));
    Authority below = root.below(Wish.client("CN=below").issuing("partner.example"));
    CertificateTrust trust = trust(bounded.pem() + root.pem(), Naming.SAN_DNS, Map.of());

    for (Authority each : List.of(bounded, below)) {
      assertThat(outcome(trust, each.issue(Wish.client("CN=x", "dns:a.partner.example"))))
          .isEqualTo("{CLIENT=a.partner.example}");
      assertThat(outcome(trust, each.issue(Wish.client("CN=x", "dns:a.other.example"))))
          .isEqualTo("UNTRUSTED");
    }
  }

  @Test
  void takes_no_certificate_that_was_made_for_something_else_or_is_weak() throws Exception {
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Wish wish = Wish.client("CN=x", "dns:a.example");

    assertThat(outcome(trust, root.issue(wish.purpose(Wish.SERVER)))).isEqualTo("PURPOSE");
    assertThat(outcome(trust, root.issue(wish.silent()))).isEqualTo("PURPOSE");
    assertThat(outcome(trust, root.issue(wish.issuing(null)))).isEqualTo("PURPOSE");
    assertThat(outcome(trust, root.issue(wish.rsa(1024)))).isEqualTo("WEAK");
    assertThat(outcome(trust, root.issue(wish.rsa(2048)))).isEqualTo("{CLIENT=a.example}");
    assertThat(outcome(trust, root.issue(wish.purpose(null)))).isEqualTo("{CLIENT=a.example}");
    Issued forged = Authority.root("root").issue(wish);
    assertThat(outcome(trust, forged)).isEqualTo("UNTRUSTED");
    // A client that issues for itself is no issuer.
    Issued client = root.issue(wish);
    Authority posing = new Authority(client.keys(), client.certificate(), client.chain());
    assertThat(outcome(trust, posing.issue(Wish.client("CN=y", "dns:b.example"))))
        .isEqualTo("UNTRUSTED");
  }

  @Test
  void reads_one_name_of_the_kind_that_counts() throws Exception {
    Wish all =
        Wish.client("CN=shop", "dns:a.example", "uri:https://a.example/x", "email:ann@a.example");
    Issued issued = root.issue(all);
    assertThat(outcome(trust(Naming.SAN_DNS), issued)).isEqualTo("{CLIENT=a.example}");
    assertThat(outcome(trust(Naming.SAN_URI), issued)).isEqualTo("{CLIENT=https://a.example/x}");
    assertThat(outcome(trust(Naming.SAN_EMAIL), issued)).isEqualTo("{SUBJECT=ann@a.example}");
    assertThat(outcome(trust(Naming.SUBJECT), issued)).isEqualTo("{CLIENT=CN=shop}");
    assertThat(outcome(trust(Naming.SPIFFE), issued)).isEqualTo("MALFORMED_NAME");

    assertThat(outcome(trust(Naming.SAN_DNS), root.issue(all.and("dns:b.example"))))
        .isEqualTo("SEVERAL_NAMES");
    assertThat(outcome(trust(Naming.SAN_DNS), root.issue(Wish.client("CN=a.example"))))
        .isEqualTo("NO_NAME");
    assertThat(outcome(trust(Naming.SAN_DNS), root.issue(Wish.client("CN=x", "dns:*.example"))))
        .isEqualTo("MALFORMED_NAME");
    assertThat(
            outcome(
                trust(Naming.SPIFFE),
                root.issue(Wish.client("CN=x", "uri:spiffe://prod.example/a/b"))))
        .isEqualTo("{WORKLOAD=spiffe://prod.example/a/b}");
    assertThat(
            outcome(
                trust(Naming.SPIFFE),
                root.issue(Wish.client("CN=x", "uri:spiffe://test.example/a"))))
        .isEqualTo("TRUST_DOMAIN");
  }

  @Test
  void gives_those_it_knows_what_they_may_be() throws Exception {
    CertificateTrust trust =
        trust(
            root.pem(),
            Naming.SAN_DNS,
            Map.of("a.example", new Known("acme", "north", Set.of("partner"), Set.of("orders"))));
    Verification answer = verified(trust, root.issue(Wish.client("CN=x", "dns:a.example")).chain());

    assertThat(answer).isInstanceOf(Verification.Verified.class);
    var proof = ((Verification.Verified) answer).proof();
    assertThat(proof.facets()).isEqualTo(Map.of(Facet.CLIENT, "acme"));
    assertThat(proof.tenant()).isEqualTo("north");
    assertThat(proof.roles()).containsExactly("partner");
    assertThat(proof.scopes()).containsExactly("orders");
    assertThat(outcome(trust, root.issue(Wish.client("CN=x", "dns:b.example"))))
        .isEqualTo("UNKNOWN_NAME");
  }

  @Test
  void answers_on_an_event_loop_what_it_knows_and_nothing_else() throws Exception {
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Issued issued = root.issue(Wish.client("CN=x", "dns:a.example"));

    assertThatThrownBy(() -> trust.verify(issued.chain())).isSameAs(WouldWait.INSTANCE);
    Verification first = verified(trust, issued.chain());
    assertThat(trust.verify(issued.chain())).isSameAs(first);
  }

  @Test
  void lets_nobody_in_longer_than_the_certificate_holds() throws Exception {
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Issued issued = root.issue(Wish.client("CN=x", "dns:a.example"));
    Lease lease = ((Verification.Verified) verified(trust, issued.chain())).proof().lease();

    Instant end = issued.certificate().getNotAfter().toInstant();

    assertThat(lease.until()).isBetween(end.minusSeconds(60), end);
    now.set(end);
    assertThat(lease.holdsAt(now.get())).isFalse();
    assertThat(outcome(trust, issued)).isEqualTo("EXPIRED");
  }

  @Test
  void puts_out_who_was_let_in_by_what_is_revoked_now() throws Exception {
    Path list = folder.resolve("ca.crl");
    Files.writeString(list, root.revoking());
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Issued issued = root.issue(Wish.client("CN=x", "dns:a.example"));
    Issued other = root.issue(Wish.client("CN=y", "dns:b.example"));
    Lease lease = ((Verification.Verified) verified(trust, issued.chain())).proof().lease();
    Lease others = ((Verification.Verified) verified(trust, other.chain())).proof().lease();

    Files.writeString(list, root.revoking(issued.certificate()));
    trust.refresh();

    assertThat(lease.holdsAt(now.get())).isFalse();
    assertThat(others.holdsAt(now.get())).isTrue();
    assertThat(outcome(trust, issued)).isEqualTo("REVOKED");
    assertThat(lease.and(Lease.UNBOUNDED).holdsAt(now.get())).isFalse();
  }

  @Test
  void puts_out_everybody_when_its_revocation_list_has_grown_old() throws Exception {
    Instant end = now.get().plus(Duration.ofHours(1));
    Files.writeString(
        folder.resolve("ca.crl"), root.revoking(now.get().minus(Duration.ofHours(1)), end));
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Issued issued = root.issue(Wish.client("CN=x", "dns:a.example"));
    Lease lease = ((Verification.Verified) verified(trust, issued.chain())).proof().lease();

    now.set(end.plusSeconds(1));
    assertThat(outcome(trust, issued)).isEqualTo("REVOCATION_UNKNOWN");
    trust.refresh();
    assertThat(lease.holdsAt(now.get())).isFalse();
  }

  @Test
  void believes_no_revocation_list_that_somebody_else_signed() throws Exception {
    Files.writeString(folder.resolve("ca.crl"), Authority.root("root").revoking());
    Issued issued = root.issue(Wish.client("CN=x", "dns:a.example"));

    assertThat(outcome(trust(Naming.SAN_DNS), issued)).isEqualTo("REVOCATION_UNKNOWN");
  }

  @Test
  void keeps_what_it_read_when_the_files_are_spoiled() throws Exception {
    CertificateTrust trust = trust(Naming.SAN_DNS);
    Issued issued = root.issue(Wish.client("CN=x", "dns:a.example"));

    Files.writeString(folder.resolve("ca.pem"), "spoiled");
    trust.refresh();
    assertThat(outcome(trust, issued)).isEqualTo("{CLIENT=a.example}");

    Files.writeString(folder.resolve("ca.pem"), Authority.root("another").pem());
    trust.refresh();
    assertThat(outcome(trust, issued)).isEqualTo("UNTRUSTED");
  }

  @Test
  void refuses_to_begin_with_files_that_hold_no_issuers() {
    Issued client = root.issue(Wish.client("CN=x"));
    for (String bundle : List.of("", "nonsense", client.pem())) {
      assertThatThrownBy(() -> trust(bundle, Naming.SAN_DNS, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ca.pem");
    }
  }
}
