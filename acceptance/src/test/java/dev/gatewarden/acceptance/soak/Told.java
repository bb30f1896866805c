package dev.gatewarden.acceptance.soak;

/// One answer as a caller has it.
///
/// @param kind what was asked
/// @param gate which of the gates answered
/// @param id the decision's, as the answer says it
/// @param key what else the request was known by; empty for nothing
record Told(Kind kind, int gate, String id, int status, String body, String key) {

  /// Whether it is what was asked for, or says that something is not there now.
  boolean isRight() {
    boolean own =
        switch (kind) {
          case MINE -> status != 200 || body.contains("\"alice-" + key + "\"");
          case PAYS ->
              status != 201 || body.contains("\"" + key + "\"") && body.contains("\"times\":1");
          case FOREIGN, NOBODY, ODD, EITHER -> true;
        };
    return own && kind.fits(status) && !id.isEmpty();
  }

  /// What callers of the soak ask for, and what is right.
  enum Kind {
    /// Alice's own note.
    MINE(200),
    /// Somebody else's.
    FOREIGN(404),
    /// A note, without a token.
    NOBODY(401),
    /// What the contract does not know.
    ODD(400),
    /// A payment with a key of its own.
    PAYS(201),
    /// What one configuration allows and the other refuses.
    EITHER(200, 400);

    private final int[] right;

    Kind(int... right) {
      this.right = right;
    }

    /// Whether a status is right, or says that something is not there now.
    boolean fits(int status) {
      for (int each : right) {
        if (each == status) {
          return true;
        }
      }
      // a payment whose first try is under way, or may have been done
      return status == 502 || status == 503 || status == 504 || this == PAYS && status == 409;
    }
  }
}
