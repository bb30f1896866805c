package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.testkit.ports.SessionsContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisSessionsTest extends SessionsContract {
  private Redis redis;

  @BeforeEach
  void open() {
    redis = Redis.open(RealRedis.shared().settings(), clock);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  protected Sessions sessions() {
    RealRedis.empty(redis);
    return RealRedis.waiting(Sessions.class, new RedisSessions(redis));
  }

  @Test
  void keeps_no_key_that_a_reader_of_the_store_could_use() {
    sessions().create("the-cookie", new byte[] {1}, Duration.ofHours(1), Duration.ofHours(1));
    var keys =
        redis.run(new Script("return redis.call('KEYS', '*')", "0"), new String[0]).stream()
            .map(Redis::text)
            .toList();

    assertThat(keys).isNotEmpty().noneMatch(key -> key.contains("the-cookie"));
  }

  @Test
  void keeps_bytes_as_they_are() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Sessions sessions = sessions();
    sessions.create("s", all, Duration.ofHours(1), Duration.ofHours(1));

    assertThat(sessions.find("s").orElseThrow().value()).isEqualTo(all);
  }
}
