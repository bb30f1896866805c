package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedTlsTest {
  private static final Wish SITE = Wish.server("CN=site", "dns:a.example");
  private final Authority authority = Authority.root("site");
  private final Issued first = authority.issue(SITE);
  private final Issued second = authority.issue(SITE);
  @TempDir private Path folder;

  @FunctionalInterface
  private interface Spoiling {
    void write() throws IOException;
  }

  private ServedTls served() throws IOException {
    return new ServedTls(
        new Settings.Tls(folder.resolve("own.pem"), folder.resolve("own.key")),
        InstantSource.system());
  }

  @Test
  void shows_a_new_certificate_once_its_files_rest() throws Exception {
    first.in(folder, "own");
    ServedTls served = served();
    SslContext before = served.map("a.example");
    assertThat(served.refresh()).isEqualTo(first.chain());
    assertThat(served.map(null)).isSameAs(before);

    second.in(folder, "own");
    assertThat(served.refresh()).isEqualTo(first.chain());
    assertThat(served.map("a.example")).isSameAs(before);
    assertThat(served.refresh()).isEqualTo(second.chain());
    SslContext after = served.map("a.example");
    assertThat(after).isNotSameAs(before);
    assertThat(served.refresh()).isEqualTo(second.chain());
    assertThat(served.map("a.example")).isSameAs(after);
  }

  @Test
  void keeps_the_certificate_before_where_the_files_are_no_good() throws Exception {
    first.in(folder, "own");
    ServedTls served = served();
    SslContext before = served.map("a.example");
    Instant now = Instant.now();
    Map<String, Spoiling> spoilings = new LinkedHashMap<>();
    spoilings.put(
        "the key of another", () -> Files.writeString(folder.resolve("own.key"), second.keyPem()));
    spoilings.put("no certificate", () -> Files.writeString(folder.resolve("own.pem"), "soon"));
    spoilings.put("nothing", () -> Files.writeString(folder.resolve("own.pem"), ""));
    spoilings.put("no key", () -> Files.writeString(folder.resolve("own.key"), first.pem()));
    spoilings.put(
        "half a key",
        () ->
            Files.writeString(
                folder.resolve("own.key"),
                first.keyPem().replaceFirst("(?s)(KEY-----.{30}).*(-----END)", "$1\n$2")));
    spoilings.put("no file", () -> Files.delete(folder.resolve("own.key")));
    spoilings.put(
        "one that expired",
        () ->
            authority
                .issue(SITE.within(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))))
                .in(folder, "own"));
    spoilings.put(
        "one of next week",
        () ->
            authority
                .issue(SITE.within(now.plus(Duration.ofDays(7)), now.plus(Duration.ofDays(9))))
                .in(folder, "own"));
    for (Map.Entry<String, Spoiling> each : spoilings.entrySet()) {
      first.in(folder, "own");
      each.getValue().write();
      served.refresh();
      assertThat(served.refresh()).as(each.getKey()).isEqualTo(first.chain());
      assertThat(served.map("a.example")).as(each.getKey()).isSameAs(before);
    }
    second.in(folder, "own");
    served.refresh();
    assertThat(served.refresh()).isEqualTo(second.chain());
  }

  @Test
  void shows_a_certificate_that_came_early_once_its_time_has_come() throws Exception {
    FakeClock clock = new FakeClock();
    Instant now = clock.instant();
    Issued early = authority.issue(SITE.within(now.minusSeconds(9), now.plus(Duration.ofDays(9))));
    Issued next = authority.issue(SITE.within(now.plusSeconds(60), now.plus(Duration.ofDays(9))));
    early.in(folder, "own");
    Settings.Tls settings = new Settings.Tls(folder.resolve("own.pem"), folder.resolve("own.key"));
    ServedTls served = new ServedTls(settings, clock);
    next.in(folder, "own");
    served.refresh();
    assertThat(served.refresh()).isEqualTo(early.chain());

    clock.advance(Duration.ofSeconds(61));
    Runnable turn = served.prepared(settings);
    for (int i = 0; i < 30; i++) {
      served.refresh();
    }
    assertThat(served.refresh()).as("by itself").isEqualTo(next.chain());
    SslContext after = served.map("a.example");
    turn.run();
    assertThat(served.map("a.example")).as("nothing changed since").isSameAs(after);
  }

  @Test
  void shows_by_a_reload_what_was_no_good_when_its_files_were_written() throws Exception {
    FakeClock clock = new FakeClock();
    Instant now = clock.instant();
    Issued next = authority.issue(SITE.within(now.plusSeconds(60), now.plus(Duration.ofDays(9))));
    authority
        .issue(SITE.within(now.minusSeconds(9), now.plus(Duration.ofDays(9))))
        .in(folder, "own");
    Settings.Tls settings = new Settings.Tls(folder.resolve("own.pem"), folder.resolve("own.key"));
    ServedTls served = new ServedTls(settings, clock);
    next.in(folder, "own");
    served.refresh();
    served.refresh();
    clock.advance(Duration.ofSeconds(61));
    served.prepared(settings).run();

    assertThat(served.refresh()).isEqualTo(next.chain());
  }

  @Test
  void serves_no_signature_that_can_be_forged() throws Exception {
    for (String algorithm :
        List.of("SHA1withECDSA", "SHA1withRSA", "MD5withRSA", "SHA1withRSAandMGF1")) {
      Authority forgeable =
          Authority.root(
              Wish.client("CN=old").rsa(algorithm.contains("RSA") ? 2048 : 0).issuing(null));
      Issued issued = forgeable.signing(algorithm).issue(SITE);
      issued.in(folder, "own");
      assertThatThrownBy(this::served)
          .as(algorithm)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("own.pem")
          .hasMessageContaining("which can be forged");
    }
    Authority below =
        Authority.root("old")
            .signing("SHA1withECDSA")
            .below(Wish.client("CN=between").issuing(null));
    below.issue(SITE).in(folder, "own");
    assertThatThrownBy(this::served)
        .hasMessageContaining("SHA1withECDSA")
        .hasMessageContaining("in the certificate of its issuer");
    Authority sound = Authority.root(Wish.client("CN=new").rsa(2048).issuing(null));
    sound.signing("SHA256withRSAandMGF1").issue(SITE).in(folder, "own");
    assertThat(served().map(null).isServer()).isTrue();
  }

  @Test
  void serves_keys_of_every_kind_and_does_not_start_with_the_key_of_another() throws Exception {
    authority.issue(SITE.rsa(2048)).in(folder, "own");
    assertThat(served().map(null).isServer()).isTrue();
    second.in(folder, "own");
    Files.writeString(folder.resolve("own.key"), first.keyPem());
    assertThatThrownBy(this::served)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the key of the certificate")
        .hasMessageNotContaining("BEGIN");
  }
}
