package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.BrowserSession;
import dev.gatewarden.app.configuration.ClientCertificates;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.relations.Rules;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.policy.Isolation;
import dev.gatewarden.core.policy.Issuers;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How one API keeps its tenants apart, by what contract and configuration say together.
///
/// @param today the day (UTC) on which exceptions must hold
public record Tenants(Reading reading, String name, Api api, Contract contract, LocalDate today) {
  /// The guard whose exceptions let an operation load that does not say how its tenant is checked.
  public static final String GUARD = "tenant-match";

  /// The guards that check tenants.
  private static final List<String> CHECKING = List.of(GUARD, "object-owner", "object-release");

  /// What relations are held to, which an operator tells.
  public static Rules rules(Reading reading, Map<String, Contract> contracts, LocalDate today) {
    Map<String, Issuers> issuers = new HashMap<>();
    contracts.forEach(
        (name, contract) -> {
          Api api = reading.configuration().apis().get(name);
          if (api != null) {
            issuers.put(name, new Tenants(reading, name, api, contract, today).vouching());
          }
        });
    return new Rules(contracts, issuers);
  }

  /// The answer of every operation.
  public List<Isolation.Row> rows() {
    Isolation.Way way = Isolation.Way.valueOf(api.tenancy().name());
    return new Isolation(contract, way, senders(), sources().size() > 1).rows();
  }

  /// Who vouches for the names of this API's callers.
  public Issuers vouching() {
    Map<String, String> first = issuers();
    Map<String, String> same = new HashMap<>();
    Set<String> names = new TreeSet<>();
    for (String prover : api.security().values()) {
      BrowserSession session = configuration().sessions().get(prover);
      String named = session == null ? prover : session.issuer();
      Issuer issuer = configuration().issuers().get(named);
      String known = issuer == null ? null : first.get(issuer.named());
      if (known != null && !known.equals(named)) {
        same.put(named, known);
      }
      names.add(known == null ? named : known);
    }
    boolean divided = api.tenancy() != Api.Tenancy.SINGLE;
    return new Issuers(sources().size() > 1, divided, same, names);
  }

