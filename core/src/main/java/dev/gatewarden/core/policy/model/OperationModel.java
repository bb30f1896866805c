package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.decision.IdentityRule;
import dev.gatewarden.core.decision.IdentityRule.Identity;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.FunctionRule;
import dev.gatewarden.core.policy.FunctionRule.Standing;
import dev.gatewarden.core.policy.Ownership;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One operation as a relation: callers × whose objects × how they are known → allowed or denied.
///
/// Who is proved, what they may use and whose objects are whose is asked of the rules that the
/// pipeline and its guards ask.
public final class OperationModel {
  /// A value that no caller is proved to be.
  private static final Fact OTHER = Fact.of("somebody else");

  private final Contract contract;
  private final Operation operation;
  private final Enforcement enforcement;
  private final Security security;
  private final FunctionRule rule;
  private final List<Use> uses;

  public OperationModel(Contract contract, Operation operation, Enforcement enforcement) {
    this(
        contract,
        operation,
        enforcement,
        operation.security(),
        FunctionRule.of(contract, operation),
        Use.of(contract, operation));
  }

  private OperationModel(
      Contract contract,
      Operation operation,
      Enforcement enforcement,
      Security security,
      FunctionRule rule,
      List<Use> uses) {
    this.contract = contract;
    this.operation = operation;
    this.enforcement = enforcement;
    this.security = security;
    this.rule = rule;
    this.uses = List.copyOf(uses);
  }

  /// The same without one alternative of its `security`.
  OperationModel withoutAlternative(int index) {
    List<Security.Alternative> left = new ArrayList<>(security.alternatives());
    left.remove(index);
    Security less = new Security(security.stated(), left, security.place());
    return new OperationModel(
        contract,
        operation,
        enforcement,
        less,
        FunctionRule.of(contract, less, rule.roles()),
        uses);
  }

  /// The same without one of the roles that do.
  OperationModel withoutRole(String role) {
    List<String> left = new ArrayList<>(rule.roles());
    left.remove(role);
    return new OperationModel(
        contract,
        operation,
        enforcement,
        security,
        FunctionRule.of(contract, security, left),
        uses);
  }

  /// The same without one grant of one use.
  OperationModel withoutGrant(int use, Grant grant) {
    List<Use> left = new ArrayList<>(uses);
    left.set(use, uses.get(use).without(grant));
    return new OperationModel(contract, operation, enforcement, security, rule, left);
  }

  public Operation operation() {
    return operation;
  }

  public FunctionRule rule() {
    return rule;
  }

  /// What it does to objects.
  public List<Use> uses() {
    return uses;
  }

  Contract contract() {
    return contract;
  }

  Enforcement enforcement() {
    return enforcement;
  }

  boolean enforced(String guard) {
    return enforcement.enforced(guard, operation);
  }

  /// What the operation is to a caller.
  public Reach reach(Caller caller) {
    return switch (entry(caller)) {
      case Entry.Refused(Reach why) -> why;
      case Entry.Admitted(Principal principal) -> {
        List<Set<Whose>> objects = new ArrayList<>();
        boolean useful = true;
        for (Use use : uses) {
          Set<Whose> reached = reached(use, principal);
          objects.add(reached);
          useful &= use.part() == Use.Part.REFERENCE || !reached.isEmpty();
        }
        yield new Reach(null, objects, useful);
      }
    };
  }

  /// One cell of the relation.
  ///
  /// @param source one of the use's own
  public boolean allows(Caller caller, Use use, Whose whose, Source source) {
    return entry(caller) instanceof Entry.Admitted(Principal principal)
        && allows(use, whose, source, principal);
  }

  /// Whether a caller may use the operation at all, and as whom.
  private sealed interface Entry {
    record Admitted(Principal principal) implements Entry {}

    record Refused(Reach why) implements Entry {}
  }

  private Entry entry(Caller caller) {
    return switch (identity(caller)) {
      case Identity.Known known -> function(known.principal(), known.proved());
      case Identity.Anonymous() -> function(Principal.NOBODY, null);
      case Identity.Unproved() ->
          new Entry.Refused(
              Reach.refused(
                  operation.security().stated() ? Standing.NOTHING_PROVED : Standing.NOT_STATED));
      case Identity.Refused(var reason, var _) ->
          new Entry.Refused(Reach.refused(reason.summary()));
    };
  }

  private Entry function(Principal principal, Security.@Nullable Alternative proved) {
    Standing standing = rule.judge(principal, proved);
    if (!standing.allows() && enforced(Enforcement.PERMISSION)) {
      return new Entry.Refused(Reach.refused(standing));
    }
    return tenantless(principal)
        ? new Entry.Refused(Reach.refused(Reach.NO_TENANT))
        : new Entry.Admitted(principal);
  }

