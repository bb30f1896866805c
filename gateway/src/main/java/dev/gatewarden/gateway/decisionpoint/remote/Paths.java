package dev.gatewarden.gateway.decisionpoint.remote;

import java.net.URI;

/// Addresses below the base that the operator wrote.
final class Paths {
  private Paths() {}

  static URI below(URI base, String path) {
    String text = base.toString();
    String plain = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return URI.create(plain.endsWith(path) ? plain : plain + path);
  }
}
