package dev.gatewarden.gateway.identity;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.nio.file.Path;
import java.security.Provider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The native crypto provider, loaded beside the start of the gate; absent until then, and for good
/// where it does not run.
///
/// It is handed to each Signature by itself and never registered, so that nothing else in the
/// process changes its provider.
final class FastProvider implements Supplier<@Nullable Provider> {
  private static final Logger LOG = LoggerFactory.getLogger(FastProvider.class);
  private static final String FOLDER = "com.amazon.corretto.crypto.provider.tmpdir";

  private volatile @Nullable Provider loaded;
  private final Thread loading;

  private FastProvider(Path natives) {
    loading = Thread.ofPlatform().daemon().name("fast-provider").unstarted(() -> load(natives));
  }

  /// Begins to load the provider (about 0.3 s of another thread).
  ///
  /// @param natives an existing folder that its library may be unpacked in and run from
  static FastProvider loading(Path natives) {
    FastProvider provider = new FastProvider(natives);
    provider.loading.start();
    return provider;
  }

  /// Waits until it is loaded, or known not to run here.
  void await() throws InterruptedException {
    loading.join();
  }

  @Override
  public @Nullable Provider get() {
    return loaded;
  }

  private void load(Path natives) {
    if (System.getProperty(FOLDER) == null) {
      System.setProperty(FOLDER, natives.toString());
    }
    try {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      provider.assertHealthy();
      if (provider.runSelfTests() != SelfTestStatus.PASSED) {
        LOG.warn("the fast crypto provider failed its self-test; the JDK's is used");
        return;
      }
      loaded = provider;
    } catch (Throwable e) {
      // Whatever keeps a native library from loading, including errors of the linker.
      LOG.warn("the fast crypto provider does not run here; the JDK's is used", e);
    }
  }
}
