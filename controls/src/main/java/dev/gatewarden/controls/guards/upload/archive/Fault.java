package dev.gatewarden.controls.guards.upload.archive;

/// What is wrong with an archive.
public enum Fault {
  NONE,
  /// It is damaged, or readers would find different things in it.
  BROKEN,
  /// It unpacks to more than may be.
  TOO_MUCH,
  /// An entry would leave the folder it is unpacked to, is a link, or is encrypted.
  UNSAFE;

  /// The fault of two things looked at one after the other.
  Fault or(Fault other) {
    return this == NONE ? other : this;
  }
}
