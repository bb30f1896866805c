package dev.gatewarden.core.finding;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References.Resolution;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A contract as the rules of the audit see it: all that could be understood of it, and what the
/// gate would refuse.
///
/// For one thread; what several rules ask is worked out once.
public final class Audited {
  /// A longer chain of references is a circle, or as bad as one.
  private static final int MOST_STEPS = 64;

  private final Contract contract;
  private final List<Problem> problems;
  private final LocalDate today;
  private @Nullable Shapes shapes;
  private Sensitivity @Nullable [] answered;
  private Sensitivity @Nullable [] taken;

  /// @param problems for which the gate would refuse it
  /// @param today the day (UTC) on which it is judged
  public Audited(Contract contract, List<Problem> problems, LocalDate today) {
    this.contract = contract;
    this.problems = List.copyOf(problems);
    this.today = today;
  }

  public Contract contract() {
    return contract;
  }

  /// The document; one of Swagger 2.0 as OpenAPI 3.0 says it.
  public Node.Obj source() {
    return contract.source();
  }

  /// For which the gate would refuse it.
  public List<Problem> problems() {
    return problems;
  }

  public List<Operation> operations() {
    return contract.operations();
  }

  public LocalDate today() {
    return today;
  }

  /// The node itself, or what its references lead to in the end; null where they lead nowhere.
  public @Nullable Node follow(@Nullable Node node) {
    Node at = node;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (!(at instanceof Node.Obj object)
          || !(object.get("$ref") instanceof Node.Text reference)) {
        return at;
      }
      at =
          contract.references().resolve(reference.value(), reference.place())
                  instanceof Resolution.Found(Node target)
              ? target
              : null;
    }
    return null;
  }

  /// The object at the end of any reference, or null.
  public Node.@Nullable Obj object(@Nullable Node node) {
    return Tree.object(follow(node));
  }

  /// Every schema of its messages.
  public Shapes shapes() {
    Shapes known = shapes;
    if (known == null) {
      known = new Shapes(this);
      shapes = known;
    }
    return known;
  }

  /// Who can reach an operation.
  public Exposure exposure(Operation operation) {
    Security security = operation.security();
    if (!security.stated() || security.admitsAnonymous()) {
      return Exposure.ANYBODY;
    }
    boolean scoped =
        security.alternatives().stream()
            .allMatch(each -> each.needs().stream().anyMatch(need -> !need.scopes().isEmpty()));
    return scoped || Permission.in(operation.extensions()) != null
        ? Exposure.ROLE
        : Exposure.CALLER;
  }

  /// The worst that an operation answers with.
  public Sensitivity answers(Operation operation) {
    return classified(answered, Shapes.Way.RESPONSE)[operation.index()];
  }

  /// The worst that an operation takes from its callers.
  public Sensitivity takes(Operation operation) {
    return classified(taken, Shapes.Way.REQUEST)[operation.index()];
  }

  private Sensitivity[] classified(Sensitivity @Nullable [] known, Shapes.Way way) {
    if (known != null) {
      return known;
    }
    Sensitivity[] in = new Sensitivity[operations().size()];
    Sensitivity[] out = new Sensitivity[operations().size()];
    Arrays.fill(in, Sensitivity.INTERNAL);
    Arrays.fill(out, Sensitivity.INTERNAL);
    shapes()
        .each(
            (shape, each, users) -> {
              Sensitivity found = Classifier.of(shape.property(), shape.schema());
              Sensitivity[] to = each == Shapes.Way.RESPONSE ? out : in;
              if (found != null) {
                users.stream().forEach(at -> to[at] = found.compareTo(to[at]) > 0 ? found : to[at]);
              }
            });
    answered = out;
    taken = in;
    return way == Shapes.Way.RESPONSE ? out : in;
  }
}
