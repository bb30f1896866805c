package dev.gatewarden.gateway.ledger;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.IssuedTokens;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.gateway.keys.Pepper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tokens that one service was seen to issue: keyed digests, each with its subject and its end.
///
/// Kept among the sessions, so it survives what they survive. That everything of a subject ended is
/// a block, which holds on every node and on open connections.
public final class Ledger implements IssuedTokens {
  private static final Verification UNKNOWN = new Verification.Refused(Fault.UNKNOWN);
  private static final Verification EXPIRED = new Verification.Refused(Fault.EXPIRED);
  private static final Verification ENDED = new Verification.Refused(Fault.ENDED);
  private static final Verification RENEWAL = new Verification.Refused(Fault.RENEWAL);
  private static final Verification UNREACHABLE = new Verification.Refused(Fault.UNREACHABLE);

  private final Settings settings;
  private final Pepper pepper;
  private final Sessions sessions;
  private final Blocks blocks;
  private final InstantSource clock;

  /// What the operator says of one ledger.
  ///
  /// @param lifetime how long a token lives at most, whatever its service says
  /// @param idle how long it lives without being used
  /// @param overlap how long a token stays good beside the one that a refresh put in its place
  public record Settings(String name, Duration lifetime, Duration idle, Duration overlap) {}

  public Ledger(
      Settings settings, Pepper pepper, Sessions sessions, Blocks blocks, InstantSource clock) {
    this.settings = settings;
    this.pepper = pepper;
    this.sessions = sessions;
    this.blocks = blocks;
    this.clock = clock;
  }

  /// What became of writing a token down.
  enum Written {
    DONE,
    /// It was issued to somebody else before; both have lost it.
    TWO_SUBJECTS,
    /// There is no room.
    FULL
  }

  @Override
  public Verification verify(String token) {
    return judged(token, sessions::find);
  }

  @Override
  public Verification look(String token) {
    return judged(token, sessions::look);
  }

  private Verification judged(
      String token, Function<String, Optional<Sessions.Versioned>> reading) {
    Entry entry;
    try {
      Optional<Sessions.Versioned> found = reading.apply(key(token));
      entry = found.isEmpty() ? null : Entry.read(found.get().value());
    } catch (OutOfReach away) {
      return UNREACHABLE;
    }
    if (entry == null) {
      return UNKNOWN;
    }
    Verification fault = fault(entry);
    if (fault != null) {
      return fault;
    }
    return entry.renewal() ? RENEWAL : new Verification.Verified(proof(entry));
  }

  private @Nullable Verification fault(Entry entry) {
    if (!clock.instant().isBefore(entry.ends())) {
      return EXPIRED;
    }
    return blocks.blocked(Blocks.Kind.SUBJECT, blocked(entry.subject()), entry.issued())
        ? ENDED
        : null;
  }

  private Proof proof(Entry entry) {
    return new Proof(
        settings.name(),
        Map.of(Facet.SUBJECT, entry.subject()),
        entry.tenant(),
        Set.of(),
        Set.of(),
        Map.of("iat", BigDecimal.valueOf(entry.issued().toEpochMilli(), 3)),
        List.of(),
        new Lease(entry.ends()));
  }

  /// Who may buy new tokens with one, or null when nobody may.
  @Nullable Entry renewal(String token) {
    Optional<Sessions.Versioned> found = sessions.find(key(token));
    Entry entry = found.isEmpty() ? null : Entry.read(found.get().value());
    return entry == null || !entry.renewal() || fault(entry) != null ? null : entry;
  }

  /// Writes a token down. The same token for the same subject once more is no error: it lives on
  /// from now.
  ///
  /// @param life how long it lives, as far as its service says; null where it does not
  Written write(
      String token,
      boolean renewal,
      String subject,
      @Nullable String tenant,
      @Nullable Duration life) {
    Instant now = clock.instant();
    Duration least =
        life == null || life.compareTo(settings.lifetime()) > 0 ? settings.lifetime() : life;
    Entry entry = new Entry(renewal, subject, tenant, now, now.plus(least));
    String key = key(token);
    Duration idle = renewal ? least : settings.idle();
    for (int i = 0; i < 3; i++) {
      if (sessions.create(key, entry.bytes(), idle, least)) {
        return Written.DONE;
      }
      Optional<Sessions.Versioned> there = sessions.find(key);
      if (there.isEmpty()) {
        continue;
      }
      Entry before = Entry.read(there.get().value());
      sessions.end(key);
      if (before == null || !before.subject().equals(subject) || before.renewal() != renewal) {
        return Written.TWO_SUBJECTS;
      }
    }
    return Written.FULL;
  }

  /// Lets a token end, after the overlap.
  void supersede(String token) {
    String key = key(token);
    Optional<Sessions.Versioned> found = sessions.find(key);
    Entry entry = found.isEmpty() ? null : Entry.read(found.get().value());
    if (found.isEmpty() || entry == null) {
      return;
    }
    Entry ending = entry.endingBy(clock.instant().plus(settings.overlap()));
    if (!sessions.replace(key, found.get().version(), ending.bytes())) {
      sessions.end(key);
    }
  }

  /// Ends a token at once.
  void end(String token) {
    sessions.end(key(token));
  }

  /// Ends every token of a subject that was issued before now.
  void endAll(String subject) {
    Instant now = clock.instant();
    blocks.block(Blocks.Kind.SUBJECT, blocked(subject), now, now.plus(settings.lifetime()));
  }

  private String blocked(String subject) {
    return settings.name() + "|" + subject;
  }

  private String key(String token) {
    return settings.name() + "/" + pepper.hex(token);
  }
}
