package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.schema.ReadingBounds;
import dev.gatewarden.controls.guards.schema.RequestSchemaGuard;
import dev.gatewarden.controls.guards.schema.ResponseSchemaGuard;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.limit.Size;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.UnknownFields;
import dev.gatewarden.gateway.binder.Binders;
import dev.gatewarden.gateway.binder.body.Manner;
import java.util.Optional;
import java.util.function.Function;

/// How the operator wants the messages of an API read.
///
/// What is said of an operation counts before what is said of its API, and that before what is said
/// of all of them; whatever was said is a ceiling. Where nothing was said the usual bound holds,
/// and
/// a contract that states more gets more.
record ReadingManners(ApiSettings api, Ceilings ceilings) implements Binders.Manners {

  /// A service of one's own may answer more than strangers may ask.
  private static final Bounds ANSWERS =
      Bounds.DEFAULT.depth(128).usual(10_000, 100_000, 16 << 20).numberDigits(1_024);

  @Override
  public Manner of(Operation operation, Direction direction) {
    return switch (direction) {
      case REQUEST, BOTH -> asked(operation);
      case RESPONSE -> answered(operation);
    };
  }

  private Manner asked(Operation operation) {
    RequestSchemaGuard.Config config =
        (RequestSchemaGuard.Config) api.tuning().config(RequestSchemaGuard.ENTRY, operation);
    UnknownFields unknown =
        switch (config.unknownFields()) {
          case REFUSE -> UnknownFields.REFUSE;
          case OBSERVE, STRIP -> UnknownFields.OBSERVE;
          case ALLOW -> UnknownFields.ALLOW;
        };
    return new Manner(
        unknown,
        bounds(Bounds.DEFAULT, config),
        config.parts().orElse(Manner.PARTS),
        relaxed("request-schema", operation),
        config.undeclaredCookies() == RequestSchemaGuard.Cookies.REFUSE);
  }

  private Manner answered(Operation operation) {
    ResponseSchemaGuard.Config config =
        (ResponseSchemaGuard.Config) api.tuning().config(ResponseSchemaGuard.ENTRY, operation);
    return new Manner(
        UnknownFields.OBSERVE,
        bounds(ANSWERS, config),
        Manner.PARTS,
        relaxed("response-schema", operation),
        false);
  }

  private Bounds bounds(Bounds usual, ReadingBounds own) {
    Bounds bounds = usual;
    bounds = said(own, ReadingBounds::depth).map(bounds::depth).orElse(bounds);
    bounds = said(own, ReadingBounds::keys).map(bounds::keys).orElse(bounds);
    bounds = said(own, ReadingBounds::items).map(bounds::items).orElse(bounds);
    bounds = said(own, ReadingBounds::digits).map(bounds::numberDigits).orElse(bounds);
    Optional<Size> string = said(own, ReadingBounds::string);
    return string.isPresent() ? bounds.stringBytes((int) string.get().bytes()) : bounds;
  }

  private <T> Optional<T> said(ReadingBounds own, Function<ReadingBounds, Optional<T>> bound) {
    Optional<T> closest = bound.apply(own);
    return closest.isPresent() ? closest : bound.apply(ceilings);
  }

  /// What would keep an operation from being judged is no problem where the guard that needs it is
  /// excused.
  private boolean relaxed(String guard, Operation operation) {
    GuardEntry<?> entry = Catalog.guard(guard);
    return entry != null
        && entry.mode() == Mode.ENFORCE
        && api.tuning().mode(entry, operation) != Mode.ENFORCE;
  }
}
