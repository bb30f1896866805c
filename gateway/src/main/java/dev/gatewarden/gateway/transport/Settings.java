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

  /// @param certificate the chain, PEM
  /// @param key PKCS#8, PEM, unencrypted
  /// @param asking of whom a client certificate is asked
  public record Tls(Path certificate, Path key, Asking asking) {
    /// Nobody is asked for a certificate.
    public Tls(Path certificate, Path key) {
      this(certificate, key, Asking.NOBODY);
    }
  }
}
