package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Exposition;
import dev.gatewarden.app.configuration.State;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.state.redis.Redis;
import dev.gatewarden.gateway.state.redis.RedisClaims;
import dev.gatewarden.platform.store.SqliteClaims;
import dev.gatewarden.platform.store.SqliteQuotas;
import dev.gatewarden.platform.store.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where limits and once-only ids are counted: in memory, with files behind it for what a restart
/// must not forget, or in Redis.
///
/// @param claims what guards take of
/// @param alone what this process counts by itself
/// @param quotas what is written behind, or null
/// @param shared what several gates count together, or null
/// @param files what is closed with it
record Counting(
    Claims claims,
    LocalClaims alone,
    @Nullable SqliteQuotas quotas,
    @Nullable RedisClaims shared,
    List<StateFile> files) {
  private static final int MOST = 1_000_000;
  private static final int LEAST = 50_000;

  /// A quarter of the heap, at what a key costs with a long name.
  private static final int BYTES_OF_HEAP = 4 * 256;

  private static final long MOST_SHARED = 50_000_000;
  private static final long MOST_ID_BYTES = 1L << 30;
  private static final long MOST_QUOTA_BYTES = 512L << 20;

  /// @param lasting whether quotas outlive the gate
  /// @throws IOException when the state folder cannot be written
  static Counting local(Path folder, InstantSource clock, boolean lasting) throws IOException {
    List<StateFile> files = new ArrayList<>();
    LocalClaims alone = memory(clock);
    StateFile spent = StateFile.synced(folder.resolve("claims.db"), MOST_ID_BYTES);
    files.add(spent);
    StateFile used = lasting ? StateFile.open(folder.resolve("quotas.db"), MOST_QUOTA_BYTES) : null;
    if (used != null) {
      files.add(used);
    }
    alone.remembering(true);
    Claims ids = new SqliteClaims(spent, alone, clock);
    SqliteQuotas quotas = used == null ? null : new SqliteQuotas(used, ids, clock);
    alone.remembering(false);
    return new Counting(quotas == null ? ids : quotas, alone, quotas, null, List.copyOf(files));
  }

  /// @param state what becomes of claims while Redis is gone
  static Counting shared(Redis redis, InstantSource clock, State state) {
    LocalClaims alone = memory(clock);
    Claim.WhenGone whenGone =
        switch (state.whenGone()) {
          case CLOSED -> Claim.WhenGone.CLOSED;
          case LOCAL_SHARE -> Claim.WhenGone.LOCAL_SHARE;
        };
    RedisClaims claims = new RedisClaims(redis, clock, MOST_SHARED, whenGone, alone);
    return new Counting(claims, alone, null, claims, List.of());
  }

  private static LocalClaims memory(InstantSource clock) {
    long most = Runtime.getRuntime().maxMemory() / BYTES_OF_HEAP;
    int room = Math.clamp(most, LEAST, MOST);
    // A clock that somebody sets is set for limits too.
    return clock.equals(InstantSource.system())
        ? LocalClaims.steady(clock, System::nanoTime, room)
        : new LocalClaims(clock, room);
  }

  /// What an operator should see of it.
  void tell(Exposition text) {
    text.gauge("gatewarden_claims_keys", "keys of limits and ids remembered here", alone.size());
    text.gauge("gatewarden_claims_most", "keys there is room for here", alone.most());
    text.gauge(
        "gatewarden_claims_coarse",
        "buckets shared by keys that found no room of their own",
        alone.shared());
    RedisClaims together = shared;
    if (together != null) {
      text.counter(
          "gatewarden_state_alone_total",
          "requests counted by this gate's own share while the shared state was gone",
          together.countedAlone());
      text.counter(
          "gatewarden_state_uncounted_total",
          "limits that were left open while the shared state was gone",
          together.leftOpen());
      text.counter(
          "gatewarden_state_closed_total",
          "requests refused because the shared state was gone",
          together.refused());
    }
  }

  /// Writes what was not written yet, and closes the files.
  void close() {
    if (quotas != null) {
      quotas.close();
    }
    files.forEach(StateFile::close);
  }
}
