package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.gateway.keys.KeyStore;
import dev.gatewarden.gateway.state.FileSnapshots;
import dev.gatewarden.gateway.state.redis.Redis;
import dev.gatewarden.gateway.state.redis.RedisSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The API keys of a configuration for who is no gate: in the state folder, or in the Redis that
/// gates share.
///
/// @param redis what has to be closed, or null
public record KeptKeys(KeyStore store, @Nullable Redis redis) implements AutoCloseable {

  /// @throws IOException when they are kept in a Redis that does not answer
  public static KeptKeys of(Reading reading, Secrets secrets, Path state) throws IOException {
    InstantSource clock = InstantSource.system();
    Snapshots files = new FileSnapshots(StateFolder.snapshots(state), clock);
    Redis redis = Keeping.redis(reading, secrets);
    if (redis == null) {
      return new KeptKeys(new KeyStore(files, clock), null);
    }
    if (!redis.reachable()) {
      redis.close();
      throw new IOException(
          "the API keys are kept in the shared state at `"
              + reading.configuration().state()
              + "`, which does not answer");
    }
    return new KeptKeys(new KeyStore(new RedisSnapshots(redis, files, clock), clock), redis);
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
    }
  }
}
