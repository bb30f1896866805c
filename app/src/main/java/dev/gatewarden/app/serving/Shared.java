package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Limits;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.gateway.conformity.Conformity;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.walk.Ceilings;
import dev.gatewarden.gateway.walk.Era;
import dev.gatewarden.gateway.walk.GateSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// What all APIs behind one gate share, made from its configuration.
final class Shared {
  private static final int DIGEST_DIGITS = 16;

  private Shared() {}

  static GateSettings of(
      Reading reading,
      Options options,
      Recorder recorder,
      Metrics metrics,
      Conformity conformity,
      Claims claims,
      InstantSource clock,
      IntSupplier load,
      Era era) {
    Configuration configuration = reading.configuration();
    return new GateSettings(
        configuration.listen().trust(),
        ceilings(configuration.limits()),
        claims,
        recorder,
        metrics,
        clock,
        System::nanoTime,
        ids(),
        policy(reading),
        options.without(),
        conformity,
        configuration.listen().clientCert(),
        load,
        era);
  }

  private static Ceilings ceilings(Limits limits) {
    return new Ceilings(
        limits.body().bytes(),
        limits.parameters(),
        Optional.ofNullable(limits.depth()),
        Optional.ofNullable(limits.keys()),
        Optional.ofNullable(limits.items()),
        Optional.ofNullable(limits.string()),
        Optional.ofNullable(limits.digits()));
  }

  /// Ids that nobody guesses from others: a secret of this process mixed into a fast generator of
  /// each thread.
  private static Supplier<ExchangeId> ids() {
    SecureRandom seed = new SecureRandom();
    long high = seed.nextLong();
    long low = seed.nextLong();
    return () -> {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      return ExchangeId.of(random.nextLong() ^ high, random.nextLong() ^ low);
    };
  }

  /// The digest of every value in force, as decision lines name it.
  private static String policy(Reading reading) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      reading
          .settings()
          .forEach(
              setting ->
                  digest.update(
                      (setting.path() + '=' + setting.value() + '\n')
                          .getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-256", impossible);
    }
  }
}
