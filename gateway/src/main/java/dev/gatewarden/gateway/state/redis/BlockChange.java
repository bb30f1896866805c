package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Blocks.Block;
import dev.gatewarden.core.identity.Blocks.Kind;
import java.time.Instant;

/// A block as gates tell each other of it, or its lifting where `until` is empty; times in
/// milliseconds since 1970.
record BlockChange(String name, String since, String until) {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  static BlockChange of(Kind kind, String key, Instant since, Instant until) {
    return new BlockChange(name(kind, key), millis(since, 1), millis(until, 0));
  }

  static BlockChange of(Block block) {
    return of(block.kind(), block.key(), block.since(), block.until());
  }

  static BlockChange lifting(Kind kind, String key) {
    return new BlockChange(name(kind, key), "0", "");
  }

  static String name(Kind kind, String key) {
    return kind.name() + ' ' + key;
  }

  void apply(Blocks blocks) {
    int space = name.indexOf(' ');
    Kind kind = Kind.valueOf(name.substring(0, space));
    String key = name.substring(space + 1);
    if (until.isEmpty()) {
      blocks.lift(kind, key);
    } else {
      blocks.block(
          kind,
          key,
          Instant.ofEpochMilli(Long.parseLong(since)),
          Instant.ofEpochMilli(Long.parseLong(until)));
    }
  }

  /// @param up 1 to round up to the next millisecond: who was issued just before is shut out
  private static String millis(Instant instant, int up) {
    Instant bounded =
        instant.isAfter(LAST) ? LAST : instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
    long millis = bounded.toEpochMilli();
    return Long.toString(Instant.ofEpochMilli(millis).equals(bounded) ? millis : millis + up);
  }
}
