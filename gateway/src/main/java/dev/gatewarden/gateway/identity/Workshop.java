package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.identity.Blocks;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the verifiers of one gate share.
///
/// @param pool computes signatures, on few platform threads and with a bounded queue
/// @param snapshots where good keys are kept for a restart, or null
public record Workshop(
    InstantSource clock,
    RandomGenerator random,
    Blocks blocks,
    @Nullable Snapshots snapshots,
    HttpClient http,
    Signatures signatures,
    ExecutorService pool)
    implements AutoCloseable {

  private static final int MOST_WAITING = 1024;

  /// Opens a workshop; the fast crypto provider is loaded beside.
  ///
  /// @param state the gate's state folder; native libraries are unpacked below it
  /// @param threads how many signatures are computed at once
  /// @throws IOException when nothing can be written below the state folder
  public static Workshop open(
      Path state, InstantSource clock, Blocks blocks, @Nullable Snapshots snapshots, int threads)
      throws IOException {
    FastProvider fast = FastProvider.loading(Files.createDirectories(state.resolve("natives")));
    return new Workshop(
        clock,
        new SecureRandom(),
        blocks,
        snapshots,
        client(),
        new Signatures(fast),
        pool(threads));
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(3))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  static ExecutorService pool(int threads) {
    ThreadFactory named = Thread.ofPlatform().daemon().name("signatures-", 0).factory();
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), named);
  }

  /// A verifier for one issuer; it begins to fetch the issuer's keys.
  public IssuerTokenVerifier verifier(IssuerSettings settings) {
    IssuerKeys keys =
        switch (settings.keys()) {
          case KeySource.Discovered() ->
              keys(settings, new KeyFetch.Discovering(http, settings.issuer()));
          case KeySource.Address(var jwks) -> keys(settings, new KeyFetch.FromAddress(http, jwks));
          case KeySource.File(var jwks) -> keys(settings, new KeyFetch.FromFile(jwks));
          case KeySource.Shared(var secret) ->
              new IssuerKeys(
                  settings,
                  new KeySet(java.util.List.of(JwkReader.shared("", secret, null))),
                  this);
        };
    keys.begin();
    return new IssuerTokenVerifier(settings, keys, this);
  }

  private IssuerKeys keys(IssuerSettings settings, KeyFetch fetch) {
    return new IssuerKeys(settings, fetch, this);
  }

  @Override
  public void close() {
    pool.shutdownNow();
    http.shutdownNow();
  }
}
