package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.TokenVerifier.Verification;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The tokens that were verified, by their digest: a table of fixed size without locks, in which a
/// newcomer takes the place of the longest unused of eight.
///
/// It keeps proofs, never decisions: what can change since is asked again on each hit.
final class ProofCache {
  private static final int WAYS = 8;

  /// A verified token and what must still hold for it.
  static final class Entry {
    final TokenDigest digest;
    final Verification.Verified verified;
    final VerificationKey key;
    final long from;
    final long to;
    final Instant issuedAt;
    final @Nullable String tokenKey;
    final String subjectKey;
    final @Nullable String clientKey;

    /// The key set the key was last seen in.
    volatile KeySet set;

    /// The revocations as they stood when the token was last seen unrevoked.
    volatile long epoch;

    /// Written without care: a lost update costs an early eviction.
    long usedAt;

    Entry(
        TokenDigest digest,
        Verification.Verified verified,
        VerificationKey key,
        KeySet set,
        ClaimRules.Judged.Good good,
        long epoch) {
      this.digest = digest;
      this.verified = verified;
      this.key = key;
      this.set = set;
      this.from = good.from();
      this.to = good.to();
      this.issuedAt = good.issuedAt();
      this.epoch = epoch;
      String issuer = verified.proof().issuer();
      String client = verified.proof().alone().client();
      this.tokenKey = good.id() == null ? null : issuer + "|" + good.id();
      this.subjectKey = verified.proof().alone().key();
      this.clientKey = client == null ? null : issuer + "|" + client;
    }
  }

  private final AtomicReferenceArray<@Nullable Entry> slots;
  private final int sets;

  /// @param capacity how many tokens it holds; a power of two, at least 8
  ProofCache(int capacity) {
    slots = new AtomicReferenceArray<>(capacity);
    sets = capacity / WAYS;
  }

  /// What is known of the token that was read last.
  @Nullable Entry find(TokenDigest.Reader read, long now) {
    int first = first(read.a());
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = slots.getAcquire(i);
      if (entry != null && entry.digest.is(read)) {
        entry.usedAt = now;
        return entry;
      }
    }
    return null;
  }

  void put(Entry entry, long now) {
    entry.usedAt = now;
    int first = first(entry.digest.a());
    int worst = first;
    long longest = Long.MAX_VALUE;
    for (int i = first; i < first + WAYS; i++) {
      Entry old = slots.get(i);
      if (old == null || old.digest.equals(entry.digest)) {
        worst = i;
        break;
      }
      long worth = now >= old.to ? Long.MIN_VALUE : old.usedAt;
      if (worth < longest) {
        longest = worth;
        worst = i;
      }
    }
    slots.set(worst, entry);
  }

  private int first(long word) {
    return (int) (word & (sets - 1)) * WAYS;
  }
}
