package dev.gatewarden.app.admin;

import java.io.IOException;
import java.util.Map;

/// Something an operator can do at the admin port beside looking: one path, which tells on GET and
/// acts on POST.
public interface Action {

  /// Where it stands, `/revocations`.
  String path();

  /// What there is, as JSON.
  String told() throws IOException;

  /// Does what these fields ask for; waits until it is done.
  ///
  /// @param fields what was sent, as texts
  /// @return what was done, in words for the audit line, and the answer as JSON
  /// @throws IllegalArgumentException when it cannot be done so; the message is for the operator
  /// @throws IOException when it cannot be done now
  Done act(Map<String, String> fields) throws IOException;

  /// What was done.
  ///
  /// @param action the action in one word, `revoke-token`
  /// @param subject what it was done to
  record Done(String action, String subject, String json) {}
}
