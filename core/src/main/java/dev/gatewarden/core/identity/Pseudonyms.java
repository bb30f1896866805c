package dev.gatewarden.core.identity;

/// Port: stands digests in the place of values, so that who may not see a value can still tell two
/// of them apart.
@FunctionalInterface
public interface Pseudonyms {

  /// Where the gate has no secret, all values look alike.
  Pseudonyms NONE = (_, _) -> "****";

  /// A digest keyed by a secret of the gate; the same for the same value within one API, and of no
  /// use to who wants to try values.
  String of(String api, String value);
}
