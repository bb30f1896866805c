package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.FunctionRule;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to be answered, by the contract: the rules by which the gate judges, asked about the
/// tester's identities.
public final class Oracle {

  /// Whose the object of a request is, to the one who sends it.
  public enum Whose {
    /// The operation names no object.
    NONE("-"),
    OWN("own"),
    SAME_TENANT("of the same tenant"),
    OTHER_TENANT("of another tenant");

    private final String word;

    Whose(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// One line of the list of negative tests.
  ///
  /// @param answer the status, `2xx` where it is to work
  public record Expected(Operation operation, Identity identity, Whose whose, String answer) {}

  /// Stands for somebody else, and for another tenant.
  private static final Fact ELSE = Fact.of("somebody else");

  private final Contract contract;
  private final Map<Operation, FunctionRule> rules = new HashMap<>();

  public Oracle(Contract contract) {
    this.contract = contract;
  }

  /// What each identity, and nobody, has to be answered: about objects of their own, of others of
  /// their tenant, and of other tenants, where an operation names one.
  public List<Expected> expected(List<Operation> operations, List<Identity> identities) {
    List<Identity> callers = new ArrayList<>(identities);
    callers.add(Identity.NOBODY);
    List<Expected> all = new ArrayList<>();
    for (Operation operation : operations) {
      ObjectBinding named = named(operation);
      for (Identity caller : callers) {
        if (named == null) {
          all.add(new Expected(operation, caller, Whose.NONE, answer(operation, caller, true)));
          continue;
        }
        ObjectType type = named.type();
        for (Whose whose : List.of(Whose.OWN, Whose.SAME_TENANT, Whose.OTHER_TENANT)) {
          boolean meant =
              (whose != Whose.OWN || !caller.isNobody())
                  && (whose != Whose.OTHER_TENANT || type.tenant() != null);
          if (meant) {
            boolean granted =
                Ownership.judge(type, named.grants(), facts(type, whose, caller), caller.is())
                    == Ownership.Standing.GRANTED;
            all.add(new Expected(operation, caller, whose, answer(operation, caller, granted)));
          }
        }
      }
    }
    return all;
  }

  private String answer(Operation operation, Identity caller, boolean granted) {
    if (!allowed(operation, caller, null)) {
      return caller.isNobody() ? "401" : "403";
    }
    return granted ? (unsure(operation, caller) ? "2xx or 403" : "2xx") : "404";
  }

  private static @Nullable ObjectBinding named(Operation operation) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.id() != null && !binding.id().afterwards()) {
        return binding;
      }
    }
    return null;
  }

  private static ObjectFacts facts(ObjectType type, Whose whose, Identity caller) {
    ObjectType.Fact owner = type.owner();
    ObjectType.Fact tenant = type.tenant();
    return new ObjectFacts(
        Fact.MISSING,
        owner == null ? Fact.MISSING : whose == Whose.OWN ? part(owner, caller) : ELSE,
        tenant == null ? Fact.MISSING : whose == Whose.OTHER_TENANT ? ELSE : part(tenant, caller),
        Map.of(),
        0,
        0);
  }

  private static Fact part(ObjectType.Fact fact, Identity caller) {
    String text = Ownership.part(fact.is(), caller.is());
    return text == null ? Fact.MISSING : Fact.of(text);
  }

  /// Whether an identity may use an operation on an object, or on none; where nothing can be said
  /// against it, they may.
  boolean allowed(Operation operation, Identity identity, @Nullable KnownObject object) {
    boolean may =
        rule(operation).judge(identity.is(), proved(operation.security(), identity)).allows()
            // where the contract does not say who may, nothing can be said against it
            || !operation.security().stated()
            || unsure(operation, identity);
    if (!may || object == null) {
      return may;
    }
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.type().name().equals(object.type().name())) {
        return Ownership.judge(object.type(), binding.grants(), object.facts(), identity.is())
            == Ownership.Standing.GRANTED;
      }
    }
    return true;
  }

  /// Whether the scopes of an identity decide, and nobody told them.
  boolean unsure(Operation operation, Identity identity) {
    if (identity.scoped() || identity.isNobody()) {
      return false;
    }
    FunctionRule rule = rule(operation);
    Security.Alternative proved = proved(operation.security(), identity);
    Principal is = identity.is();
    if (rule.judge(is, proved) != FunctionRule.Standing.SCOPE_MISSING) {
      return false;
    }
    Set<String> scopes = new LinkedHashSet<>(is.scopes());
    for (FunctionRule.Way way : rule.ways()) {
      way.needs().stream()
          .filter(each -> !each.eitherWay())
          .forEach(each -> scopes.addAll(each.names()));
    }
    Principal granted =
        new Principal(
            is.issuer(),
            is.subject(),
            is.tenant(),
            is.client(),
            scopes,
            is.roles(),
            is.claims(),
            is.actors());
    return rule.judge(granted, proved).allows();
  }

  private FunctionRule rule(Operation operation) {
    return rules.computeIfAbsent(operation, each -> FunctionRule.of(contract, each));
  }

  private Security.@Nullable Alternative proved(Security security, Identity identity) {
    for (Security.Alternative alternative : security.alternatives()) {
      boolean all = !alternative.needs().isEmpty();
      for (Security.Need need : alternative.needs()) {
        SecurityScheme scheme = contract.schemes().get(need.scheme());
        all &= scheme != null && presents(identity, scheme.kind());
      }
      if (all) {
        return alternative;
      }
    }
    return null;
  }

  private static boolean presents(Identity identity, SecurityScheme.Kind kind) {
    for (Identity.Presented each : identity.presents()) {
      boolean fits =
          switch (kind) {
            case SecurityScheme.ApiKey(Parameter.In in, String name) ->
                each.name().equalsIgnoreCase(name) && in.name().equals(each.where().name());
            case SecurityScheme.Http(String scheme, var _) ->
                each.name().equalsIgnoreCase("authorization")
                    && each.prefix().strip().equalsIgnoreCase(scheme);
            case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ ->
                each.prefix().strip().equalsIgnoreCase("bearer")
                    || each.where() == Identity.Where.COOKIE;
            case SecurityScheme.MutualTls() -> false;
          };
      if (fits) {
        return true;
      }
    }
    return false;
  }
}
