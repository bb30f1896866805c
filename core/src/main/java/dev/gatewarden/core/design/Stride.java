package dev.gatewarden.core.design;

import java.util.Locale;

/// What somebody does to a system, in the six words of STRIDE.
public enum Stride {
  SPOOFING,
  TAMPERING,
  REPUDIATION,
  INFORMATION_DISCLOSURE,
  DENIAL_OF_SERVICE,
  ELEVATION_OF_PRIVILEGE;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
