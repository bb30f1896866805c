package dev.gatewarden.gateway.identity.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ForwardedCertificateTest {
  private static final Authority ROOT = Authority.root("root");
  private static final Issued OWN =
      ROOT.below(Wish.client("CN=below")).issue(Wish.client("CN=x", "dns:a.example"));
  private final ForwardedCertificate reader = new ForwardedCertificate();

  private static String item(int at) throws CertificateEncodingException {
    return ":" + Base64.getEncoder().encodeToString(OWN.chain().get(at).getEncoded()) + ":";
  }

  @Test
  void reads_the_certificate_and_its_issuers() throws Exception {
    assertThat(reader.read(List.of(item(0)), List.of())).containsExactly(OWN.certificate());
    assertThat(reader.read(List.of(item(0)), List.of(item(1)))).isEqualTo(OWN.chain());
    assertThat(reader.read(List.of(item(0)), List.of(item(1) + ", " + item(0)))).hasSize(3);
    assertThat(reader.read(List.of(item(0)), List.of(item(1), item(0)))).hasSize(3);
    assertThat(reader.read(List.of(item(0)), List.of(item(1)))).isEqualTo(OWN.chain());
  }

  @Test
  void reads_nothing_that_is_not_spelled_so() throws Exception {
    byte[] der = OWN.certificate().getEncoded();
    byte[] longer = Arrays.copyOf(der, der.length + 1);
    for (String bad :
        List.of(
            "",
            ":",
            "::",
            ":AAAA:",
            item(0).substring(1),
            item(0) + "x",
            item(0) + ";a=1",
            item(0) + "," + item(1),
            "\"" + item(0) + "\"",
            OWN.pem().replace("\n", ""),
            ":" + Base64.getEncoder().encodeToString(longer) + ":",
            ":" + "A".repeat(70_000) + ":")) {
      assertThat(reader.read(List.of(bad), List.of())).as(bad).isNull();
    }
    assertThat(reader.read(List.of(item(0), item(0)), List.of())).isNull();
    assertThat(reader.read(List.of(), List.of(item(0)))).isNull();
    assertThat(reader.read(List.of(item(0)), List.of(""))).isNull();
  }

  @Property(tries = 200)
  void no_text_breaks_it(@ForAll String own, @ForAll String issuers) {
    assertThat(reader.read(List.of(own), List.of(issuers))).isNull();
  }
}