  /// The exception under which an operation is served without an answer, or with one that is not
  /// enforced; null without one.
  public @Nullable ExceptionEntry excuse(Operation operation) {
    for (String guard : CHECKING) {
      ExceptionEntry entry = configuration().excuse(guard, name, operation.id().name(), today);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /// Tells what is missing.
  void check(List<Problem> problems, List<Problem> warnings) {
    for (Isolation.Row row : rows()) {
      if (!excused(row.operation())) {
        row.gaps()
            .forEach(gap -> problems.add(new Problem(gap.place(), gap.message(), gap.advice())));
      }
    }
    vouched(problems);
    crossed(problems);
    if (sources().size() < 2) {
      return;
    }
    if (api.tenancy() != Api.Tenancy.SINGLE) {
      spoken(problems);
    } else if (contract.types().values().stream().anyMatch(type -> isShown(type.owner()))) {
      warnings.add(
          new Problem(
              security(),
              "callers of this API are named by "
                  + quoted(sources().values())
                  + ", and answers name owners by the subject alone: `alice` of one is `alice` of"
                  + " the other, unless the gate has learned whose an object is",
              "make sure that they never give one name to two people, or let relations alone tell"
                  + " owners: leave out their `at`"));
    }
  }

  private static boolean isShown(ObjectType.@Nullable Fact owner) {
    return owner != null && owner.at() != null;
  }

  private boolean excused(Operation operation) {
    return configuration().excuse(GUARD, name, operation.id().name(), today) != null;
  }

  /// Whether nobody may use an operation but by the roles that cross.
  private static boolean isHeldTo(Operation operation, TenantRule rule) {
    Permission permission = Permission.in(operation.extensions());
    return permission != null && rule.crossedBy().containsAll(permission.roles());
  }

  /// Who crosses by one role brings all others along, and where an object has no tenant they hold
  /// in any.
  private void crossed(List<Problem> problems) {
    for (Operation operation : contract.operations()) {
      TenantRule rule = operation.tenant();
      if (rule == null || rule.crossedBy().isEmpty()) {
        continue;
      }
      if (operation.objects().list().isEmpty() && !isHeldTo(operation, rule)) {
        problems.add(
            new Problem(
                operation.place(),
                "`"
                    + operation.id().name()
                    + "` lets callers into other tenants and touches no object: whatever roles they"
                    + " have would hold there",
                "give it `x-gatewarden-permission` with roles of `crossed-by` alone, or leave"
                    + " `crossed-by` out"));
      }
      operation.objects().list().stream()
          .map(each -> each.type())
          .filter(type -> type.tenant() == null)
          .findFirst()
          .ifPresent(
              type ->
                  problems.add(
                      new Problem(
                          operation.place(),
                          "`"
                              + operation.id().name()
                              + "` lets callers into other tenants, and nothing tells the tenant"
                              + " of a `"
                              + type.name()
                              + "`: whatever roles they have would hold there",
                          "give `" + type.name() + "` a `tenant`, or leave `crossed-by` out")));
    }
  }

  private boolean readsTenantsFromClaims() {
    return contract.types().values().stream()
            .anyMatch(type -> type.tenant() != null && isClaim(type.tenant().is()))
        || contract.operations().stream()
            .anyMatch(each -> each.tenant() != null && isClaim(each.tenant().is()));
  }

  private static boolean isClaim(PrincipalPart part) {
    return part instanceof PrincipalPart.Claim;
  }

  /// A grant across tenants that nobody vouches for is none, and one that is not meant is no risk;
  /// both are told, so that nobody believes the other.
  private void vouched(List<Problem> problems) {
    Set<String> vouched = new TreeSet<>();
    for (String named : issuers().values()) {
      Issuer issuer = configuration().issuers().get(named);
      Issuer.Crossing crossing = issuer == null ? null : issuer.crossing();
      if (issuer != null && crossing != null) {
        vouched.addAll(crossing.roles());
        if (issuer.tenant() == null && readsTenantsFromClaims()) {
          problems.add(
              new Problem(
                  Places.nearest(reading.source(), "issuers", named, "crossing").place(),
                  "`crossing` does not say of which tenant the users of `"
                      + named
                      + "` are that may cross, and `"
                      + name
                      + "` tells tenants apart by a claim of theirs: each tenant could make its"
                      + " own users reach all others",
                  "write `tenant:` with that claim, and `tenants:` below `crossing` with the"
                      + " provider's own"));
        }
      }
    }
    Crossings crossings = Crossings.of(contract);
    crossings
        .places()
        .forEach(
            (role, place) -> {
              if (!vouched.contains(role)) {
                problems.add(
                    new Problem(
                        place,
                        "nobody vouches for the role `" + role + "` across tenants",
                        "let the issuer of the provider's own staff: `issuers: {…: {crossing:"
                            + " {roles: ["
                            + role
                            + "], tenants: […]}}}`"));
              }
            });
  }

  /// Whoever runs an issuer can name any subject of any tenant that it may speak for.
  private void spoken(List<Problem> problems) {
    Map<String, String> speaker = new LinkedHashMap<>();
    for (String named : new TreeSet<>(issuers().values())) {
      Issuer issuer = configuration().issuers().get(named);
      if (issuer == null) {
        continue;
      }
      if (issuer.tenants().isEmpty()) {
        problems.add(
            new Problem(
                Places.nearest(reading.source(), "issuers", named).place(),
                "`"
                    + named
                    + "` may name users of every tenant of `"
                    + name
                    + "`, whose callers are also proved by "
                    + quoted(others(named)),
                "write the tenants whose users it may name: `tenants: [north]`"));
      }
      for (String tenant : issuer.tenants()) {
        String other = speaker.putIfAbsent(tenant, named);
        if (other != null) {
          problems.add(
              new Problem(
                  Places.nearest(reading.source(), "issuers", named, "tenants").place(),
                  "`"
                      + other
                      + "` names users of the tenant `"
                      + tenant
                      + "` as well: `alice` of one would be `alice` of the other",
                  "let one issuer speak for each tenant"));
        }
      }
    }
  }

  private Set<String> others(String named) {
    Set<String> others = new TreeSet<>(sources().values());
    others.remove(named);
    return others;
  }

  private Configuration configuration() {
    return reading.configuration();
  }

  private dev.gatewarden.core.document.Place security() {
    return Places.nearest(reading.source(), "apis", name, "security").place();
  }

  private Set<String> senders() {
    Set<String> senders = new HashSet<>();
    api.security()
        .forEach(
            (scheme, prover) -> {
              if (configuration().senders().containsKey(prover)) {
                senders.add(scheme);
              }
            });
    return senders;
  }

  /// Who names people here, by what makes them different: two sections for one provider are one.
  private Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    issuers().forEach(sources::putIfAbsent);
    for (String prover : new TreeSet<>(api.security().values())) {
      ClientCertificates certificates = configuration().certificates().get(prover);
      boolean people =
          certificates != null && certificates.subject() == ClientCertificates.Naming.SAN_EMAIL;
      if (people || configuration().ledgers().containsKey(prover)) {
        sources.put("section " + prover, prover);
      }
    }
    return sources;
  }

  /// The issuers of this API by their addresses.
  private Map<String, String> issuers() {
    Map<String, String> issuers = new LinkedHashMap<>();
    for (String prover : new TreeSet<>(api.security().values())) {
      BrowserSession session = configuration().sessions().get(prover);
      String named = session == null ? prover : session.issuer();
      Issuer issuer = configuration().issuers().get(named);
      if (issuer != null) {
        issuers.putIfAbsent(issuer.named(), named);
      }
    }
    return issuers;
  }

  private static String quoted(Iterable<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(text.isEmpty() ? "" : " and ").append('`').append(name).append('`');
    }
    return text.toString();
  }
}
