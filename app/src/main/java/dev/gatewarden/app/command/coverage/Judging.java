package dev.gatewarden.app.command.coverage;

import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.gateway.pipeline.Seat;
import dev.gatewarden.gateway.walk.InForce;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks one operation each question.
final class Judging {
  private final Operation operation;
  private final List<Seat> seats;
  private final Function<Operation, @Nullable ExceptionEntry> excuses;
  private final Instant now;

  Judging(InForce inForce, Function<Operation, @Nullable ExceptionEntry> excuses, Instant now) {
    this.operation = inForce.operation();
    this.seats = inForce.seats();
    this.excuses = excuses;
    this.now = now;
  }

  Cell cell(Column column) {
    return switch (column) {
      case IDENTITY -> identity();
      case FUNCTION -> function();
      case OBJECT -> object();
      case PROPERTY -> property();
      case SCHEMA -> schema();
      case LIMIT -> judged(column, "nothing bounds how much a caller may ask for", "");
    };
  }

  private Cell identity() {
    Security security = operation.security();
    if (!security.stated()) {
      return Cell.of(State.ENFORCED, "the contract lets nobody call it");
    }
    if (security.isPublic()) {
      return Cell.of(State.OPEN, "the contract lets anybody call it");
    }
    List<Seat> proving = seats.stream().filter(seat -> !seat.scheme().isEmpty()).toList();
    Set<String> schemes = new TreeSet<>();
    for (Security.Alternative alternative : security.alternatives()) {
      alternative.needs().forEach(need -> schemes.add(need.scheme()));
    }
    for (String scheme : schemes) {
      if (proving.stream().noneMatch(seat -> seat.scheme().equals(scheme))) {
        return Cell.of(State.UNGUARDED, "nothing proves `" + scheme + "`");
      }
    }
    Cell proved = worst(proving, "proved by " + String.join(", ", schemes));
    return security.admitsAnonymous() && proved.state() == State.ENFORCED
        ? Cell.of(State.OPEN, "the contract lets callers without credential in as well")
        : proved;
  }

  private Cell function() {
    if (operation.security().isPublic()) {
      return Cell.of(State.OPEN, "the contract lets anybody use it");
    }
    Set<String> scopes = new TreeSet<>();
    for (Security.Alternative alternative : operation.security().alternatives()) {
      alternative.needs().forEach(need -> scopes.addAll(need.scopes()));
    }
    Permission permission = Permission.in(operation.extensions());
    List<String> asked = new ArrayList<>();
    if (!scopes.isEmpty()) {
      asked.add("asks for " + String.join(", ", scopes));
    }
    if (permission != null) {
      asked.add("asks for the role " + String.join(" or ", permission.roles()));
    }
    return judged(
        Column.FUNCTION,
        "nothing asks what a caller may do",
        asked.isEmpty() ? "every caller that is proved may use it" : String.join("; ", asked));
  }

  private Cell object() {
    return switch (operation.objects()) {
      case ObjectBindings.None(String because, var _) ->
          Cell.of(State.OPEN, "touches no object: " + because);
      case ObjectBindings.Unstated() ->
          Cell.of(State.OPEN, "the contract does not say, and no parameter looks like an id");
      case ObjectBindings.Unbound(String why) -> unbound(why);
      case ObjectBindings.Bound(List<ObjectBinding> each) ->
          each.stream().allMatch(binding -> binding.grants().contains(new Grant.Anyone()))
              ? Cell.of(State.OPEN, "the contract lets anybody touch it")
              : judged(Column.OBJECT, "nothing asks whose the object is", told(each));
    };
  }

  private Cell unbound(String why) {
    ExceptionEntry excuse = excuses.apply(operation);
    return excuse == null
        ? Cell.of(State.UNGUARDED, why)
        : new Cell(
            State.EXCUSED,
            excuse.because() + " (" + excuse.owner() + "): " + why,
            List.of(),
            excuse.until());
  }

  private static String told(List<ObjectBinding> bindings) {
    List<String> each = new ArrayList<>();
    for (ObjectBinding binding : bindings) {
      List<String> grants = binding.grants().stream().map(Grant::text).toList();
      each.add(binding.type().name() + " for " + String.join(" or ", grants));
    }
    return String.join("; ", each);
  }

  /// Where the contract restricts no property, what it does not declare at all is still refused or
  /// cut.
  private Cell property() {
    boolean bodiless =
        operation.body() == null
            && operation.responses().byStatus().values().stream()
                .allMatch(each -> each.content().isEmpty());
    if (bodiless) {
      return Cell.of(State.OPEN, "carries no properties");
    }
    List<Seat> own = seated(Column.PROPERTY);
    return own.isEmpty()
        ? judged(
            Column.SCHEMA,
            "nothing restricts a property",
            "undeclared properties alone: the contract restricts none")
        : worst(own, "what the contract restricts, and what it does not declare");
  }

  private Cell schema() {
    return judged(
        Column.SCHEMA, "nothing holds messages to the contract", "requests and their answers");
  }

  private Cell judged(Column column, String nothing, String reason) {
    List<Seat> seated = seated(column);
    boolean asked =
        seated.stream()
            .anyMatch(each -> column.first().isEmpty() || column.first().equals(each.id()));
    return asked ? worst(seated, reason) : Cell.of(State.UNGUARDED, nothing);
  }

  private List<Seat> seated(Column column) {
    return seats.stream().filter(seat -> column.guards().contains(seat.id())).toList();
  }

  private Cell worst(List<Seat> seated, String reason) {
    State worst = State.ENFORCED;
    LocalDate until = null;
    List<String> guards = new ArrayList<>();
    for (Seat seat : seated) {
      State state = state(seat);
      worst = worst.worse(state);
      guards.add(
          state == State.ENFORCED
              ? seat.id()
              : seat.id()
                  + " ("
                  + seat.modeAt(now).name().toLowerCase(java.util.Locale.ROOT)
                  + ")");
      until = state == State.EXCUSED ? earlier(until, seat) : until;
    }
    return new Cell(worst, reason, guards.stream().distinct().toList(), until);
  }

  private State state(Seat seat) {
    Mode mode = seat.modeAt(now);
    if (mode == Mode.ENFORCE) {
      return State.ENFORCED;
    }
    if (!seat.until().equals(Instant.MAX)) {
      return State.EXCUSED;
    }
    return mode == Mode.OBSERVE ? State.OBSERVED : State.UNGUARDED;
  }

  private static LocalDate earlier(@Nullable LocalDate known, Seat seat) {
    LocalDate day = LocalDate.ofInstant(seat.until().minusSeconds(1), ZoneOffset.UTC);
    return known == null || day.isBefore(known) ? day : known;
  }
}
