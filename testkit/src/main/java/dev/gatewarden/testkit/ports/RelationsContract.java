package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Relation;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every adapter of `Relations` keeps: nobody becomes the owner of what has one.
public abstract class RelationsContract {
  private static final Key ORDER = new Key("shop", "order", "o1");
  private static final Relation ALICE = new Relation("alice", "t1", Map.of("account", "a1"));
  private static final Relation BOB = new Relation("bob", null, Map.of());

  /// A new adapter that knows nothing yet.
  protected abstract Relations relations();

  @Test
  void knows_nothing_it_has_not_learned() {
    assertThat(relations().find(ORDER)).isEmpty();
  }

  @Test
  void finds_what_it_has_learned() {
    Relations relations = relations();
    assertThat(relations.learn(ORDER, ALICE)).isTrue();

    assertThat(relations.find(ORDER)).contains(ALICE);
  }

  @Test
  void keeps_apis_types_and_ids_apart() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);

    assertThat(relations.find(new Key("shop2", "order", "o1"))).isEmpty();
    assertThat(relations.find(new Key("shop", "order2", "o1"))).isEmpty();
    assertThat(relations.find(new Key("shop", "order", "o11"))).isEmpty();
    assertThat(relations.find(new Key("shop", "orde", "ro1"))).isEmpty();
    assertThat(relations.find(new Key("shop", "order", "O1"))).isEmpty();
  }

  @Test
  void learns_the_same_again_without_complaint() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);

    assertThat(relations.learn(ORDER, ALICE)).isTrue();
  }

  @Test
  void lets_nobody_become_the_owner_of_what_has_one() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);

    assertThat(relations.learn(ORDER, BOB)).isFalse();
    assertThat(relations.find(ORDER)).contains(ALICE);
  }

  @Test
  void changes_an_owner_who_is_still_the_owner() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);

    assertThat(relations.replace(ORDER, ALICE, BOB)).isTrue();
    assertThat(relations.replace(ORDER, ALICE, ALICE)).isFalse();
    assertThat(relations.find(ORDER)).contains(BOB);
  }

  @Test
  void changes_no_owner_of_what_is_not_known() {
    Relations relations = relations();

    assertThat(relations.replace(ORDER, ALICE, BOB)).isFalse();
    assertThat(relations.find(ORDER)).isEmpty();
  }

  @Test
  void forgets_what_is_gone() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);
    relations.forget(ORDER);
    relations.forget(ORDER);

    assertThat(relations.find(ORDER)).isEmpty();
    assertThat(relations.learn(ORDER, BOB)).isTrue();
  }
}
