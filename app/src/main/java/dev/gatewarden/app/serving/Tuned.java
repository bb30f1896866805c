package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.schema.ResponseSchemaGuard;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Priority;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.gateway.walk.ApiSettings;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The guards of one API as the configuration tunes and excuses them.
///
/// @param today the day (UTC) on which exceptions must hold
record Tuned(Configuration configuration, LocalDate today) implements ApiSettings.Tuning {

  @Override
  public Record config(GuardEntry<?> guard, Operation operation) {
    Record tuned = configuration.tuned(guard.id(), operation.id().api(), operation.id().name());
    return tuned == null ? guard.defaults() : tuned;
  }

  @Override
  public Mode mode(GuardEntry<?> guard, Operation operation) {
    ExceptionEntry excuse = excuse(guard, operation);
    if (excuse != null) {
      return excuse.lowered();
    }
    // A guard that only watches until somebody has looked at it: who tunes it has, unless it is
    // told when to enforce by itself.
    Record tuned = configuration.tuned(guard.id(), operation.id().api(), operation.id().name());
    boolean waits =
        tuned instanceof ResponseSchemaGuard.Config config && config.promote().isPresent();
    return tuned == null || waits ? guard.mode() : Mode.ENFORCE;
  }

  @Override
  public Instant until(GuardEntry<?> guard, Operation operation) {
    ExceptionEntry excuse = excuse(guard, operation);
    return excuse == null ? Instant.MAX : excuse.end();
  }

  @Override
  public Priority priority(Operation operation) {
    Api api = configuration.apis().get(operation.id().api());
    Api.OperationSettings own = api == null ? null : api.operations().get(operation.id().name());
    return own == null || own.priority() == null ? Priority.of(operation) : own.priority();
  }

  /// The exception that goes furthest.
  private @Nullable ExceptionEntry excuse(GuardEntry<?> guard, Operation operation) {
    return configuration.excuse(guard.id(), operation.id().api(), operation.id().name(), today);
  }
}
