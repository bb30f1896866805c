package dev.gatewarden.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
