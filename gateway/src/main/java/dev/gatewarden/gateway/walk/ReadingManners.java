package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.schema.RequestSchemaGuard;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.binder.body.Manner;

/// How the operator wants the messages of an API read.
record ReadingManners(ApiSettings api) implements Binders.Manners {

  @Override
  public Manner of(Operation operation, Direction direction) {
    boolean request = direction == Direction.REQUEST;
    return new Manner(
        request ? UnknownFields.REFUSE : UnknownFields.OBSERVE,
        Bounds.DEFAULT,
        relaxed(request ? "request-schema" : "response-schema", operation),
        request && refusesCookies(operation));
  }

  private boolean refusesCookies(Operation operation) {
    return api.tuning().config(RequestSchemaGuard.ENTRY, operation)
            instanceof RequestSchemaGuard.Config config
        && config.undeclaredCookies() == RequestSchemaGuard.Cookies.REFUSE;
  }

  /// What would keep an operation from being judged is no problem where the guard that needs it is
  /// excused.
  private boolean relaxed(String guard, Operation operation) {
    var entry = Catalog.guard(guard);
    return entry != null
        && entry.mode() == Mode.ENFORCE
        && api.tuning().mode(entry, operation) != Mode.ENFORCE;
  }
}
