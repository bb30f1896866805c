package dev.gatewarden.app.serving;

import dev.gatewarden.core.identity.Blocks;
import java.time.Instant;
import java.util.List;

/// Blocks that are kept and shut nobody out, for tests that show what revoking is worth.
record UnheededBlocks(Blocks kept) implements Blocks {
  /// What a test names to be without.
  static final String CONTROL = "revocation";

  @Override
  public void block(Kind kind, String key, Instant since, Instant until) {
    kept.block(kind, key, since, until);
  }

  @Override
  public void lift(Kind kind, String key) {
    kept.lift(kind, key);
  }

  @Override
  public boolean blocked(Kind kind, String key, Instant issuedAt) {
    return false;
  }

  @Override
  public List<Block> all() {
    return kept.all();
  }

  @Override
  public long epoch() {
    return kept.epoch();
  }
}
