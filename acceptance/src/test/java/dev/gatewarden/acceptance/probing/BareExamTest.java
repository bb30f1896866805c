package dev.gatewarden.acceptance.probing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.Specimen;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What the prober says of the broken APIs to somebody whose contract says nothing of objects,
/// tenants and roles.
class BareExamTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Specimen.class)
  void is_silent_about_what_was_repaired(Specimen specimen) throws IOException {
    Examiner.Seen seen = Examiner.bare(folder, specimen, "none");

    assertThat(seen.findings()).isEmpty();
    assertThat(seen.requests()).isLessThan(500);
  }

  @ParameterizedTest
  @CsvSource({
    "PARCELS, handover-by-body, foreign-act",
    "PARCELS, list-of-everybody, foreign-in-list",
    "PARCELS, admin-list-for-all, forbidden-function",
    "PARCELS, refund-for-all, forbidden-function",
    "PARCELS, refund-by-put, forbidden-function",
    "PARCELS, voucher-twice, race",
    "CLINIC, tenant-not-compared, foreign-tenant",
    "CLINIC, record-of-other-tenant, foreign-read",
    "CLINIC, role-change-for-all, forbidden-function",
    "CLINIC, cached-for-everybody, public-cache",
    "LEDGER, batch-checks-first, foreign-act",
    "LIBRARY, loan-read, foreign-read",
    "LIBRARY, loan-delete-said-absent, foreign-delete",
    "LIBRARY, loans-of-everybody, foreign-in-list",
    "LIBRARY, book-add-for-all, forbidden-function",
    "FORUM, ban-for-all, forbidden-function",
    "FORUM, ban-by-get, forbidden-function",
  })
  void finds_what_names_and_testers_tell(Specimen specimen, String fault, String probe)
      throws IOException {
    assertThat(Examiner.bare(folder, specimen, fault).findings())
        .extracting(Examiner.Finding::probe)
        .contains(probe);
  }
}
