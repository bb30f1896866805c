package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A port on which services ask does not load unless those who ask are proved and encrypted.
class DecisionPortErrorsTest {
  private static final String ASKER = "{by: mesh, named: orders, apis: [shop]}";

  private static String with(String decisions) {
    return Texts.SHOP
        .replace(
            "  public: {port: 8080}\n", "  public: {port: 8080}\n  decisions: " + decisions + "\n")
        .replace(
            "issuers:\n",
            "issuers:\n  mesh: {url: https://mesh.example.com, audience: https://gate.example.com,"
                + " algorithms: [ES256], tenant: /org}\n");
  }

  private static void finds(String decisions, String... words) {
    assertThat(Texts.problems(with(decisions)))
        .as(decisions)
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void takes_a_service_that_is_proved() {
    assertThat(Texts.problems(with("{port: 8082, askers: {orders: " + ASKER + "}}"))).isEmpty();
  }

  @Test
  void wants_somebody_who_may_ask() {
    assertThat(Texts.problems(with("{port: 8082, askers: {}}")))
        .anyMatch(each -> each.contains("nobody may ask"));
  }

  @Test
  void leaves_loopback_only_with_tls() {
    finds(
        "{bind: 0.0.0.0, askers: {orders: " + ASKER + "}}",
        "would cross the network without TLS",
        "leave `bind` out");
    finds(
        "{bind: 0.0.0.0, tls: {certificate: file:a.pem}, askers: {orders: " + ASKER + "}}",
        "`tls` needs both");
  }

  @Test
  void shares_no_port() {
    finds("{port: 8080, askers: {orders: " + ASKER + "}}", "cannot share port 8080");
    finds("{port: 8081, askers: {orders: " + ASKER + "}}", "cannot share port 8081");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{by: mesh, named: '', apis: [shop]} | `named` is empty",
        "{by: mesh, named: a, apis: []} | may ask about nothing",
        "{by: mesh, named: a, apis: [shp]} | did you mean `shop`?",
        "{by: mesh, named: a, apis: [shop], states: {tenants: [north]}} | have no effect without"
            + " `issuer`",
        "{by: mesh, named: a, apis: [shop], states: {issuer: crp}} | did you mean `corp`?",
      })
  void says_what_is_wrong_with_a_service(String asker, String words) {
    finds("{askers: {orders: " + asker + "}}", words);
  }

  @Test
  void lets_a_service_name_nobody_of_a_tenant_that_is_not_the_issuers() {
    String asker =
        "{askers: {orders: {by: mesh, named: a, apis: [shop], states: {issuer: corp, tenants:"
            + " [north, south]}}}}";
    assertThat(Texts.problems(with(asker))).isEmpty();
    assertThat(
            Texts.problems(
                with(asker)
                    .replaceFirst(
                        "(  corp:[^}]*)tenant: /org", "$1tenant: /org, tenants: [north]")))
        .singleElement()
        .asString()
        .contains("`corp` may not name");
  }

  @Test
  void asks_who_proves_a_service() {
    assertThat(Texts.problems(with("{askers: {orders: {by: mash, named: a, apis: [shop]}}}")))
        .anyMatch(each -> each.contains("proves services; did you mean `mesh`?"));
    assertThat(Texts.problems(with("{askers: {orders: {by: bank, named: a, apis: [shop]}}}")))
        .anyMatch(each -> each.contains("nobody of the name `bank` proves services"));
  }

  @Test
  void tells_services_apart() {
    finds("{askers: {orders: " + ASKER + ", billing: " + ASKER + "}}", "is proved as");
  }

  @Test
  void believes_no_token_that_an_exception_lets_in_or_whose_holder_nobody_proves() {
    assertThat(
            Texts.problems(
                with("{askers: {orders: " + ASKER + "}}")
                    .replace(
                        "algorithms: [ES256], tenant", "once: true, algorithms: [ES256], tenant")))
        .singleElement()
        .asString()
        .contains("good for one call");
    assertThat(
            Texts.problems(
                with("{askers: {orders: " + ASKER + "}}")
                        .replace("audience: https://gate.example.com, ", "")
                    + "exceptions: [{issuer: mesh, allows: no-audience, because: old, owner: team,"
                    + " until: 2027-01-15}]"))
        .anyMatch(each -> each.contains("borne with by an exception"));
  }

  @Test
  void keeps_within_its_bounds() {
    finds("{evaluations: 0, askers: {orders: " + ASKER + "}}", "`evaluations` is 0");
    finds("{deadline: 0s, askers: {orders: " + ASKER + "}}", "`deadline` is between");
    finds("{body: 1B, askers: {orders: " + ASKER + "}}", "`body` is");
    finds(
        "{url: 'https://gate.example/?x=1', askers: {orders: " + ASKER + "}}",
        "`url` is no address");
  }

  @Test
  void wants_tls_for_certificates() {
    assertThat(
            Texts.problems(
                with("{askers: {orders: {by: partners, named: a, apis: [shop]}}}")
                    + "certificates: {partners: {trust: ca.pem, subject: san-dns}}"))
        .anyMatch(each -> each.contains("cannot show a certificate"));
  }

  @Test
  void opens_a_decision_point_by_one_exception_alone() {
    String twice =
        "{decision-point: opa, allows: open-when-gone, because: old, owner: team, until:"
            + " 2027-01-15}";
    assertThat(
            Texts.problems(
                Texts.SHOP.replace("tenancy: token", "tenancy: token\n    decide-by: opa")
                    + "decision-points: {opa: {kind: authzen, url: 'http://127.0.0.1:8181/',"
                    + " when-gone: open}}\nexceptions: ["
                    + twice
                    + ", "
                    + twice
                    + "]"))
        .singleElement()
        .asString()
        .contains("`opa` has an exception already");
  }

  @Test
  void finds_no_effect_in_zones_where_nobody_who_decides_is_told_the_time() {
    assertThat(
            Texts.problems(
                Texts.SHOP.replace("tenancy: token", "tenancy: token\n    decide-by: spice")
                    + "decision-points: {spice: {kind: spicedb, url: 'http://127.0.0.1:8443'}}\n"
                    + "zones: {usual: Europe/Berlin}"))
        .singleElement()
        .asString()
        .contains("`zones` has no effect");
  }
}
