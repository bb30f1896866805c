package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.Access;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.policy.Relations.Relation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MoveTest {
  private static final Place PLACE =
      new Place(new Place.Origin(URI.create("test:it"), "it"), 1, 1, Place.Path.ROOT);
  private static final ObjectType NOTE =
      new ObjectType(
          "note",
          new ObjectType.Id(at("/id"), ObjectType.Form.STRING),
          new ObjectType.Fact(at("/meta/owner"), new PrincipalPart.Subject()),
          new ObjectType.Fact(at("/org"), new PrincipalPart.Tenant()),
          Map.of("folder", at("/folderId")),
          Map.of(),
          Access.OWNER,
          List.of(ObjectType.KnownBy.RELATION),
          null,
          ObjectType.Unknown.DENY,
          false,
          null,
          PLACE);
  private static final Relation BEFORE = new Relation("alice", "north", Map.of("folder", "f1"));

  @Test
  void leaves_alone_what_says_nothing_of_owners() {
    assertThat(after("{\"text\":\"owner of nothing\"}")).isEqualTo(BEFORE);
    assertThat(after("{\"text\":\"a \\\"meta\\\"\",\"meta\":{}}")).isEqualTo(BEFORE);
    assertThat(after("no json: meta owner \\")).isEqualTo(BEFORE);
    assertThat(after("")).isEqualTo(BEFORE);
  }

  @Test
  void takes_owner_tenant_and_parents_from_a_body() {
    assertThat(after("{\"meta\":{\"owner\":\"bob\"},\"org\":\"south\",\"folderId\":\"f2\"}"))
        .isEqualTo(new Relation("bob", "south", Map.of("folder", "f2")));
    assertThat(after("{\"m\\u0065ta\":{\"own\\u0065r\":\"bob\"}}").owner()).isEqualTo("bob");
    assertThat(after("{\"meta\":{\"owner\":7}}").owner()).isEqualTo("7");
  }

  @Test
  void leaves_nobody_where_a_value_goes_or_is_odd() {
    assertThat(after("{\"meta\":{\"owner\":null},\"folderId\":null}"))
        .isEqualTo(new Relation(null, "north", Map.of()));
    assertThat(after("{\"meta\":{\"owner\":[\"bob\",\"alice\"]}}").owner()).isNull();
  }

  @Test
  void follows_the_changes_of_a_patch_in_their_order() {
    assertThat(
            after(
                    "[{\"op\":\"replace\",\"path\":\"/meta/owner\",\"value\":\"bob\"},"
                        + "{\"op\":\"replace\",\"path\":\"/meta/owner\",\"value\":\"eve\"}]")
                .owner())
        .isEqualTo("eve");
    assertThat(after("[{\"op\":\"add\",\"path\":\"/meta\",\"value\":{\"owner\":\"bob\"}}]").owner())
        .isEqualTo("bob");
    assertThat(after("[{\"op\":\"test\",\"path\":\"/meta/owner\",\"value\":\"bob\"}]"))
        .isEqualTo(BEFORE);
    assertThat(after("[{\"op\":\"copy\",\"from\":\"/text\",\"path\":\"/meta/owner\"}]").owner())
        .isNull();
    assertThat(after("[{\"op\":\"remove\",\"path\":\"/meta\"}]").owner()).isNull();
    assertThat(after("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"id\":\"n1\"}}]"))
        .isEqualTo(new Relation(null, null, Map.of()));
  }

  @Test
  void finds_each_object_of_a_batch_by_its_id() {
    String body =
        "{\"notes\":[{\"id\":\"n1\",\"meta\":{\"owner\":\"bob\"}},"
            + "{\"id\":\"n2\",\"meta\":{\"owner\":\"eve\"}}]}";
    ObjectBinding batch = binding(new Selector.Body(at("/notes/*/id")));

    assertThat(Move.of(use(batch, "n1"), bytes(body), true).applied(BEFORE).owner())
        .isEqualTo("bob");
    assertThat(Move.of(use(batch, "n2"), bytes(body), true).applied(BEFORE).owner())
        .isEqualTo("eve");
    assertThat(Move.of(use(batch, "n3"), bytes(body), true).applied(BEFORE)).isEqualTo(BEFORE);
  }

  private static Relation after(String body) {
    ObjectBinding binding = binding(new Selector.PathParameter("id"));
    return Move.of(use(binding, "n1"), bytes(body), true).applied(BEFORE);
  }

  private static ObjectUse use(ObjectBinding binding, String id) {
    return new ObjectUse(binding, id, Map.of());
  }

  private static ObjectBinding binding(Selector id) {
    return new ObjectBinding(
        NOTE,
        ObjectBinding.Does.UPDATE,
        id,
        Map.of(),
        null,
        ObjectBinding.Foreign.FILTER,
        null,
        ObjectBinding.Batch.ALL,
        false,
        null,
        null,
        ObjectBinding.Delivery.WHOLE,
        PLACE);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PointerPattern at(String pointer) {
    return java.util.Objects.requireNonNull(PointerPattern.parse(pointer));
  }
}
