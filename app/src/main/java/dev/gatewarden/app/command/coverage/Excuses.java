package dev.gatewarden.app.command.coverage;

import dev.gatewarden.core.contract.Operation;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Who excused an operation from saying whose objects it touches.
@FunctionalInterface
public interface Excuses {

  /// The exception, or null where there is none.
  @Nullable Excuse of(Operation operation);

  /// @param owner who answers for it
  record Excuse(String because, String owner, LocalDate until) {}
}
