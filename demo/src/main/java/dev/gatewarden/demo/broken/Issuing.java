package dev.gatewarden.demo.broken;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/// An API that signs tokens, and signs for testers whatever they wish.
public interface Issuing {

  /// Says under which address it is known.
  void reachedAt(URI uri);

  /// A token properly signed over an honest one's claims, with the wished ones laid over; a wish
  /// for null takes a claim away.
  String signed(ObjectNode wishes);
}
