package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that say nothing of themselves, of two issuers, at one operation.
class OpaqueIssuersTest {
  private static final String ASKED = "/oauth2/introspect";
  private static final AuthorizationServer CORP = AuthorizationServer.shared();

  @TempDir static Path folder;
  private static AuthorizationServer partner;
  private static IdentityGate gate;

  @BeforeAll
  static void open() throws Exception {
    partner = AuthorizationServer.start();
    Files.writeString(
        folder.resolve("gate.secret"), AuthorizationServer.secret(AuthorizationServer.GATE));
    String asked =
        "{url: '%s', audience: '%s', introspection: {client: {id: gate, secret:"
            + " 'file:gate.secret'}}}";
    gate =
        IdentityGate.start(
            folder,
            "/either: [corp, partner]\n/other: [partner]\n",
            "corp: "
                + asked.formatted(CORP.issuer(), AuthorizationServer.AUDIENCE)
                + "\npartner: "
                + asked.formatted(partner.issuer(), AuthorizationServer.AUDIENCE)
                + "\n",
            "{corp: corp, partner: partner}");
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    partner.close();
  }

  @AfterEach
  void mend() {
    CORP.fail(ASKED, null);
    partner.fail(ASKED, null);
  }

  private static String opaque(AuthorizationServer server) {
    return server.asking().clientCredentials(AuthorizationServer.MACHINE_OPAQUE, "read").access();
  }

  @Test
  @Requirement(id = "JWT-4", without = "signed-token")
  void a_token_counts_by_the_issuer_that_vouches_for_it() throws Exception {
    assertThat(gate.status("/either", opaque(CORP))).isEqualTo(200);
    assertThat(gate.told()).contains("\"origin\":\"corp\"");
    String foreign = opaque(partner);
    assertThat(gate.status("/either", foreign)).isEqualTo(200);
    assertThat(gate.told()).contains("\"origin\":\"partner\"");
    assertThat(gate.status("/either", foreign)).isEqualTo(200);
    assertThat(gate.status("/other", opaque(CORP))).isEqualTo(401);
    assertThat(gate.status("/either", "nobody-knows-this")).isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-4", without = "signed-token")
  void a_token_is_shown_to_nobody_behind_the_issuer_that_vouches_for_it() throws Exception {
    int asked = partner.served(ASKED);
    assertThat(gate.status("/either", opaque(CORP))).isEqualTo(200);
    assertThat(partner.served(ASKED)).isEqualTo(asked);
  }

  @Test
  @Requirement(id = "JWT-4", without = "signed-token")
  void one_issuer_that_is_away_shuts_nobody_elses_callers_out() throws Exception {
    CORP.fail(ASKED, 500);
    assertThat(gate.status("/either", opaque(partner))).isEqualTo(200);
    assertThat(gate.status("/either", opaque(CORP))).isEqualTo(503);
    CORP.fail(ASKED, null);
    partner.fail(ASKED, 500);
    assertThat(gate.status("/either", opaque(CORP))).isEqualTo(200);
    assertThat(gate.status("/either", opaque(partner))).isEqualTo(503);
  }

  @Test
  @Requirement(id = "JWT-4", without = "signed-token")
  void callers_of_one_issuer_are_no_failures_at_another_and_guesses_are_at_both() throws Exception {
    List<String> good = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      good.add(opaque(partner));
    }
    List<String> own = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      own.add(opaque(CORP));
    }
    assertThat(statuses(good)).containsOnly(200);
    assertThat(statuses(own)).containsOnly(200);
    List<String> guesses = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      guesses.add("guess-" + i);
    }
    int corp = CORP.served(ASKED);
    int other = partner.served(ASKED);
    assertThat(statuses(guesses)).contains(401, 429).doesNotContain(200);
    assertThat(CORP.served(ASKED) - corp).isLessThan(150);
    assertThat(partner.served(ASKED) - other).isLessThan(150);
    assertThat(statuses(good)).containsOnly(200);
  }

  /// What all of them are told who come a few at a time.
  private static List<Integer> statuses(List<String> tokens) throws Exception {
    try (ExecutorService all = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> calls = new ArrayList<>();
      tokens.forEach(token -> calls.add(() -> gate.status("/either", token)));
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : all.invokeAll(calls)) {
        statuses.add(each.get());
      }
      return statuses;
    }
  }
}
