package dev.gatewarden.gateway.identity.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.gateway.identity.Statements;
import dev.gatewarden.testkit.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusListsTest {
  private static final String LIST = "https://id.example.com/lists/1";
  private static final Ip HERE = java.util.Objects.requireNonNull(Ip.parse("192.0.2.1"));

  private final FakeClock clock = new FakeClock();
  private final AtomicInteger fetched = new AtomicInteger();
  private volatile boolean gone;
  private volatile Map<String, Object> signed = list(1, new byte[] {0b0000_0010});

  /// An issuer whose statements are what a test says.
  private final Statements issuer =
      new Statements() {
        @Override
        public String fetch(URI address, String type) throws IOException {
          fetched.incrementAndGet();
          if (gone) {
            throw new IOException("gone");
          }
          return type;
        }

        @Override
        public Map<String, Object> claims(String text, String type) {
          assertThat(text).isEqualTo("application/" + type);
          return signed;
        }
      };

  @Test
  void reads_states_of_every_width() throws IOException {
    StatusList one = StatusList.of(list(1, new byte[] {(byte) 0xB9, (byte) 0xA3}));
    StatusList two = StatusList.of(list(2, new byte[] {(byte) 0xC9, 0x44}));
    StatusList four = StatusList.of(list(4, new byte[] {0x21, 0x43}));
    StatusList eight = StatusList.of(list(8, new byte[] {7, (byte) 255}));

    int[] bits = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
    for (int i = 0; i < bits.length; i++) {
      assertThat(one.at(i)).as("bit %s", i).isEqualTo(bits[i]);
    }
    int[] pairs = {1, 2, 0, 3, 0, 1, 0, 1};
    for (int i = 0; i < pairs.length; i++) {
      assertThat(two.at(i)).as("pair %s", i).isEqualTo(pairs[i]);
    }
    assertThat(List.of(four.at(0), four.at(1), four.at(2), four.at(3))).containsExactly(1, 2, 3, 4);
    assertThat(List.of(eight.at(0), eight.at(1))).containsExactly(7, 255);
    assertThat(one.at(16)).isEqualTo(-1);
    assertThat(one.at(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(eight.at(2)).isEqualTo(-1);
  }

  @Test
  void refuses_a_list_that_unpacks_to_too_much_or_is_broken() {
    assertThatThrownBy(() -> StatusList.of(list(1, new byte[StatusList.MOST_BYTES + 1])))
        .hasMessageContaining("too long");
    Map<String, Object> broken = Map.of("status_list", Map.of("bits", 1L, "lst", "eNrb"));
    assertThatThrownBy(() -> StatusList.of(broken)).isInstanceOf(IOException.class);
    Map<String, Object> odd = Map.of("status_list", Map.of("bits", 3L, "lst", "eNrb"));
    assertThatThrownBy(() -> StatusList.of(odd)).isInstanceOf(IOException.class);
  }

  @Test
  void lets_in_who_is_good_and_nobody_who_was_withdrawn() {
    assertThat(asked(place(0L, LIST))).isNull();
    assertThat(asked(place(1L, LIST))).isEqualTo(Fault.REVOKED);
    assertThat(asked(place(8L, LIST))).as("beyond the list").isEqualTo(Fault.REVOKED);
  }

  @Test
  void never_waits_on_an_event_loop_and_answers_there_once_the_list_is_at_hand() {
    TokenVerifier verifier = verifier(Demands.Status.CHECKED, place(1L, LIST));
    assertThatThrownBy(() -> verifier.verify("t", HERE)).isSameAs(WouldWait.INSTANCE);
    fault(waiting(() -> verifier.verify("t", HERE)));

    assertThat(fault(verifier.verify("t", HERE))).isEqualTo(Fault.REVOKED);
    assertThat(fetched).hasValue(1);
  }

  @Test
  void says_that_nobody_knows_while_the_list_cannot_be_had_and_does_not_ask_for_each_token() {
    gone = true;
    TokenVerifier verifier = verifier(Demands.Status.CHECKED, place(0L, LIST));
    for (int i = 0; i < 10; i++) {
      assertThat(fault(waiting(() -> verifier.verify("t", HERE))))
          .isEqualTo(Fault.STATUS_UNAVAILABLE);
    }
    assertThat(fetched).hasValue(1);

    gone = false;
    clock.advance(Duration.ofSeconds(11));
    assertThat(fault(waiting(() -> verifier.verify("t", HERE)))).isNull();
  }

  @Test
  void uses_a_list_for_its_time_and_no_longer() {
    TokenVerifier verifier = verifier(Demands.Status.CHECKED, place(0L, LIST));
    assertThat(fault(waiting(() -> verifier.verify("t", HERE)))).isNull();
    gone = true;
    clock.advance(Duration.ofSeconds(99));
    assertThat(fault(waiting(() -> verifier.verify("t", HERE)))).isNull();

    clock.advance(Duration.ofSeconds(1));
    assertThat(fault(waiting(() -> verifier.verify("t", HERE))))
        .isEqualTo(Fault.STATUS_UNAVAILABLE);
  }

  @Test
  void believes_no_list_of_another_place_or_another_time() {
    signed = with("sub", "https://id.example.com/lists/2");
    assertThat(asked(place(0L, LIST))).isEqualTo(Fault.STATUS_UNAVAILABLE);
    signed = with("exp", clock.instant().getEpochSecond());
    assertThat(asked(place(0L, LIST))).isEqualTo(Fault.STATUS_UNAVAILABLE);
    signed = with("iat", clock.instant().getEpochSecond() + 600);
    assertThat(asked(place(0L, LIST))).isEqualTo(Fault.STATUS_UNAVAILABLE);
  }

  @Test
  void refuses_a_place_that_is_none() {
    assertThat(asked(place(-1L, LIST))).isEqualTo(Fault.MALFORMED);
    assertThat(asked(Map.of("status_list", Map.of("idx", "0", "uri", LIST))))
        .isEqualTo(Fault.MALFORMED);
    assertThat(asked(Map.of("status_list", "1"))).isEqualTo(Fault.MALFORMED);
    assertThat(asked(place(0L, "no address at all"))).isEqualTo(Fault.STATUS_UNAVAILABLE);
  }

  @Test
  void demands_a_place_only_where_it_is_required() {
    assertThat(fault(verifier(Demands.Status.CHECKED, null).verify("t", HERE))).isNull();
    assertThat(fault(verifier(Demands.Status.REQUIRED, null).verify("t", HERE)))
        .isEqualTo(Fault.MISSING_CLAIM);
    assertThat(fault(verifier(Demands.Status.IGNORED, place(1L, LIST)).verify("t", HERE))).isNull();
  }

  @Test
  void demands_an_id_of_tokens_that_may_be_used_once() {
    TokenVerifier once =
        new DemandingVerifier(
            (_, _) -> verified(Map.of()), new Demands(true, Demands.Status.CHECKED), issuer, clock);

    assertThat(fault(once.verify("t", HERE))).isEqualTo(Fault.MISSING_CLAIM);
    assertThat(once.once()).isTrue();
  }

  private @Nullable Fault asked(Map<String, Object> status) {
    return fault(waiting(() -> verifier(Demands.Status.CHECKED, status).verify("t", HERE)));
  }

  private TokenVerifier verifier(Demands.Status status, @Nullable Map<String, Object> claim) {
    Map<String, Object> claims = claim == null ? Map.of() : Map.of("status", claim);
    return new DemandingVerifier(
        (_, _) -> verified(claims), new Demands(false, status), issuer, clock);
  }

  private static Verification verified(Map<String, Object> claims) {
    return new Verification.Verified(
        new Proof(
            "corp",
            Map.of(Facet.SUBJECT, "alice"),
            null,
            Set.of(),
            Set.of(),
            claims,
            List.of(),
            Lease.UNBOUNDED));
  }

  private static @Nullable Fault fault(Verification answer) {
    return answer instanceof Verification.Refused(var fault) ? fault : null;
  }

  private static Verification waiting(java.util.concurrent.Callable<Verification> work) {
    FutureTask<Verification> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    try {
      return task.get();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static Map<String, Object> place(long index, String uri) {
    return Map.of("status_list", Map.of("idx", index, "uri", uri));
  }

  private Map<String, Object> with(String name, Object value) {
    Map<String, Object> claims = new HashMap<>(list(1, new byte[1]));
    claims.put(name, value);
    return claims;
  }

  private Map<String, Object> list(int bits, byte[] states) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION))) {
      out.write(states);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return Map.of(
        "sub",
        LIST,
        "iat",
        clock.instant().getEpochSecond(),
        "ttl",
        100L,
        "status_list",
        Map.of(
            "bits",
            (long) bits,
            "lst",
            Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray())));
  }
}
