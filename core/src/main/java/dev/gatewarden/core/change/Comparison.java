package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.time.LocalDate;
import java.util.List;

/// How a contract differs from an older one: by operation, and by schema with the direction in
/// mind.
public final class Comparison {
  private final Contract old;
  private final Contract now;
  private final LocalDate today;
  private final Ledger ledger = new Ledger();
  private final Schemas schemas;

  private Comparison(Contract old, Contract now, LocalDate today) {
    this.old = old;
    this.now = now;
    this.today = today;
    this.schemas = new Schemas(Side.of(old), Side.of(now));
  }

  /// Every change, the weightiest first; none where the contracts promise the same.
  ///
  /// @param today (UTC) the day on which announced ends must have passed
  public static List<Change> between(Contract old, Contract now, LocalDate today) {
    return new Comparison(old, now, today).changes();
  }

  private List<Change> changes() {
    new ServerComparison(ledger).compare(old, now);
    SecurityComparison securities = new SecurityComparison(old, now, ledger);
    securities.schemes();
    BindingComparison bindings = new BindingComparison(ledger);
    bindings.types(old, now);
    new ClassComparison(ledger).compare(old, now);
    ExtensionComparison extensions = new ExtensionComparison(ledger);
    MessageComparison messages = new MessageComparison(schemas, ledger);
    OperationPairs pairs = OperationPairs.of(old, now);
    pairs.removed().forEach(this::removed);
    pairs.added().forEach(this::added);
    for (OperationPairs.Matched pair : pairs.matched()) {
      Operation before = pair.old();
      Operation after = pair.now();
      named(before, after);
      securities.compare(before, after);
      new ParameterComparison(schemas, ledger, pair).compare();
      messages.body(pair);
      messages.responses(pair);
      bindings.compare(before, after);
      extensions.compare(pair);
    }
    new OutboundComparison(messages, ledger).compare(old, now);
    schemas.compare();
    schemas.into(ledger);
    return ledger.changes();
  }

  private void removed(Operation operation) {
    Lifecycle lifecycle = Lifecycle.in(operation.extensions());
    boolean announced = lifecycle != null && lifecycle.ended(today);
    ledger.note(
        announced ? Kind.OPERATION_RETIRED : Kind.OPERATION_REMOVED,
        shown(operation),
        operation.place(),
        now.source().place(),
        "`" + shown(operation) + "` is gone" + (announced ? ", as announced" : ""),
        operation.id().name());
  }

  private void added(Operation operation) {
    boolean anybody = operation.security().admitsAnonymous() || !operation.security().stated();
    ledger.note(
        anybody ? Kind.PUBLIC_OPERATION_ADDED : Kind.OPERATION_ADDED,
        shown(operation),
        old.source().place(),
        operation.place(),
        "`" + shown(operation) + "` is new" + (anybody ? ", and asks for no credential" : ""),
        operation.id().name());
  }

  private void named(Operation before, Operation after) {
    if (!before.id().name().equals(after.id().name()) && !derived(before) && !derived(after)) {
      note(
          Kind.OPERATION_RENAMED,
          before,
          after,
          "`" + before.id().name() + "` is called `" + after.id().name() + "`");
    }
    boolean was = deprecated(before);
    boolean is = deprecated(after);
    if (was != is) {
      Kind kind = is ? Kind.OPERATION_DEPRECATED : Kind.OPERATION_REVIVED;
      String what = is ? "` is deprecated" : "` is no longer deprecated";
      note(kind, before, after, "`" + shown(after) + what);
    }
  }

  private static boolean derived(Operation operation) {
    return operation.source().get("operationId") == null;
  }

  static boolean deprecated(Operation operation) {
    Lifecycle lifecycle = Lifecycle.in(operation.extensions());
    return (lifecycle != null && lifecycle.state() != Lifecycle.State.ACTIVE)
        || (operation.source().get("deprecated") instanceof Node.Bool(Place _, boolean on) && on);
  }

  private void note(Kind kind, Operation before, Operation after, String sentence) {
    ledger.note(kind, shown(after), before.place(), after.place(), sentence, after.id().name());
  }

  /// `GET /orders/{orderId}`.
  static String shown(Operation operation) {
    return operation.method() + " " + operation.path();
  }

  /// Whether an operation says whose objects it touches.
  static boolean bound(Operation operation) {
    return operation.objects() instanceof ObjectBindings.Bound;
  }
}
