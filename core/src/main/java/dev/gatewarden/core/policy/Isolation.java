package dev.gatewarden.core.policy;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the operations of one contract keep tenants apart: how each knows the tenant, and what it
/// holds against it.
///
/// An operation has an answer where the request names the tenant and that is held against the
/// caller's (`x-gatewarden-tenant`), or where that holds of every object it touches; where it
/// touches none and says why; and where nobody's tenant is meant, because anybody may call or a
/// sender signs.
public final class Isolation {
  private final Contract contract;
  private final Way way;
  private final Set<String> senders;
  private final boolean namesakes;

  /// How callers of several tenants are kept apart.
  public enum Way {
    TOKEN,
    HOST,
    PATH,
    HEADER,
    CERTIFICATE,
    SINGLE
  }

  /// The answer of one operation.
  ///
  /// @param known how the tenant is known, in words
  /// @param checks how it is checked, each in words; empty where nothing checks it
  /// @param gaps what keeps it from being an answer
  public record Row(Operation operation, String known, List<String> checks, List<Gap> gaps) {
    public Row {
      checks = List.copyOf(checks);
      gaps = List.copyOf(gaps);
    }
  }

  /// What is missing, where, and what to write.
  public record Gap(Place place, String message, String advice) {}

  /// @param senders schemes that are proved by who sends, and is of no tenant
  /// @param namesakes whether subjects of two issuers may have one name
  public Isolation(Contract contract, Way way, Set<String> senders, boolean namesakes) {
    this.contract = contract;
    this.way = way;
    this.senders = Set.copyOf(senders);
    this.namesakes = namesakes;
  }

