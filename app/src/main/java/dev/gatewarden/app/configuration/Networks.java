package dev.gatewarden.app.configuration;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.core.address.Ip;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The networks that do not leave a machine, an organisation (RFC 1918, RFC 4193) or a link (RFC
/// 3927, RFC 4291).
public final class Networks {
  private static final List<Block> BLOCKS =
      List.of(
          block("10.0.0.0/8"),
          block("172.16.0.0/12"),
          block("192.168.0.0/16"),
          block("169.254.0.0/16"),
          block("fc00::/7"),
          block("fe80::/10"));

  private Networks() {}

  /// Whether the URL's host is an address of such a network, or `localhost`; another name proves
  /// nothing.
  public static boolean holds(URI url) {
    if (isLoopback(url)) {
      return true;
    }
    Ip ip = address(url);
    if (ip == null) {
      return false;
    }
    for (Block block : BLOCKS) {
      if (block.contains(ip)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the host is this machine.
  public static boolean isLoopback(URI url) {
    Ip ip = address(url);
    return "localhost".equals(url.getHost()) || (ip != null && ip.isLoopback());
  }

  private static @Nullable Ip address(URI url) {
    String host = url.getHost();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return Ip.parse(bracketed ? host.substring(1, host.length() - 1) : host);
  }

  private static Block block(String text) {
    return Objects.requireNonNull(Block.parse(text));
  }
}
