package dev.gatewarden.core.coding;

/// What became of encoded bytes.
public sealed interface Decoded {
  Decoded BROKEN = new Broken();
  Decoded TOO_MUCH = new TooMuch();

  /// The bytes they stand for; an array of its own.
  record Plain(byte[] bytes, int length) implements Decoded {}

  /// They are not what they should be: cut off, wrong, or with something behind them.
  record Broken() implements Decoded {}

  /// They become more than they may.
  record TooMuch() implements Decoded {}
}
