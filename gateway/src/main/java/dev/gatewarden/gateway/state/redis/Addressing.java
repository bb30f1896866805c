package dev.gatewarden.gateway.state.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The settings of a connection in the words of the library that makes it.
final class Addressing {
  private Addressing() {}

  static RedisURI of(RedisSettings settings, Duration connecting) {
    RedisURI.Builder address = RedisURI.builder();
    RedisSettings.Place first = settings.places().getFirst();
    if (settings.primary() == null) {
      address.withHost(first.host()).withPort(first.port());
    } else {
      address.withSentinelMasterId(settings.primary());
      for (RedisSettings.Place sentinel : settings.places()) {
        address.withSentinel(
            encrypted(
                RedisURI.builder().withHost(sentinel.host()).withPort(sentinel.port()),
                settings,
                connecting));
      }
    }
    address.withDatabase(settings.database()).withClientName("gatewarden");
    if (settings.password() != null) {
      char[] password =
          new String(settings.password().revealed(), StandardCharsets.UTF_8).toCharArray();
      if (settings.user() == null) {
        address.withPassword(password);
      } else {
        address.withAuthentication(settings.user(), password);
      }
    }
    return encrypted(address, settings, connecting);
  }

  private static RedisURI encrypted(
      RedisURI.Builder address, RedisSettings settings, Duration connecting) {
    return address
        .withSsl(settings.tls() != null)
        .withVerifyPeer(SslVerifyMode.FULL)
        .withTimeout(connecting)
        .build();
  }

  static SslOptions encryption(RedisSettings.Tls tls, Duration connecting) {
    SslOptions.Builder options = SslOptions.builder().jdkSslProvider().handshakeTimeout(connecting);
    if (tls.trust() != null) {
      options.trustManager(tls.trust().toFile());
    }
    if (tls.certificate() != null && tls.key() != null) {
      byte[] key = tls.key().revealed();
      options.keyManager(
          SslOptions.Resource.from(tls.certificate().toFile()),
          () -> new ByteArrayInputStream(key),
          null);
    }
    return options.build();
  }
}
