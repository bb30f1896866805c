package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.KeyProofs;
import dev.gatewarden.gateway.identity.DpopProofs;
import dev.gatewarden.gateway.identity.IdentityToken;
import dev.gatewarden.gateway.identity.SigningKeys;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.certificate.CertificateDesk;
import dev.gatewarden.gateway.keys.KeyRings;
import dev.gatewarden.gateway.keys.KeyStore;
import dev.gatewarden.gateway.state.FileSnapshots;
import dev.gatewarden.gateway.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What outlives every generation of a running gate: its state and its own keys, and the threads
/// that all of them work on.
final class Ground implements Closeable {
  private static final String NAME = "gatewarden";

  private final InstantSource clock;
  private final Keeping keeping;
  private final Blocks blocks;
  private final Set<String> without;
  private final Snapshots snapshots;
  private final Workshop workshop;
  private final SigningKeys keys;
  private final IdentityToken token;
  private final KeyProofs proofs;
  private final CertificateDesk certificates;
  private final Transport transport;
  private final Path state;
  private volatile @Nullable KeyRings rings;

  /// @param secrets what is kept in them is read now and never again
  Ground(Reading reading, Options options, Secrets secrets, Transport transport)
      throws IOException {
    this.clock = options.clock();
    this.transport = transport;
    this.state = StateFolder.of(reading, options.environment());
    this.keeping = Keeping.open(reading, secrets, state, clock);
    this.without = options.without();
    this.blocks =
        without.contains(UnheededBlocks.CONTROL)
            ? new UnheededBlocks(keeping.blocks())
            : keeping.blocks();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.snapshots = new FileSnapshots(StateFolder.snapshots(state), clock);
    this.workshop = Workshop.open(state, clock, blocks, snapshots, threads);
    this.certificates = new CertificateDesk(clock, workshop.pool());
    this.keys = SigningKeys.keptIn(state, clock);
    this.proofs = new DpopProofs(workshop, keys.get());
    this.token = new IdentityToken(NAME, keys, workshop);
    if (!reading.configuration().apiKeys().isEmpty()) {
      var unused = rings();
    }
  }

  InstantSource clock() {
    return clock;
  }

  /// What the gate remembers between requests.
  Keeping keeping() {
    return keeping;
  }

  Blocks blocks() {
    return blocks;
  }

  /// Where what is in force is kept.
  Snapshots snapshots() {
    return snapshots;
  }

  Workshop workshop() {
    return workshop;
  }

  /// The name by which the gate's own tokens call it.
  String name() {
    return NAME;
  }

  /// The keys of the gate's own tokens.
  SigningKeys keys() {
    return keys;
  }

  IdentityToken token() {
    return token;
  }

  KeyProofs proofs() {
    return proofs;
  }

  /// The certificates that are looked after.
  CertificateDesk certificates() {
    return certificates;
  }

  Transport transport() {
    return transport;
  }

  /// The state folder.
  Path state() {
    return state;
  }

  Set<String> without() {
    return without;
  }

  /// How the issued API keys stand; empty where no ring was ever configured.
  Map<String, Double> keyCounts() {
    KeyRings open = rings;
    return open == null ? Map.of() : open.counts();
  }

  /// The issued API keys, which are read when somebody first asks for them.
  ///
  /// @throws UncheckedIOException when they cannot be read
  synchronized KeyRings rings() {
    KeyRings open = rings;
    if (open == null) {
      try {
        open = KeyRings.open(new KeyStore(keeping.shared(snapshots, clock), clock), clock);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      rings = open;
    }
    return open;
  }

  /// Knows these rings and no others from now on.
  void keep(Collection<KeyRings.Ring> served) {
    KeyRings open = rings;
    if (open != null) {
      open.keep(served);
    }
  }

  Exposure exposure() {
    KeyRings open = rings;
    return open == null ? Exposure.NONE : open;
  }

  @Override
  public void close() throws IOException {
    certificates.close();
    workshop.close();
    KeyRings open = rings;
    if (open != null) {
      open.close();
    }
    keeping.close();
  }
}
