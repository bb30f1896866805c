package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Blocks.Kind;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What every adapter of `Blocks` keeps: what is shut out stays out until its end, and what came
/// later is let in.
public abstract class BlocksContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TICK = Duration.ofMillis(1);

  protected final FakeClock clock = new FakeClock();

  /// A new adapter on `clock` that blocks nothing yet.
  protected abstract Blocks blocks();

  @Test
  void blocks_nothing_by_itself() {
    assertThat(blocks().blocked(Kind.SUBJECT, "corp|alice", now())).isFalse();
  }

  @Test
  void blocks_what_was_issued_before_and_nothing_that_was_issued_since() {
    Blocks blocks = blocks();
    blocks.block(Kind.SUBJECT, "corp|alice", now(), now().plus(HOUR));

    assertThat(blocks.blocked(Kind.SUBJECT, "corp|alice", now().minus(TICK))).isTrue();
    assertThat(blocks.blocked(Kind.SUBJECT, "corp|alice", now())).isFalse();
  }

  @Test
  void blocks_until_its_end() {
    Blocks blocks = blocks();
    Instant issued = now().minus(TICK);
    blocks.block(Kind.TOKEN, "corp|t1", now(), now().plus(HOUR));
    clock.advance(HOUR.minus(TICK));
    assertThat(blocks.blocked(Kind.TOKEN, "corp|t1", issued)).isTrue();

    clock.advance(TICK);
    assertThat(blocks.blocked(Kind.TOKEN, "corp|t1", issued)).isFalse();
  }

  @Test
  void keeps_kinds_and_keys_apart() {
    Blocks blocks = blocks();
    Instant issued = now().minus(TICK);
    blocks.block(Kind.SUBJECT, "a", now(), now().plus(HOUR));

    assertThat(blocks.blocked(Kind.CLIENT, "a", issued)).isFalse();
    assertThat(blocks.blocked(Kind.SUBJECT, "A", issued)).isFalse();
    assertThat(blocks.blocked(Kind.SUBJECT, "aa", issued)).isFalse();
  }

  @Test
  void keeps_the_later_end_and_the_later_beginning_of_two_blocks() {
    Blocks blocks = blocks();
    blocks.block(Kind.SUBJECT, "a", now(), now().plus(HOUR));
    blocks.block(Kind.SUBJECT, "a", now().minus(HOUR), now().plus(HOUR.multipliedBy(2)));
    Instant issued = now().minus(TICK);
    assertThat(blocks.blocked(Kind.SUBJECT, "a", issued)).isTrue();

    clock.advance(HOUR);
    assertThat(blocks.blocked(Kind.SUBJECT, "a", issued)).isTrue();
  }

  @Test
  void lifts_a_block() {
    Blocks blocks = blocks();
    blocks.block(Kind.SOURCE, "192.0.2.1", now().plus(HOUR), now().plus(HOUR));
    blocks.lift(Kind.SOURCE, "192.0.2.1");
    blocks.lift(Kind.SOURCE, "192.0.2.2");

    assertThat(blocks.blocked(Kind.SOURCE, "192.0.2.1", now())).isFalse();
  }

  @Test
  void rises_with_every_change() {
    Blocks blocks = blocks();
    long before = blocks.epoch();
    blocks.block(Kind.SUBJECT, "a", now(), now().plus(HOUR));
    long blocked = blocks.epoch();
    blocks.lift(Kind.SUBJECT, "a");

    assertThat(blocked).isGreaterThan(before);
    assertThat(blocks.epoch()).isGreaterThan(blocked);
  }

  @Test
  void names_every_block_that_has_not_ended() {
    Blocks blocks = blocks();
    blocks.block(Kind.TOKEN, "corp|t 1", now(), now().plus(HOUR));
    blocks.block(Kind.SUBJECT, "corp|alice", now(), now().plus(HOUR.multipliedBy(2)));
    blocks.block(Kind.CLIENT, "corp|web", now(), now().plus(HOUR));
    blocks.lift(Kind.CLIENT, "corp|web");
    assertThat(blocks.all())
        .containsExactlyInAnyOrder(
            new Blocks.Block(Kind.TOKEN, "corp|t 1", now(), now().plus(HOUR)),
            new Blocks.Block(Kind.SUBJECT, "corp|alice", now(), now().plus(HOUR.multipliedBy(2))));

    clock.advance(HOUR);
    assertThat(blocks.all()).extracting(Blocks.Block::kind).containsExactly(Kind.SUBJECT);
  }

  private Instant now() {
    return clock.instant();
  }
}
