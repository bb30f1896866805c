package dev.gatewarden.core.identity;

import java.time.Instant;
import java.util.List;

/// Who and what is shut out for a time: revoked tokens, subjects, clients, sources. A port; every
/// adapter passes one contract suite.
///
/// A block is asked for on each request, also on a cache hit, so an adapter answers from memory and
/// learns of changes by itself.
public interface Blocks {

  /// What a block names.
  enum Kind {
    /// One token: issuer and `jti`.
    TOKEN,
    /// Everything of one subject issued before the block was set.
    SUBJECT,
    /// Everything of one client issued before the block was set.
    CLIENT,
    /// One network address.
    SOURCE
  }

  /// One block in force.
  ///
  /// @param since what was issued before this instant is shut out
  record Block(Kind kind, String key, Instant since, Instant until) {}

  /// Shuts out until an instant; a second block of the same thing keeps the later end and the later
  /// beginning.
  ///
  /// @param since what was issued before this instant is shut out
  void block(Kind kind, String key, Instant since, Instant until);

  /// Lifts a block; lifting what is not blocked is no error.
  void lift(Kind kind, String key);

  /// Whether something issued at an instant is shut out now.
  boolean blocked(Kind kind, String key, Instant issuedAt);

  /// Every block that has not ended yet, in no order.
  List<Block> all();

  /// Rises with every change, so that who holds a connection open sees in one comparison whether to
  /// ask again.
  long epoch();
}
