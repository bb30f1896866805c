package dev.gatewarden.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Access;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership.Standing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every combination of grant, caller and facts, against a table written from the words of the
/// binding.
class OwnershipTest {
  private static final List<Fact> OWNERS =
      List.of(Fact.of("alice"), Fact.of("bob"), Fact.of(""), Fact.MISSING, Fact.ODD);
  private static final List<Fact> TENANTS =
      List.of(Fact.of("t1"), Fact.of("t2"), Fact.of(""), Fact.MISSING, Fact.ODD);
  private static final List<Principal> CALLERS =
      List.of(
          caller("alice", "t1", Set.of()),
          caller("alice", null, Set.of()),
          caller("bob", "t2", Set.of("support")),
          caller("", "", Set.of("support")),
          Principal.NOBODY);

  /// Issuers name their own people: an equal name of another issuer is another's.
  @Test
  void takes_no_namesake_of_another_issuer_for_the_owner() {
    Issuers two = new Issuers(true, false, Map.of("corp-web", "corp"), Set.of("corp", "partner"));
    Relations.Relation relation = new Relations.Relation("alice", null, Map.of());
    for (String kept : new String[] {"corp", "partner", null}) {
      for (String issuer : List.of("corp", "corp-web", "partner")) {
        Principal alice =
            new Principal(issuer, "alice", null, null, Set.of(), Set.of(), Map.of(), List.of());
        boolean same = two.of(issuer).equals(kept);
        ObjectFacts facts = Ownership.byRelation("o1", relation.by(kept), two, alice);
        assertThat(Ownership.judge(type(false), List.of(new Grant.Owner()), facts, alice))
            .isEqualTo(same ? Standing.GRANTED : Standing.FOREIGN);
        assertThat(
                Ownership.judge(
                    type(false),
                    List.of(new Grant.Owner()),
                    Ownership.byRelation("o1", relation.by(kept), Issuers.ONE, alice),
                    alice))
            .isEqualTo(kept == null || kept.equals(issuer) ? Standing.GRANTED : Standing.FOREIGN);
      }
    }
  }

  /// Where each issuer speaks for tenants of its own, the tenant tells namesakes apart already.
  @Test
  void keeps_no_issuer_beside_a_tenant_that_it_alone_speaks_for() {
    Issuers divided = new Issuers(true, true, Map.of(), Set.of("corp", "partner"));
    Relations.Relation within = new Relations.Relation("alice", "t1", Map.of());
    Relations.Relation without = new Relations.Relation("alice", null, Map.of());
    Principal alice = caller("alice", "t1", Set.of());

    assertThat(divided.kept(within, alice)).isEqualTo(within);
    assertThat(divided.canBe(within, alice)).isTrue();
    assertThat(divided.kept(without, alice).issuer()).isEqualTo(alice.issuer());
    assertThat(divided.canBe(without, alice)).isFalse();
  }

  @Test
  void reads_what_was_kept_before_owners_had_issuers() {
    Relations.Relation old = new Relations.Relation("alice", "t1", Map.of("account", "a1"));
    assertThat(RelationText.of(old)).isEqualTo("5:alice2:t17:account2:a1");
    assertThat(RelationText.relation("5:alice2:t17:account2:a1")).isEqualTo(old);
    assertThat(RelationText.relation(RelationText.of(old.by("corp")))).isEqualTo(old.by("corp"));
    assertThat(RelationText.of(new Relations.Relation(null, null, Map.of()).by("corp")))
        .isEqualTo("--");
  }

  @Test
  void grants_only_what_is_known_and_equal() {
    for (boolean tenanted : new boolean[] {true, false}) {
      ObjectType type = type(tenanted);
      for (Principal caller : CALLERS) {
        for (Fact owner : OWNERS) {
          for (Fact tenant : TENANTS) {
            ObjectFacts facts = new ObjectFacts(Fact.of("o1"), owner, tenant, Map.of(), 0, 0);
            boolean inside = !tenanted || same(tenant, caller.tenant(), caller);
            boolean owns = same(owner, caller.subject(), caller);
            expect(type, new Grant.Owner(), facts, caller, inside && owns);
            expect(type, new Grant.Tenant(), facts, caller, tenanted && inside);
            expect(type, new Grant.Anyone(), facts, caller, true);
            boolean role = caller.roles().contains("support");
            expect(type, new Grant.Role("support"), facts, caller, inside && role);
          }
        }
      }
    }
  }

  @Test
  void grants_nothing_where_nobody_is_granted_anything() {
    ObjectFacts facts =
        new ObjectFacts(Fact.of("o1"), Fact.of("alice"), Fact.of("t1"), Map.of(), 0, 0);

    assertThat(Ownership.judge(type(true), List.of(), facts, CALLERS.getFirst()))
        .isNotEqualTo(Standing.GRANTED);
  }

  @Test
  void knows_an_object_below_its_parents_only() {
    ObjectFacts child =
        new ObjectFacts(
            Fact.of("o1"), Fact.MISSING, Fact.MISSING, Map.of("account", Fact.of("a1")), 0, 0);

    assertThat(Ownership.below(Map.of(), child)).isTrue();
    assertThat(Ownership.below(Map.of("account", "a1"), child)).isTrue();
    assertThat(Ownership.below(Map.of("account", "a2"), child)).isFalse();
    assertThat(Ownership.below(Map.of("account", "a1", "region", "r1"), child)).isFalse();
  }

  private static void expect(
      ObjectType type, Grant grant, ObjectFacts facts, Principal caller, boolean granted) {
    assertThat(Ownership.judge(type, List.of(grant), facts, caller) == Standing.GRANTED)
        .as("%s %s %s %s", grant, facts, caller.key(), type.tenant() != null)
        .isEqualTo(granted);
  }

  private static boolean same(Fact fact, String part, Principal caller) {
    return !caller.isNobody()
        && part != null
        && !part.isEmpty()
        && fact instanceof Fact.Known(String text)
        && text.equals(part);
  }

  private static Principal caller(String subject, String tenant, Set<String> roles) {
    return new Principal("corp", subject, tenant, null, Set.of(), roles, Map.of(), List.of());
  }

  private static ObjectType type(boolean tenanted) {
    Place place = new Place(new Place.Origin(URI.create("test:/"), "test"), 1, 1, Place.Path.ROOT);
    return new ObjectType(
        "order",
        new ObjectType.Id(pointer("id"), ObjectType.Form.STRING),
        new ObjectType.Fact(pointer("owner"), new PrincipalPart.Subject()),
        tenanted ? new ObjectType.Fact(pointer("tenant"), new PrincipalPart.Tenant()) : null,
        Map.of(),
        Map.of(),
        Access.OWNER,
        List.of(),
        null,
        ObjectType.Unknown.LOOK_UP,
        false,
        null,
        place);
  }

  private static PointerPattern pointer(String name) {
    return new PointerPattern(List.of(new PointerPattern.Name(name)));
  }
}