  private Identity identity(Caller caller) {
    Set<String> named = new LinkedHashSet<>();
    for (Security.Alternative alternative : security.alternatives()) {
      alternative.needs().forEach(need -> named.add(need.scheme()));
    }
    List<IdentityRule.Answered> answers = new ArrayList<>();
    for (String scheme : named) {
      Verdict verdict =
          caller.schemes().contains(scheme)
              ? new Verdict.Proved(caller.proof(), List.of())
              : new Verdict.Absent("");
      answers.add(new IdentityRule.Answered(scheme, new Judged("model", Mode.ENFORCE, verdict)));
    }
    return IdentityRule.apply(security, answers);
  }

  /// Where the request names a tenant, who belongs to none cannot name their own.
  private boolean tenantless(Principal principal) {
    return operation.tenant() != null
        && enforced(Enforcement.TENANT)
        && !principal.isNobody()
        && !(principal.crossesBy(operation.tenant().crossedBy())
            && uses.stream().noneMatch(each -> each.does() == Does.CREATE))
        && Ownership.part(operation.tenant().is(), principal) == null;
  }

  private Set<Whose> reached(Use use, Principal principal) {
    Set<Whose> reached = EnumSet.noneOf(Whose.class);
    for (Whose whose : Whose.values()) {
      for (Source source : use.sources(whose)) {
        if (allows(use, whose, source, principal)) {
          reached.add(whose);
        }
      }
    }
    return reached;
  }

  private boolean allows(Use use, Whose whose, Source source, Principal principal) {
    return before(use, whose, source, principal) && after(use, whose, principal);
  }

  private boolean before(Use use, Whose whose, Source source, Principal principal) {
    if (source == Source.FILTER) {
      return filtered(use, whose, principal);
    }
    if (!enforced(Enforcement.REQUEST)) {
      return true;
    }
    if (use.does() == Does.CREATE && !mayCreate(use, principal)) {
      return false;
    }
    return switch (source) {
      case NEEDLESS -> needless(use, whose, principal);
      case RESPONSE, FILTER -> true;
      case NOBODY -> false;
      // an id says neither whether there is such an object, nor what it lies below
      case ID -> !use.below() && granted(use, whose, principal);
      case RELATION, LOOK_UP ->
          !use.before()
              || (whose == Whose.ABSENT
                  ? use.does() == Does.CREATE
                  : granted(use, whose, principal));
    };
  }

  /// The gate writes the owner into the request, unless every object may be touched.
  private boolean filtered(Use use, Whose whose, Principal principal) {
    return !enforced(Enforcement.FILTER)
        || Ownership.everything(use.type(), use.grants(), principal)
        || (use.filter() != null
            && Ownership.part(use.filter(), principal) != null
            && whose == Whose.OWN);
  }

  private static boolean mayCreate(Use use, Principal principal) {
    return Ownership.judgeOwn(use.type(), use.grants(), principal) != Ownership.Standing.FOREIGN;
  }

  private static boolean needless(Use use, Whose whose, Principal principal) {
    return switch (use.does()) {
      case CREATE -> Ownership.open(use.grants()) || whose == Whose.ABSENT;
      case AGGREGATE -> Ownership.everything(use.type(), use.grants(), principal);
      case READ, LIST, UPDATE, DELETE, ACT -> true;
    };
  }

  private boolean after(Use use, Whose whose, Principal principal) {
    if (!use.after() || !enforced(Enforcement.ANSWER)) {
      return true;
    }
    return whose != Whose.ABSENT && granted(use, whose, principal);
  }

  private static boolean granted(Use use, Whose whose, Principal principal) {
    return Ownership.judge(use.type(), use.grants(), facts(use.type(), whose, principal), principal)
        == Ownership.Standing.GRANTED;
  }

  /// What is known of an object that is so to the caller.
  private static ObjectFacts facts(ObjectType type, Whose whose, Principal principal) {
    boolean own = whose == Whose.OWN;
    Fact owner = fact(type.owner(), own, principal);
    Fact tenant = fact(type.tenant(), own || whose == Whose.SAME_TENANT, principal);
    return new ObjectFacts(Fact.of("id"), owner, tenant, Map.of(), 0, 0);
  }

  private static Fact fact(ObjectType.@Nullable Fact stated, boolean equal, Principal principal) {
    if (stated == null) {
      return Fact.MISSING;
    }
    String part = equal ? Ownership.part(stated.is(), principal) : null;
    return part == null ? OTHER : Fact.of(part);
  }

  /// What objects are compared with here.
  public Set<PrincipalPart> parts() {
    Set<PrincipalPart> parts = new LinkedHashSet<>();
    for (Use use : uses) {
      if (use.type().owner() != null) {
        parts.add(use.type().owner().is());
      }
      if (use.type().tenant() != null) {
        parts.add(use.type().tenant().is());
      }
      if (use.filter() != null) {
        parts.add(use.filter());
      }
    }
    if (operation.tenant() != null) {
      parts.add(operation.tenant().is());
    }
    return parts;
  }
}
