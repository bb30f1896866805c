package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.controls.guards.login.LoginLimitGuard;
import dev.gatewarden.controls.guards.repeat.IdempotencyKeyGuard;
import dev.gatewarden.controls.guards.schema.ResponseSchemaGuard;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.gateway.conformity.Budget;
import dev.gatewarden.gateway.conformity.Conformity;
import dev.gatewarden.gateway.conformity.Track;
import dev.gatewarden.gateway.pipeline.Plan;
import dev.gatewarden.gateway.pipeline.Seat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Seats the guards of the Catalog at the operations of one API.
final class Seating {
  private final ApiSettings api;
  private final Set<String> without;
  private final Conformity conformity;

  /// @param without guards that are left out, for tests that show what a guard is worth
  Seating(ApiSettings api, Set<String> without, Conformity conformity) {
    this.api = api;
    this.without = without;
    this.conformity = conformity;
  }

  /// Who judges an operation.
  ///
  /// @param rawBody whether somebody needs the raw body to know the caller
  /// @param readsBody whether somebody needs the body whatever the contract says of it
  record Seated(Plan plan, boolean rawBody, boolean readsBody) {}

  Seated seat(Operation operation) {
    Map<Stage, List<Seat>> seats = new EnumMap<>(Stage.class);
    boolean rawBody = false;
    boolean readsBody = false;
    Setting setting = new Setting(api.contract(), operation, api.ports());
    for (GuardEntry<?> entry : Catalog.GUARDS) {
      if (without.contains(entry.id())) {
        continue;
      }
      Record config = api.tuning().config(entry, operation);
      List<Seat> row = seats.computeIfAbsent(entry.stage(), _ -> new ArrayList<>());
      if (entry.stage() == Stage.IDENTIFY) {
        for (SecurityScheme scheme : schemes(operation)) {
          Optional<Guard> guard = entry.seat(setting.proving(scheme), config);
          if (guard.isPresent()) {
            row.add(seat(entry, guard.get(), scheme.name(), operation));
            rawBody |= entry.reads() == Reads.RAW_BODY;
          }
        }
      } else {
        Optional<Guard> guard = entry.seat(setting, config);
        if (guard.isPresent()) {
          row.add(seat(entry, guard.get(), "", operation));
          readsBody |= entry == IdempotencyKeyGuard.ENTRY || entry == LoginLimitGuard.ENTRY;
        }
      }
    }
    return new Seated(new Plan(operation, seats), rawBody, readsBody);
  }

  private Seat seat(GuardEntry<?> entry, Guard guard, String scheme, Operation operation) {
    Mode mode = api.tuning().mode(entry, operation);
    Instant until = api.tuning().until(entry, operation);
    boolean watches = mode == Mode.OBSERVE && until.equals(Instant.MAX);
    return watches && entry == ResponseSchemaGuard.ENTRY
        ? new Seat(entry.id(), guard, entry.cost(), scheme, mode, until, track(operation)::promoted)
        : new Seat(entry.id(), guard, entry.cost(), scheme, mode, until);
  }

  /// How well the operation's answers keep the contract, and when that is enforced.
  Track track(Operation operation) {
    ResponseSchemaGuard.Config config =
        (ResponseSchemaGuard.Config) api.tuning().config(ResponseSchemaGuard.ENTRY, operation);
    ResponseSchemaGuard.Promotion promotion =
        config.promote().orElse(ResponseSchemaGuard.Promotion.DEFAULT);
    return conformity.of(
        operation.id().toString(),
        new Budget(promotion.after(), promotion.over(), promotion.perMillion()));
  }

  private Set<SecurityScheme> schemes(Operation operation) {
    Set<SecurityScheme> schemes = new LinkedHashSet<>();
    for (Security.Alternative alternative : operation.security().alternatives()) {
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = api.contract().schemes().get(need.scheme());
        if (scheme != null) {
          schemes.add(scheme);
        }
      }
    }
    return schemes;
  }
}
