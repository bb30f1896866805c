package dev.gatewarden.gateway.identity;

import java.net.URI;

/// Which addresses keys and metadata may be fetched from: https, and http where it cannot be
/// overheard.
public final class Reachable {
  private Reachable() {}

  public static boolean is(URI address) {
    String host = address.getHost();
    if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
      return false;
    }
    return switch (String.valueOf(address.getScheme())) {
      case "https" -> true;
      case "http" -> host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
      default -> false;
    };
  }

  public static void orThrow(URI address) {
    if (!is(address)) {
      throw new IllegalArgumentException(
          "`" + address + "` must be https, or http on the loopback interface");
    }
  }
}