  /// The answer of every operation, in the order of the contract.
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      rows.add(row(operation));
    }
    return rows;
  }

  private Row row(Operation operation) {
    if (way == Way.SINGLE) {
      return plain(operation, "there is one", "single");
    }
    if (operation.security().isPublic()) {
      return plain(operation, "nobody's", "anybody may call");
    }
    if (bySenders(operation.security())) {
      return plain(operation, "nobody's", "a sender signs");
    }
    List<String> checks = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    TenantRule rule = operation.tenant();
    if (rule != null) {
      checks.add("tenant-match" + (rule.crossedBy().isEmpty() ? "" : crossed(rule.crossedBy())));
      if (!fits(rule.from())) {
        gaps.add(elsewhere(operation, rule));
      }
    }
    switch (operation.objects()) {
      case ObjectBindings.None none -> checks.add("touches no object: " + none.because());
      case ObjectBindings.Bound(List<ObjectBinding> each) ->
          each.forEach(binding -> object(operation, binding, checks, gaps));
      case ObjectBindings.Unstated _, ObjectBindings.Unbound _ -> {
        if (rule == null) {
          gaps.add(unstated(operation));
        }
      }
    }
    return new Row(operation, known(rule), checks, gaps);
  }

  private static Row plain(Operation operation, String known, String check) {
    return new Row(operation, known, List.of(check), List.of());
  }

  private boolean bySenders(Security security) {
    return !security.alternatives().isEmpty()
        && security.alternatives().stream()
            .allMatch(
                each ->
                    !each.needs().isEmpty()
                        && each.needs().stream().allMatch(need -> senders.contains(need.scheme())));
  }

  private String known(@Nullable TenantRule rule) {
    if (rule != null) {
      return rule.places() + " is " + rule.is().text();
    }
    return way == Way.CERTIFICATE ? "certificate" : "credential";
  }

  private boolean fits(Selector from) {
    return switch (way) {
      case HOST -> from instanceof Selector.HostLabel;
      case PATH -> from instanceof Selector.PathParameter;
      case HEADER -> from instanceof Selector.Header;
      case TOKEN, CERTIFICATE, SINGLE -> true;
    };
  }

  private void object(
      Operation operation, ObjectBinding binding, List<String> checks, List<Gap> gaps) {
    String check = check(operation, binding);
    if (check != null) {
      List<String> crossing = new ArrayList<>();
      for (Grant grant : binding.grants()) {
        if (grant instanceof Grant.Crossing(String role)) {
          crossing.add(role);
        }
      }
      checks.add(
          binding.type().name() + ": " + check + (crossing.isEmpty() ? "" : crossed(crossing)));
    } else if (operation.tenant() == null) {
      gaps.add(unheld(operation, binding));
    }
  }

  private static String crossed(List<String> roles) {
    return ", crossed by role " + String.join(" or ", roles);
  }

  /// How an object's tenant is checked, or null where it is not.
  private @Nullable String check(Operation operation, ObjectBinding binding) {
    ObjectType type = binding.type();
    if (Ownership.open(binding.grants())) {
      return "for anyone";
    }
    if (binding.does() == Does.AGGREGATE) {
      return binding.filter() != null && binding.filter().is() instanceof PrincipalPart.Tenant
          ? "only the tenant's, by `" + binding.filter().at().text() + "`"
          : null;
    }
    if (type.tenant() != null) {
      return "its tenant, by " + sources(operation, binding);
    }
    for (String parent : binding.within().keySet()) {
      ObjectType above = contract.types().get(parent);
      if (above != null && above.tenant() != null && below(parent, binding)) {
        return "below `" + parent + "`, whose tenant is checked";
      }
    }
    return isCaller(type) && !namesakes ? "the caller's own" : null;
  }

  /// Whether the object, or a parent of it that is named, says that it lies below that one.
  private boolean below(String parent, ObjectBinding binding) {
    if (binding.type().parents().containsKey(parent)) {
      return true;
    }
    Map<String, Selector> within = binding.within();
    for (String other : within.keySet()) {
      ObjectType type = contract.types().get(other);
      if (type != null && type.parents().containsKey(parent) && !other.equals(parent)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCaller(ObjectType type) {
    return type.ownedById();
  }

  private static String sources(Operation operation, ObjectBinding binding) {
    return switch (binding.does()) {
      case LIST -> binding.type().hidden() ? "relation" : "each object of the answer";
      case CREATE -> binding.writesTenant() ? "what is written into it" : "that of who creates it";
      case READ, UPDATE, DELETE, ACT, AGGREGATE -> {
        List<String> words = new ArrayList<>();
        for (KnownBy by : binding.type().knownBy()) {
          switch (by) {
            case RELATION -> words.add("relation");
            case LOOK_UP -> {
              if (binding.type().readBy() != null) {
                words.add("look-up");
              }
            }
            case RESPONSE -> {
              if (binding.does() == Does.READ && operation.safe()) {
                words.add("answer");
              }
            }
          }
        }
        yield words.isEmpty() ? "nothing that is known, so nobody" : String.join(" or ", words);
      }
    };
  }

  private Gap elsewhere(Operation operation, TenantRule rule) {
    return new Gap(
        rule.place(),
        "`tenancy: "
            + word()
            + "`, but `"
            + operation.id().name()
            + "` names its tenant in `"
            + rule.from().text()
            + "`",
        "write `from: " + example() + "`, or set the API's `tenancy` to what the contract says");
  }

  private Gap unstated(Operation operation) {
    return new Gap(
        operation.place(),
        "`"
            + operation.id().name()
            + "` does not say how its tenant is known: it binds no object and names no tenant",
        "write `x-gatewarden-object: {type: …, id: …}`, or `x-gatewarden-object: {none: why it"
            + " touches nobody's data}`, or `x-gatewarden-tenant: {from: "
            + example()
            + "}`");
  }

  private Gap unheld(Operation operation, ObjectBinding binding) {
    ObjectType type = binding.type();
    String name = operation.id().name();
    if (binding.does() == Does.AGGREGATE) {
      return new Gap(
          binding.place(),
          "`" + name + "` sums up `" + type.name() + "` over all tenants",
          "write `filter: {at: query.tenant, is: principal.tenant}`, or `x-gatewarden-tenant:"
              + " {from: "
              + example()
              + "}`");
    }
    return new Gap(
        binding.place(),
        isCaller(type)
            ? "`"
                + name
                + "` tells whose a `"
                + type.name()
                + "` is by its subject alone, and two issuers may name one subject"
            : "`"
                + name
                + "` touches a `"
                + type.name()
                + "`, and nothing says which tenant it belongs to",
        "give the type `tenant: {at: /tenantId, is: principal.tenant}`, or let the request name it:"
            + " `x-gatewarden-tenant: {from: "
            + example()
            + "}`");
  }

  private String word() {
    return way.name().toLowerCase(java.util.Locale.ROOT);
  }

  private String example() {
    return switch (way) {
      case HOST -> "host.label(0)";
      case HEADER -> "header.X-Tenant";
      case TOKEN, PATH, CERTIFICATE, SINGLE -> "path.tenant";
    };
  }
}
