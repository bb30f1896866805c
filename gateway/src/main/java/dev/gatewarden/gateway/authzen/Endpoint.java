package dev.gatewarden.gateway.authzen;

import org.jspecify.annotations.Nullable;

/// What can be asked, and where (AuthZEN 1.0, section 10).
enum Endpoint {
  ONE("/access/v1/evaluation"),
  SEVERAL("/access/v1/evaluations"),
  SUBJECTS("/access/v1/search/subject"),
  RESOURCES("/access/v1/search/resource"),
  ACTIONS("/access/v1/search/action");

  static final String METADATA = "/.well-known/authzen-configuration";

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  static @Nullable Endpoint at(String path) {
    for (Endpoint each : values()) {
      if (each.path.equals(path)) {
        return each;
      }
    }
    return null;
  }
}
