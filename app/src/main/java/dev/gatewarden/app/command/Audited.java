package dev.gatewarden.app.command;

import dev.gatewarden.app.admin.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// What a command does to what gates keep, written to the audit log before it is done and after.
final class Audited {
  private Audited() {}

  /// Something to do.
  @FunctionalInterface
  interface Act<T> {
    T done() throws IOException, Refusal;
  }

  /// Does it, unless it cannot be written down.
  ///
  /// @param log where the audit log stands
  /// @param action what is done, in one word
  /// @param subject to what
  static <T> T act(Path log, String action, String subject, Act<T> act)
      throws IOException, Refusal {
    try (AuditLog open = AuditLog.open(log, InstantSource.system())) {
      open.write("command", "", action, subject, "asked");
      T done;
      try {
        done = act.done();
      } catch (IOException | Refusal | RuntimeException failed) {
        try {
          open.write("command", "", action, subject, "failed");
        } catch (IOException unwritten) {
          failed.addSuppressed(unwritten);
        }
        throw failed;
      }
      open.write("command", "", action, subject, "done");
      return done;
    }
  }
}
