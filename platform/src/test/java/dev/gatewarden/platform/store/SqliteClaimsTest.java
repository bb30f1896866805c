package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.testkit.ports.ClaimsContract;
import dev.gatewarden.testkit.ports.MemoryClaims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteClaimsTest extends ClaimsContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Claim PROOF = Claim.once("once/proof", MINUTE, Why.SPENT).keptAlways();
  private static final Claim EVENT = Claim.once("once/event", MINUTE, Why.SPENT).keptIfDelivered();
  private static final Claim RATE = Claim.take("take/rate", 1, 6, MINUTE, Why.SPENT);

  @TempDir private Path folder;
  private final List<StateFile> files = new ArrayList<>();
  private int number;

  @Override
  protected Claims claims(int most) {
    number++;
    return opened(most);
  }

  /// The claims of a gate that starts over the same file.
  private Claims restarted() {
    files.getLast().close();
    return opened(1_000);
  }

  private Claims opened(int most) {
    return Waiting.on(Claims.class, bare(most, 8 << 20));
  }

  private SqliteClaims bare(int most, long bytes) {
    try {
      StateFile file = StateFile.synced(folder.resolve("claims" + number + ".db"), bytes);
      files.add(file);
      return new SqliteClaims(file, new MemoryClaims(clock, most), clock);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @AfterEach
  void close() {
    files.forEach(StateFile::close);
  }

  private Taken take(Claims claims, Claim... wanted) {
    return claims.take(List.of(wanted), clock.instant().plusSeconds(30));
  }

  private Cause refusal(Claims claims, Claim wanted) {
    return take(claims, wanted) instanceof Taken.Refused refused ? refused.cause() : null;
  }

  private void settle(Claims claims, Taken taken, Settlement settlement) {
    claims.settle(((Taken.Granted) taken).receipt(), settlement);
  }

  private int rows() {
    return files
        .getLast()
        .await(
            (Connection open) -> {
              try (Statement select = open.createStatement();
                  ResultSet count = select.executeQuery("SELECT count(*) FROM spent")) {
                return count.getInt(1);
              }
            });
  }

  @Test
  void knows_after_a_restart_what_was_spent_before() {
    Claims before = claims(1_000);
    settle(before, take(before, PROOF), Settlement.REFUSED);
    settle(before, take(before, EVENT), Settlement.DELIVERED);
    Claims after = restarted();

    assertThat(refusal(after, PROOF)).isEqualTo(Cause.SPENT);
    assertThat(refusal(after, EVENT)).isEqualTo(Cause.DELIVERED);
  }

  @Test
  void knows_after_a_crash_what_was_spent_by_exchanges_that_were_under_way() {
    Claims before = claims(1_000);
    assertThat(take(before, PROOF, RATE)).isInstanceOf(Taken.Granted.class);
    assertThat(take(before, EVENT)).isInstanceOf(Taken.Granted.class);
    Claims after = opened(1_000);

    assertThat(refusal(after, PROOF)).isEqualTo(Cause.SPENT);
    assertThat(refusal(after, EVENT)).as("nobody took it").isNull();
  }

  @Test
  void frees_after_a_restart_what_is_free_without_one() {
    Claims before = claims(1_000);
    settle(before, take(before, EVENT), Settlement.CLEARED);
    take(before, PROOF);
    clock.advance(MINUTE);
    Claims after = restarted();

    assertThat(refusal(after, PROOF)).isNull();
    assertThat(refusal(after, EVENT)).isNull();
  }

  @Test
  void counts_anew_after_a_restart() {
    Claims before = claims(1_000);
    Claim all = Claim.take("take/rate", 6, 6, MINUTE, Why.SPENT).keptAlways();
    settle(before, take(before, all), Settlement.DELIVERED);
    Claims after = restarted();

    assertThat(refusal(after, RATE)).isNull();
    assertThat(rows()).isZero();
  }

  @Test
  void writes_nothing_of_what_guards_in_observe_take() {
    Claims claims = claims(1_000);
    take(claims, PROOF.observed());

    assertThat(rows()).isZero();
  }

  @Test
  void spends_an_id_once_at_two_gates_over_one_file() {
    Claims one = claims(1_000);
    Claims other = opened(1_000);
    assertThat(take(one, PROOF)).isInstanceOf(Taken.Granted.class);
    Claim next = Claim.once("once/next", MINUTE, Why.SPENT).keptAlways();
    Taken refused = take(other, next, PROOF);

    assertThat(refused).isInstanceOf(Taken.Refused.class);
    assertThat(((Taken.Refused) refused).claim()).isEqualTo(PROOF);
    assertThat(((Taken.Refused) refused).cause()).isEqualTo(Cause.SPENT);
    assertThat(take(one, next)).as("none of it is written").isInstanceOf(Taken.Granted.class);
  }

  @Test
  void waits_for_no_disk_where_nobody_may_wait() {
    Claims claims = bare(1_000, 8 << 20);
    assertThatThrownBy(() -> take(claims, PROOF)).isSameAs(WouldWait.INSTANCE);
    settle(claims, take(claims, RATE), Settlement.DELIVERED);
    settle(claims, take(claims, EVENT), Settlement.DELIVERED);
    Claims after = restarted();

    assertThat(refusal(after, EVENT)).isEqualTo(Cause.DELIVERED);
    assertThat(refusal(after, PROOF)).isNull();
  }

  @Test
  void refuses_what_the_disk_has_no_room_for_and_gives_back_what_was_counted() {
    Claims claims = Waiting.on(Claims.class, bare(100_000, 64 << 10));
    String long_ = "x".repeat(400);
    Claim rate = Claim.take("take/all", 1, 300, Duration.ofHours(1), Why.SPENT);
    int granted = 0;
    Taken last = null;
    for (int i = 0; i < 250; i++) {
      Claim id = Claim.once("once/" + i + long_, MINUTE, Why.SPENT).keptAlways();
      last = take(claims, id, rate);
      granted += last instanceof Taken.Granted ? 1 : 0;
    }

    assertThat(granted).isBetween(10, 200);
    assertThat(((Taken.Refused) last).cause()).isEqualTo(Cause.FULL);
    Claim rest = Claim.take("take/all", 300 - granted, 300, Duration.ofHours(1), Why.SPENT);
    assertThat(refusal(claims, rest)).isNull();

    clock.advance(MINUTE);
    assertThat(refusal(claims, PROOF)).as("what is over makes room").isNull();
  }

  @Test
  void keeps_no_more_rows_than_ids_that_are_spent() {
    Claims claims = claims(100_000);
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 50; i++) {
        Claim id = Claim.once("once/" + round + "/" + i, MINUTE, Why.SPENT);
        assertThat(refusal(claims, id)).isNull();
      }
      clock.advance(MINUTE);
    }

    assertThat(rows()).isLessThanOrEqualTo(100);
  }

  @Test
  void refuses_where_the_disk_is_gone_and_the_id_stays_spent() {
    Claims claims = claims(1_000);
    files.getLast().close();

    assertThat(refusal(claims, PROOF)).isEqualTo(Cause.OUT_OF_REACH);
    assertThat(refusal(claims, PROOF)).isEqualTo(Cause.SPENT);
  }
}
