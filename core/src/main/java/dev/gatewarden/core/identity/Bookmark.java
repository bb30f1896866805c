package dev.gatewarden.core.identity;

/// Up to where a gate has read what others share with it, in words of the reader's own. A port:
/// what
/// is written outlives the gate where what was read does.
public interface Bookmark {

  /// What was written last; empty where nothing was.
  String read();

  /// Writes it in place of what was there. Whoever may wait is told only when it is kept.
  void write(String mark);
}
