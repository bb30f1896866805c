package dev.gatewarden.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.IssuedTokens.Fault;
import dev.gatewarden.core.identity.IssuedTokens.Verification;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.Standing;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.ledger.Ledger.Written;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final FakeClock clock = new FakeClock();
  private final Blocks blocks = new LocalBlocks(clock);
  private final Ledger ledger = over(new LocalSessions(clock, 1 << 20));

  private Ledger over(Sessions sessions) {
    Ledger.Settings settings =
        new Ledger.Settings(
            "own", Duration.ofHours(12), Duration.ofMinutes(30), Duration.ofSeconds(10));
    Pepper pepper = Pepper.of(Secret.of("a pepper of the tests"));
    return new Ledger(settings, pepper, sessions, blocks, clock);
  }

  @Test
  void only_what_was_written_down_is_known() {
    assertThat(fault("a")).isEqualTo(Fault.UNKNOWN);
    written("a", "alice");

    assertThat(subject("a")).isEqualTo("alice");
    assertThat(fault("A")).isEqualTo(Fault.UNKNOWN);
  }

  @Test
  void a_token_ends_when_nobody_uses_it() {
    written("a", "alice");
    clock.advance(Duration.ofMinutes(29));
    assertThat(subject("a")).isEqualTo("alice");
    clock.advance(Duration.ofMinutes(29));
    assertThat(subject("a")).isEqualTo("alice");
    clock.advance(Duration.ofMinutes(30));

    assertThat(fault("a")).isEqualTo(Fault.UNKNOWN);
  }

  @Test
  void a_token_that_is_only_looked_at_is_not_used() {
    written("a", "alice");
    clock.advance(Duration.ofMinutes(29));
    assertThat(ledger.look("a")).isInstanceOf(Verification.Verified.class);
    clock.advance(Duration.ofMinutes(1));

    assertThat(ledger.look("a")).isEqualTo(new Verification.Refused(Fault.UNKNOWN));
  }

  @Test
  void a_token_ends_at_last_however_much_it_is_used() {
    written("a", "alice");
    for (int i = 0; i < 36 * 2 - 1; i++) {
      clock.advance(Duration.ofMinutes(10));
      assertThat(subject("a")).isEqualTo("alice");
    }
    clock.advance(Duration.ofMinutes(10));

    assertThat(fault("a")).isIn(Fault.UNKNOWN, Fault.EXPIRED);
  }

  @Test
  void a_service_may_say_less_than_the_ledger_and_never_more() {
    ledger.write("a", false, "alice", null, Duration.ofMinutes(5));
    ledger.write("b", false, "alice", null, Duration.ofDays(300));
    clock.advance(Duration.ofMinutes(5));

    assertThat(fault("a")).isIn(Fault.UNKNOWN, Fault.EXPIRED);
    assertThat(subject("b")).isEqualTo("alice");
    clock.advance(Duration.ofHours(12));
    assertThat(fault("b")).isIn(Fault.UNKNOWN, Fault.EXPIRED);
  }

  @Test
  void everything_issued_before_ends_and_nothing_after() {
    written("a", "alice");
    written("b", "bob");
    clock.advance(Duration.ofSeconds(1));
    ledger.endAll("alice");
    written("c", "alice");

    assertThat(fault("a")).isEqualTo(Fault.ENDED);
    assertThat(subject("b")).isEqualTo("bob");
    assertThat(subject("c")).isEqualTo("alice");
    Standing later = Standing.of(((Verification.Verified) ledger.verify("c")).proof().alone());
    assertThat(later.shutOut(blocks)).as("on open connections").isFalse();
  }

  @Test
  void a_replaced_token_lives_for_the_overlap() {
    written("a", "alice");
    ledger.supersede("a");
    clock.advance(Duration.ofSeconds(9));
    assertThat(subject("a")).isEqualTo("alice");
    clock.advance(Duration.ofSeconds(1));

    assertThat(fault("a")).isEqualTo(Fault.EXPIRED);
  }

  @Test
  void the_same_token_for_the_same_person_lives_on_and_for_another_is_nobodys() {
    written("a", "alice");
    clock.advance(Duration.ofMinutes(20));
    written("a", "alice");
    clock.advance(Duration.ofMinutes(20));
    assertThat(subject("a")).isEqualTo("alice");

    assertThat(ledger.write("a", false, "bob", null, null)).isEqualTo(Written.TWO_SUBJECTS);
    assertThat(fault("a")).isEqualTo(Fault.UNKNOWN);
  }

  @Test
  void a_token_that_buys_others_opens_nothing() {
    ledger.write("r", true, "alice", "t1", null);

    assertThat(fault("r")).isEqualTo(Fault.RENEWAL);
    assertThat(ledger.renewal("r")).isNotNull();
    written("a", "alice");
    assertThat(ledger.renewal("a")).isNull();
    clock.advance(Duration.ofSeconds(1));
    ledger.endAll("alice");
    assertThat(ledger.renewal("r")).isNull();
  }

  @Test
  void where_there_is_no_room_nothing_is_forgotten_for_it() {
    assertThat(over(new LocalSessions(clock, 0)).write("a", false, "alice", null, null))
        .isEqualTo(Written.FULL);
  }

  @Test
  void a_ledger_out_of_reach_says_so() {
    Sessions away =
        new Sessions() {
          @Override
          public boolean create(String key, byte[] value, Duration idle, Duration absolute) {
            throw OutOfReach.INSTANCE;
          }

          @Override
          public Optional<Versioned> find(String key) {
            throw OutOfReach.INSTANCE;
          }

          @Override
          public Optional<Versioned> look(String key) {
            throw OutOfReach.INSTANCE;
          }

          @Override
          public boolean replace(String key, long version, byte[] value) {
            throw OutOfReach.INSTANCE;
          }

          @Override
          public void end(String key) {
            throw OutOfReach.INSTANCE;
          }
        };

    assertThat(over(away).verify("a")).isEqualTo(new Verification.Refused(Fault.UNREACHABLE));
  }

  private void written(String token, String subject) {
    assertThat(ledger.write(token, false, subject, null, null)).isEqualTo(Written.DONE);
  }

  private String subject(String token) {
    return ((Verification.Verified) ledger.verify(token)).proof().alone().subject();
  }

  private Fault fault(String token) {
    return ((Verification.Refused) ledger.verify(token)).fault();
  }
}
