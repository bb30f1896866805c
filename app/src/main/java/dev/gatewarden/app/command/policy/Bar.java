package dev.gatewarden.app.command.policy;

import dev.gatewarden.core.policy.model.Finding;
import java.util.Locale;

/// What a proof fails on: findings of one kind, what is only assumed, all of it, or nothing.
public enum Bar {
  WIDENED,
  NARROWED,
  TRUST,
  SHOWN,
  UNCHECKED,
  PUBLIC,
  UNREACHABLE,
  SHADOWED,
  UNUSED,
  ASSUMED,
  ANY,
  NONE;

  boolean stops(Finding finding) {
    return this == ANY || finding.kind().word().equals(name().toLowerCase(Locale.ROOT));
  }
}
