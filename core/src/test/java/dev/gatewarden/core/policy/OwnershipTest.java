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
