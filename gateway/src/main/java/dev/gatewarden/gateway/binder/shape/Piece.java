package dev.gatewarden.gateway.binder.shape;

import java.util.List;
import java.util.Map;

/// A part of a message that is not JSON, cut into what it consists of, before its texts are read as
/// values.
public sealed interface Piece {

  /// One text.
  record Text(String value) implements Piece {}

  /// A complete JSON document: no text is one before it was judged to be.
  record Document(String json) implements Piece {}

  /// What is explicitly nothing.
  record Nil() implements Piece {}

  /// A list.
  record Items(List<Piece> each) implements Piece {}

  /// An object.
  record Members(Map<String, Piece> byName) implements Piece {}
}
