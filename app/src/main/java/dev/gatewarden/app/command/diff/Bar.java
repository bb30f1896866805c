package dev.gatewarden.app.command.diff;

import dev.gatewarden.core.change.Change;

/// Which changes make a comparison fail. What goes against a stated policy always does, unless
/// nothing may.
public enum Bar {
  BREAKING,
  SECURITY,
  ANY,
  NONE;

  boolean stops(Change change) {
    return switch (this) {
      case BREAKING -> change.kind().breaking() || change.kind().policy();
      case SECURITY -> change.kind().security() || change.kind().policy();
      case ANY -> true;
      case NONE -> false;
    };
  }
}
