package dev.gatewarden.gateway.transport;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.gateway.transport.wire.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where and how a Listener takes requests in.
///
/// @param bind address and port; port 0 for any
/// @param tls null for plain text
/// @param unshared networks through which the callers of others come, as those of proxies in front:
///     they may have more connections than others
public record Settings(
    InetSocketAddress bind, @Nullable Tls tls, Limits limits, List<Block> unshared) {

  /// The settings of one that callers reach by themselves.
  public Settings(InetSocketAddress bind, @Nullable Tls tls, Limits limits) {
    this(bind, tls, limits, List.of());
  }

  /// What is spoken with callers who encrypt.
  ///
  /// @param certificates of several, each is shown to callers who name a host of its own; the first
  ///     to all others
  /// @param asking of whom a client certificate is asked
  /// @param strict whether callers who name no host of any certificate are turned away
  /// @param dated whether a test wants to see what it is worth to offer modern suites alone
  public record Tls(List<Files> certificates, Asking asking, boolean strict, boolean dated) {
    public Tls {
      certificates = List.copyOf(certificates);
    }

    /// One certificate, and nobody is asked for another.
    public Tls(Path certificate, Path key) {
      this(List.of(new Files(certificate, key)), Asking.NOBODY, false, false);
    }
  }

  /// Where a certificate stands with its key.
  ///
  /// @param certificate the chain, PEM
  /// @param key PKCS#8, PEM, unencrypted
  public record Files(Path certificate, Path key) {}
}
