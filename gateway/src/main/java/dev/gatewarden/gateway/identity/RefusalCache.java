package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The tokens that were refused lately for what will not change, so that repeating one costs no
/// second signature. Small and forgetful: one slot per digest.
final class RefusalCache {
  private static final long REMEMBERED = 60_000;

  private record Entry(TokenDigest digest, Verification.Refused refused, KeySet set, long until) {}

  private final AtomicReferenceArray<@Nullable Entry> slots;

  /// @param capacity a power of two
  RefusalCache(int capacity) {
    slots = new AtomicReferenceArray<>(capacity);
  }

  /// The refusal of the token that was read last, under the same keys, or null.
  Verification.@Nullable Refused find(TokenDigest.Reader read, KeySet set, long now) {
    Entry entry = slots.get(slot(read.b()));
    boolean good = entry != null && entry.digest.is(read) && entry.set == set && now < entry.until;
    return good ? entry.refused : null;
  }

  void put(TokenDigest digest, Verification.Refused refused, KeySet set, long now) {
    if (isFinal(refused.fault())) {
      slots.set(slot(digest.b()), new Entry(digest, refused, set, now + REMEMBERED));
    }
  }

  private static boolean isFinal(Fault fault) {
    return switch (fault) {
      case SIGNATURE, TYPE, ISSUER, AUDIENCE, EXPIRED, MISSING_CLAIM, MALFORMED, DECRYPTION -> true;
      case ALGORITHM,
          UNKNOWN_KEY,
          NOT_YET_VALID,
          LIFETIME,
          EXCEPTION_OVER,
          REVOKED,
          FAILING_SOURCE,
          INACTIVE,
          UNANSWERED,
          KEYS_UNAVAILABLE,
          STATUS_UNAVAILABLE,
          OVERLOADED ->
          false;
    };
  }

  private int slot(long word) {
    return (int) word & (slots.length() - 1);
  }
}
