package dev.gatewarden.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TenancyErrorsTest {

  @Test
  void asks_issuers_where_the_tenant_stands_however_tenants_are_kept_apart() {
    for (String way : List.of("token", "host", "path", "header", "certificate")) {
      assertThat(
              Texts.problems(
                  Texts.SHOP.replace(", tenant: /org", "").replace(": token", ": " + way)))
          .as(way)
          .containsExactly(
              "gatewarden.yaml:14:14: `tenancy: "
                  + way
                  + "`, but issuer `corp` does not say where its tokens name the tenant; give the"
                  + " issuer `tenant: /claim`, or say `tenancy: single`");
    }
    assertThat(
            Texts.problems(Texts.SHOP.replace(", tenant: /org", "").replace(": token", ": single")))
        .isEmpty();
  }

  @Test
  void finds_no_effect_in_tenants_that_nobody_reads() {
    assertThat(
            Texts.problems(
                Texts.SHOP
                    .replace("tenant: /org", "tenants: [north]")
                    .replace(": token", ": single")))
        .singleElement()
        .asString()
        .endsWith("`tenants` has no effect without `tenant`; write `tenant: /claim`");
  }

  @Test
  void lets_no_issuer_make_users_of_any_tenant_cross() {
    assertThat(crossing("{roles: [support]}"))
        .contains("`crossing` does not say of which tenant the users are that may cross");
    assertThat(crossing("{roles: [], tenants: [us]}")).contains("`crossing` names no role");
    assertThat(crossing("{roles: [support], tenants: [us]}, tenants: [north]"))
        .contains("`crossing` names a tenant whose users the issuer may not name");
    assertThat(
            Texts.problems(
                Texts.SHOP
                    .replace("tenant: /org", "crossing: {roles: [support], tenants: [us]}")
                    .replace(": token", ": single")))
        .singleElement()
        .asString()
        .contains("`tenants` has no effect without `tenant`");
    assertThat(
            Texts.problems(
                Texts.SHOP.replace(
                    "tenant: /org", "tenant: /org, crossing: {roles: [support], tenants: [us]}")))
        .isEmpty();
  }

  private static String crossing(String said) {
    return String.join(
        "\n",
        Texts.problems(Texts.SHOP.replace("tenant: /org", "tenant: /org, crossing: " + said)));
  }

  @Test
  void asks_of_each_certificate_whose_it_is() {
    String certificates =
        """
        certificates:
          partners: {trust: ca.pem, subject: san-dns}
        """;
    String shop =
        Texts.SHOP
                .replace(
                    "public: {port: 8080}",
                    "public: {port: 8443, tls: {certificate: file:a.pem, key: file:a.key}}")
                .replace("{bearerAuth: corp,", "{bearerAuth: corp, mutual: partners,")
                .replace(": token", ": certificate")
            + certificates;

    assertThat(Texts.problems(shop))
        .singleElement()
        .asString()
        .contains("`tenancy: certificate`, but `partners` does not say whose its callers are")
        .contains("known: {NAME: {tenant: north}}");
    assertThat(
            Texts.problems(
                shop.replace(
                    "san-dns}",
                    "san-dns, known: {a.example: {tenant: north}, b.example: {client: b}}}")))
        .singleElement()
        .asString()
        .contains("this caller has no `tenant`");
    assertThat(
            Texts.problems(
                shop.replace("san-dns}", "san-dns, known: {a.example: {tenant: north}}}")))
        .isEmpty();
  }

  @Test
  void bounds_how_many_relations_are_kept() {
    assertThat(Texts.problems(Texts.SHOP + "relations: {most: 0}\n"))
        .singleElement()
        .asString()
        .contains("`most`");
  }
}
