package dev.gatewarden.acceptance.framing;

import java.util.List;

/// What one connection of an attacker carries: bytes (ISO 8859-1) in pieces, behind each of which
/// the attacker waits for whatever comes back.
///
/// `TAG` within them stands for a word that no other connection says.
///
/// @param family as those who published it call it
record Smuggle(String family, String name, List<String> pieces) {
  static final String TAG = "TAG";

  Smuggle {
    pieces = List.copyOf(pieces);
  }

  static Smuggle of(String family, String name, String... pieces) {
    return new Smuggle(family, name, List.of(pieces));
  }

  List<String> pieces(String tag) {
    return pieces.stream().map(piece -> piece.replace(TAG, tag)).toList();
  }
}
