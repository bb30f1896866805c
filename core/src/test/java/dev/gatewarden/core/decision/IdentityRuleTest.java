package dev.gatewarden.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.IdentityRule.Answered;
import dev.gatewarden.core.decision.IdentityRule.Identity;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityRuleTest {
  private static final Reason BROKEN = new Word("token", "EXPIRED");

  @Test
  void the_first_alternative_that_is_wholly_proved_names_the_caller() {
    Security security = security(alternative("mtls", "token"), alternative("token"));
    Identity identity =
        IdentityRule.apply(
            security, List.of(absent("mtls"), proved("token", Facet.SUBJECT, "alice")));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known -> {
              assertThat(known.principal().subject()).isEqualTo("alice");
              assertThat(known.proved()).isEqualTo(alternative("token"));
            });
  }

  @Test
  void schemes_of_one_alternative_make_one_caller() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("mtls", "token")),
            List.of(
                proved("mtls", Facet.WORKLOAD, "billing"),
                proved("token", Facet.SUBJECT, "alice")));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known -> assertThat(known.principal().subject()).isEqualTo("alice"));
  }

  @Test
  void a_broken_credential_never_falls_back_to_another_alternative() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("token"), alternative("key")),
            List.of(broken("token"), proved("key", Facet.CLIENT, "app")));
    assertThat(identity).isEqualTo(new Identity.Refused(BROKEN, "token"));
  }

  @Test
  void a_broken_credential_never_falls_back_to_nobody() {
    Identity identity =
        IdentityRule.apply(security(alternative("token"), alternative()), List.of(broken("token")));
    assertThat(identity).isInstanceOf(Identity.Refused.class);
  }

  @Test
  void two_values_for_one_facet_are_refused() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("token"), alternative("session")),
            List.of(
                proved("token", Facet.SUBJECT, "alice"), proved("session", Facet.SUBJECT, "bob")));
    assertThat(identity).isEqualTo(new Identity.Refused(Combined.FACETS_DISAGREE, null));
  }

  @Test
  void one_caller_does_not_belong_to_two_tenants() {
    Security both = security(alternative("token", "key"));
    Identity identity =
        IdentityRule.apply(
            both,
            List.of(
                said("token", "corp", Facet.SUBJECT, "alice", "acme", Map.of()),
                said("key", "partners", Facet.CLIENT, "app", "globex", Map.of())));
    assertThat(identity).isEqualTo(new Identity.Refused(Combined.FACETS_DISAGREE, null));
  }

  @Test
  void a_key_and_a_token_belong_together_where_they_name_one_client() {
    Security both = security(alternative("token", "key"));
    Answered token = said("token", "corp", Facet.CLIENT, "app", null, Map.of());
    assertThat(
            IdentityRule.apply(
                both, List.of(token, said("key", "partners", Facet.CLIENT, "app", null, Map.of()))))
        .isInstanceOf(Identity.Known.class);
    assertThat(
            IdentityRule.apply(
                both,
                List.of(token, said("key", "partners", Facet.CLIENT, "other", null, Map.of()))))
        .isEqualTo(new Identity.Refused(Combined.FACETS_DISAGREE, null));
  }

  @Test
  void equal_subjects_of_two_issuers_are_two_people() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("token", "session")),
            List.of(
                said("token", "corp", Facet.SUBJECT, "alice", null, Map.of()),
                said("session", "other", Facet.SUBJECT, "alice", null, Map.of())));
    assertThat(identity).isEqualTo(new Identity.Refused(Combined.FACETS_DISAGREE, null));
  }

  @Test
  void proofs_that_are_bound_to_two_keys_are_refused() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("token", "key")),
            List.of(
                said(
                    "token",
                    "corp",
                    Facet.SUBJECT,
                    "alice",
                    null,
                    Map.of("cnf", Map.of("jkt", "one"))),
                said(
                    "key",
                    "corp",
                    Facet.CLIENT,
                    "app",
                    null,
                    Map.of("cnf", Map.of("jkt", "two")))));
    assertThat(identity).isEqualTo(new Identity.Refused(Combined.FACETS_DISAGREE, null));
  }

  @Test
  void what_the_subject_proves_goes_before_what_is_claimed_beside_it() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("key", "token")),
            List.of(
                said("key", "partners", Facet.CLIENT, "app", null, Map.of("acr", "high")),
                said("token", "corp", Facet.SUBJECT, "alice", null, Map.of("acr", "low"))));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known -> assertThat(known.principal().claims()).containsEntry("acr", "low"));
  }

  @Test
  void nobody_is_let_in_only_where_the_contract_says_so() {
    assertThat(IdentityRule.apply(security(alternative("token")), List.of(absent("token"))))
        .isInstanceOf(Identity.Unproved.class);
    assertThat(
            IdentityRule.apply(
                security(alternative(), alternative("token")), List.of(absent("token"))))
        .isInstanceOf(Identity.Anonymous.class);
  }

  @Test
  void a_credential_counts_even_where_nobody_would_be_let_in() {
    assertThat(
            IdentityRule.apply(
                security(alternative(), alternative("token")),
                List.of(proved("token", Facet.SUBJECT, "alice"))))
        .isInstanceOf(Identity.Known.class);
  }

  @Test
  void an_alternative_whose_scopes_are_granted_goes_first() {
    Security security =
        security(
            new Security.Alternative(List.of(new Security.Need("token", List.of("admin")))),
            new Security.Alternative(List.of(new Security.Need("token", List.of("read")))));
    Identity identity =
        IdentityRule.apply(security, List.of(proved("token", Facet.SUBJECT, "alice")));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known ->
                assertThat(known.proved().needs().getFirst().scopes()).containsExactly("read"));
  }

  @Test
  void what_a_key_may_be_does_not_make_its_user_that() {
    Identity identity =
        IdentityRule.apply(
            new Security(
                true,
                List.of(
                    new Security.Alternative(
                        List.of(
                            new Security.Need("key", List.of("partner")),
                            new Security.Need("token", List.of())))),
                security().place()),
            List.of(
                answered(
                    "key", proof(Facet.CLIENT, "app", Set.of("k"), Set.of("partner", "admin"))),
                answered("token", proof(Facet.SUBJECT, "alice", Set.of("t"), Set.of("customer")))));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known -> {
              assertThat(known.principal().roles()).containsExactly("customer");
              assertThat(known.principal().scopes()).containsOnly("k", "t", "partner");
            });
  }

  @Test
  void a_key_alone_is_what_it_may_be() {
    Identity identity =
        IdentityRule.apply(
            security(alternative("key")),
            List.of(answered("key", proof(Facet.CLIENT, "app", Set.of(), Set.of("admin")))));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known -> assertThat(known.principal().roles()).containsExactly("admin"));
  }

  private static Proof proof(Facet facet, String value, Set<String> scopes, Set<String> roles) {
    return new Proof(
        "corp", Map.of(facet, value), null, scopes, roles, Map.of(), List.of(), Lease.UNBOUNDED);
  }

  private static Answered answered(String scheme, Proof proof) {
    return new Answered(
        scheme, new Judged(scheme, Mode.ENFORCE, new Verdict.Proved(proof, List.of())));
  }

  @Test
  void a_scope_that_one_scheme_asks_for_is_not_granted_by_the_credential_of_another() {
    Security security =
        security(
            new Security.Alternative(
                List.of(
                    new Security.Need("own", List.of("admin")),
                    new Security.Need("partner", List.of("read")))));
    Identity identity =
        IdentityRule.apply(
            security,
            List.of(
                granted("own", Facet.SUBJECT, "alice", "read"),
                granted("partner", Facet.CLIENT, "app", "admin", "read")));
    assertThat(identity)
        .isInstanceOfSatisfying(
            Identity.Known.class,
            known -> assertThat(known.principal().scopes()).containsExactly("read"));
  }

  private static Security security(Security.Alternative... alternatives) {
    Place place =
        new Place(
            new Place.Origin(URI.create("file:///shop.yaml"), "shop.yaml"), 1, 1, Place.Path.ROOT);
    return new Security(true, List.of(alternatives), place);
  }

  private static Security.Alternative alternative(String... schemes) {
    return new Security.Alternative(
        List.of(schemes).stream().map(name -> new Security.Need(name, List.of())).toList());
  }

  private static Answered absent(String scheme) {
    return new Answered(scheme, new Judged(scheme, Mode.ENFORCE, Verdict.absent()));
  }

  private static Answered broken(String scheme) {
    return new Answered(scheme, new Judged(scheme, Mode.ENFORCE, Verdict.broken(BROKEN)));
  }

  private static Answered granted(String scheme, Facet facet, String value, String... scopes) {
    Proof proof =
        new Proof(
            scheme,
            Map.of(facet, value),
            null,
            Set.of(scopes),
            Set.of(),
            Map.of(),
            List.of(),
            Lease.UNBOUNDED);
    return new Answered(scheme, new Judged(scheme, Mode.ENFORCE, new Verdict.Proved(proof)));
  }

  private static Answered said(
      String scheme,
      String issuer,
      Facet facet,
      String value,
      @Nullable String tenant,
      Map<String, Object> claims) {
    Proof proof =
        new Proof(
            issuer,
            Map.of(facet, value),
            tenant,
            Set.of(),
            Set.of(),
            claims,
            List.of(),
            Lease.UNBOUNDED);
    return new Answered(scheme, new Judged(scheme, Mode.ENFORCE, new Verdict.Proved(proof)));
  }

  private static Answered proved(String scheme, Facet facet, String value) {
    Proof proof =
        new Proof(
            "corp",
            Map.of(facet, value),
            null,
            Set.of("read"),
            Set.of(),
            Map.of(),
            List.of(),
            Lease.UNBOUNDED);
    return new Answered(scheme, new Judged(scheme, Mode.ENFORCE, new Verdict.Proved(proof)));
  }

  private record Word(String control, String name) implements Reason {
    @Override
    public int status() {
      return 401;
    }

    @Override
    public String summary() {
      return "as the test says";
    }
  }
}
