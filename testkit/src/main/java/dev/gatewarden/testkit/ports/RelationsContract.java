package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Known;
import dev.gatewarden.core.policy.Relations.Page;
import dev.gatewarden.core.policy.Relations.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

  /// One name, vouched for by two issuers, is two people.
  @Test
  void tells_owners_of_one_name_apart_by_their_issuers() {
    Relations relations = relations();
    Relation theirs = ALICE.by("partner");
    assertThat(relations.learn(ORDER, ALICE.by("corp"))).isTrue();

    assertThat(relations.learn(ORDER, theirs)).isFalse();
    assertThat(relations.learn(ORDER, ALICE)).isFalse();
    assertThat(relations.replace(ORDER, theirs, BOB)).isFalse();
    assertThat(relations.replace(ORDER, ALICE, BOB)).isFalse();
    assertThat(relations.find(ORDER)).contains(ALICE.by("corp"));
    assertThat(relations.replace(ORDER, ALICE.by("corp"), theirs)).isTrue();
    assertThat(relations.find(ORDER)).contains(theirs);
    assertThat(relations.page("", 10).known()).containsExactly(new Known(ORDER, theirs));
  }

  @Test
  void learns_many_at_once_as_one_after_the_other() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);
    Key other = new Key("shop", "order", "o2");

    assertThat(
            relations.learnAll(
                List.of(
                    new Known(ORDER, BOB),
                    new Known(ORDER, ALICE),
                    new Known(other, BOB),
                    new Known(other, ALICE),
                    new Known(new Key("shop", "order", "\ud800"), ALICE))))
        .containsExactly(false, true, true, false, false);
    assertThat(relations.find(ORDER)).contains(ALICE);
    assertThat(relations.find(other)).contains(BOB);
    assertThat(relations.size()).isEqualTo(2);
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

  @Test
  void takes_no_id_for_another_that_looks_like_it() {
    Relations relations = relations();
    relations.learn(new Key("shop", "order", "?"), ALICE);
    relations.learn(new Key("shop", "order", "1:a"), ALICE);

    assertThat(relations.find(new Key("shop", "order", "\ud800"))).isEmpty();
    assertThat(relations.find(new Key("shop", "order", "a"))).isEmpty();
    assertThat(relations.find(new Key("shop", "order", "?\0"))).isEmpty();
    assertThat(relations.find(new Key("shop", "order", "? "))).isEmpty();
    assertThat(relations.find(new Key("shop", "order", ""))).isEmpty();
  }

  @Test
  void keeps_every_text_as_it_is() {
    Relations relations = relations();
    Key key = new Key("shop", "order", "ä:\n\0'\"%😀");
    Relation odd = new Relation("", "-1:x", Map.of("a:b", "\n", "", "\0"));

    assertThat(relations.learn(key, odd)).isTrue();
    assertThat(relations.find(key)).contains(odd);
    assertThat(relations.page("", 10).known()).containsExactly(new Known(key, odd));
  }

  @Test
  void takes_nothing_that_is_no_text_or_too_long() {
    Relations relations = relations();
    Key half = new Key("shop", "order", "\ud800");
    Key longest = new Key("shop", "order", "x".repeat(Relations.MOST_CHARS));

    assertThat(relations.learn(half, ALICE)).isFalse();
    assertThat(relations.learn(longest, ALICE)).isFalse();
    assertThat(relations.find(half)).isEmpty();
    assertThat(relations.find(longest)).isEmpty();
    relations.forget(half);
    relations.learn(ORDER, ALICE);
    assertThat(relations.replace(ORDER, ALICE, new Relation("\udc00", null, Map.of()))).isFalse();
    assertThat(relations.find(ORDER)).contains(ALICE);
  }

  @Test
  void lets_one_of_many_who_learn_at_once_be_the_owner() {
    Relations relations = relations();
    List<FutureTask<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Relation mine = new Relation("user" + i, "t1", Map.of());
      FutureTask<Boolean> task = new FutureTask<>(() -> relations.learn(ORDER, mine));
      Thread.ofVirtual().start(task);
      all.add(task);
    }

    assertThat(all.stream().filter(RelationsContract::done)).hasSize(1);
    assertThat(relations.size()).isEqualTo(1);
  }

  @Test
  void moves_from_one_owner_to_one_other() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);
    List<FutureTask<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Relation next = new Relation("user" + i, "t1", Map.of());
      FutureTask<Boolean> task = new FutureTask<>(() -> relations.replace(ORDER, ALICE, next));
      Thread.ofVirtual().start(task);
      all.add(task);
    }

    assertThat(all.stream().filter(RelationsContract::done)).hasSize(1);
  }

  @Test
  void finds_at_once_what_was_changed_after_it_was_looked_for() {
    Relations relations = relations();
    for (int i = 0; i < 20; i++) {
      assertThat(relations.find(ORDER)).isEmpty();
      relations.learn(ORDER, ALICE);
      assertThat(relations.find(ORDER)).contains(ALICE);
      relations.replace(ORDER, ALICE, BOB);
      assertThat(relations.find(ORDER)).contains(BOB);
      relations.forget(ORDER);
    }
  }

  @Test
  void tells_everything_it_knows_a_page_at_a_time() {
    Relations relations = relations();
    Set<Known> expected = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      Key key = new Key("shop", i % 2 == 0 ? "order" : "account", "o" + i);
      relations.learn(key, i % 3 == 0 ? BOB : ALICE);
      expected.add(new Known(key, i % 3 == 0 ? BOB : ALICE));
    }
    Set<Known> told = new HashSet<>();
    String from = "";
    do {
      Page page = relations.page(from, 4);
      told.addAll(page.known());
      from = page.next();
    } while (!from.isEmpty());

    assertThat(told).isEqualTo(expected);
    assertThat(relations.size()).isEqualTo(25);
    assertThat(relations.ready()).isTrue();
  }

  @Test
  void climbs_from_an_object_to_everything_above_it() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);
    relations.learn(new Key("shop", "account", "a1"), under(Map.of("team", "x", "site", "s")));
    relations.learn(new Key("shop", "team", "x"), under(Map.of("site", "s")));

    assertThat(relations.ancestors(ORDER).orElseThrow())
        .startsWith(new Key("shop", "account", "a1"))
        .containsExactlyInAnyOrder(
            new Key("shop", "account", "a1"),
            new Key("shop", "team", "x"),
            new Key("shop", "site", "s"));
    assertThat(relations.ancestors(new Key("shop", "site", "s"))).contains(List.of());
  }

  @Test
  void climbs_no_circle_and_no_endless_ladder() {
    Relations relations = relations();
    relations.learn(ORDER, ALICE);
    relations.learn(new Key("shop", "account", "a1"), under(Map.of("team", "x")));
    relations.learn(new Key("shop", "team", "x"), under(Map.of("account", "a1")));
    relations.learn(new Key("shop", "node", "self"), under(Map.of("node", "self")));
    for (int i = 0; i < 20; i++) {
      relations.learn(new Key("shop", "node", "n" + i), under(Map.of("node", "n" + (i + 1))));
    }

    assertThat(relations.ancestors(ORDER)).isEmpty();
    assertThat(relations.ancestors(new Key("shop", "node", "self"))).isEmpty();
    assertThat(relations.ancestors(new Key("shop", "node", "n0"))).isEmpty();
    assertThat(relations.ancestors(new Key("shop", "node", "n10")).orElseThrow()).hasSize(10);
  }

  private static Relation under(Map<String, String> parents) {
    return new Relation(null, null, parents);
  }

  private static boolean done(FutureTask<Boolean> task) {
    try {
      return task.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }
}
