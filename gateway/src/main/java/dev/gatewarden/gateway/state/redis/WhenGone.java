package dev.gatewarden.gateway.state.redis;

/// What becomes of claims while Redis is gone.
public enum WhenGone {
  /// Whatever would have to be remembered is refused.
  CLOSED,
  /// Each gate counts by itself, with its share of each limit; ids that may be used once are
  /// refused, because nobody can say who saw them.
  LOCAL_SHARE
}
