package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Echo;
import dev.gatewarden.demo.broken.Specimen;
import dev.gatewarden.testkit.Ports;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the probes promise, each with the probe that keeps the promise.
class AttackRowsTest {
  @TempDir Path folder;

  private List<String> found(Specimen specimen, String fault) throws IOException {
    return Examiner.probe(folder, specimen, fault).findings().stream()
        .map(each -> each.probe() + " " + each.operation())
        .toList();
  }

  @Test
  @Requirement(id = "TST-1", without = "foreign-read")
  void finds_objects_of_others_that_can_be_read() throws IOException {
    assertThat(found(Specimen.PARCELS, "parcel-read")).contains("foreign-read getParcel");
  }

  @Test
  @Requirement(id = "TST-1", without = "foreign-write")
  void finds_objects_that_change_under_a_404() throws IOException {
    assertThat(found(Specimen.PARCELS, "parcel-write-said-absent"))
        .contains("foreign-write changeParcel");
  }

  @Test
  @Requirement(id = "TST-1", without = "forbidden-function")
  void finds_functions_that_are_open_to_everybody() throws IOException {
    assertThat(found(Specimen.PARCELS, "refund-for-all"))
        .contains("forbidden-function refundParcel");
  }

  @Test
  @Requirement(id = "TST-1", without = "overposting")
  void finds_fields_that_stick() throws IOException {
    assertThat(found(Specimen.CLINIC, "profile-sets-nested")).contains("overposting changeMe");
  }

  @Test
  @Requirement(id = "TST-1", without = "foreign-tenant")
  void finds_tenants_that_are_not_compared() throws IOException {
    assertThat(found(Specimen.CLINIC, "tenant-not-compared"))
        .contains("foreign-tenant listRecords");
  }

  @Test
  @Requirement(id = "TST-2", without = "forged-token")
  void finds_tokens_that_nobody_signed() throws IOException {
    assertThat(found(Specimen.CLINIC, "weak-secret")).contains("forged-token listNotices");
  }

  @Test
  @Requirement(id = "TST-2", without = "misused-token")
  void finds_tokens_that_never_end() throws IOException {
    assertThat(found(Specimen.CLINIC, "expired-token")).contains("misused-token listNotices");
  }

  @Test
  @Requirement(id = "TST-3", without = "fetch")
  void finds_services_that_fetch_what_they_are_told() throws IOException {
    assertThat(found(Specimen.LEDGER, "callback-fetched")).contains("fetch test_callback");
  }

  @Test
  @Requirement(id = "TST-3", without = "race")
  void finds_what_is_used_twice_at_one_moment() throws IOException {
    assertThat(found(Specimen.PARCELS, "voucher-twice")).contains("race redeemVoucher");
  }

  @Test
  @Requirement(id = "TST-11", without = "alive-after-logout")
  void finds_sessions_that_outlive_their_logout() throws IOException {
    assertThat(found(Specimen.CLINIC, "logout-forgotten")).contains("alive-after-logout logout");
  }

  @Test
  @Requirement(id = "TST-12", without = "left-open")
  void finds_pages_that_were_left_open() throws IOException {
    assertThat(found(Specimen.LEDGER, "management-page")).contains("left-open ");
  }

  @Test
  @Requirement(id = "TST-12", without = "service-reachable")
  void finds_services_that_can_be_reached_beside_their_gate() throws IOException {
    try (Echo service = Echo.start()) {
      String behind = service.uri().toString();
      Examiner.Seen seen = Examiner.probe(folder, Specimen.PARCELS, "none", "--behind", behind);

      assertThat(seen.findings())
          .extracting(Examiner.Finding::probe)
          .containsExactly("service-reachable");
    }
  }

  @Test
  void is_silent_where_nothing_answers_behind_the_gate() throws IOException {
    String closed = "http://127.0.0.1:" + Ports.free();

    assertThat(Examiner.probe(folder, Specimen.PARCELS, "none", "--behind", closed).findings())
        .isEmpty();
  }
}
