package dev.gatewarden.core.contract;

import java.util.Locale;

/// A contract at its place: the host and the path it is reached at.
///
/// @param host lower case, without port; `*.example.com` for any one label before it; the empty
///     text for any host
/// @param basePath begins with `/` and does not end with one, or is the empty text
public record Mount(Contract contract, String host, String basePath) {

  public Mount {
    host = host.toLowerCase(Locale.ROOT);
    while (basePath.endsWith("/")) {
      basePath = basePath.substring(0, basePath.length() - 1);
    }
  }
}
