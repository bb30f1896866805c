package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.QueryWords;
import dev.gatewarden.core.contract.QueryWords.Use;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a query choose, sort, filter and group only by properties that the caller may read: who
/// sorts by a salary learns it, though it is never shown. Who may read a property says
/// `x-gatewarden-read`, or its data class.
///
/// Which parameters name properties says `x-gatewarden-queries` in the contract, for an operation,
/// a path or all: `{fields: query.fields, omit: …, include: …, sort: …, filter-by: …, group-by:
/// …}`;
/// `free` names those that do not. Unstated, parameters of the usual names (`fields`, `sort`,
/// `$filter`, `expand`, …) are taken for what they are called, where the operation is bound to
/// objects or its answers hold restricted properties; and any parameter that is called like a
/// restricted property filters by it. A name that no answer promises is refused, unless the
/// contract lists it as a value of the parameter.
///
/// A property that only the owner may read may be chosen, since each object is judged when it comes
/// back; it may sort or filter only where the gate itself writes the owner (`filter` of the
/// binding), because otherwise everybody's objects would be compared.
///
/// Where the answer tells whose an object is, the caller does not choose what the check reads:
/// owner, tenant, id and parents are asked for beside the caller's own choice, and
/// `object-release` takes them out again. A choice that leaves them out is refused.
@Control(
    id = "query-fields",
    stage = Stage.AUTHORIZE,
    threats = {Threat.API3_PROPERTY_AUTHORIZATION, Threat.API1_OBJECT_AUTHORIZATION})
public final class QueryFieldsGuard implements Guard {

  /// Nothing can be set: who may read what stands in the contract.
  public record Config() {}

  /// Why a query is refused.
  public enum Why implements Reason {
    NOT_READABLE(403, "the query names a property that this caller may not read"),
    UNKNOWN_PROPERTY(400, "the query names a property that there is not"),
    HIDES_OWNER(400, "the query leaves out what says whose an object is"),
    UNREADABLE(400, "what the query chooses has no clear reading");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "query-fields";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          QueryFieldsGuard.class, new Config(), Reads.HEAD, Why.values(), QueryFieldsGuard::seat);

  private final NamedProperties properties;
  private final ForcedSelection forced;
  private final QueryWords words;
  private final Map<String, Set<String>> listed;
  private final Map<String, List<List<Grant>>> byName;
  private final boolean ownAlone;
  private final boolean tenantAlone;

  private QueryFieldsGuard(Setting setting, NamedProperties properties, ForcedSelection forced) {
    Operation operation = setting.operation();
    this.properties = properties;
    this.forced = forced;
    this.words = forced.words();
    this.listed = new HashMap<>();
    this.byName = new HashMap<>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() == Parameter.In.QUERY) {
        listed.put(parameter.name(), listed(parameter));
        List<List<Grant>> who = named(parameter.name());
        if (who != null) {
          byName.put(parameter.name(), who);
        }
      }
    }
    this.ownAlone = filtered(operation, true);
    this.tenantAlone = ownAlone || filtered(operation, false);
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    Map<String, List<Grant>> classes = new HashMap<>();
    for (DataClass each : setting.contract().classes().values()) {
      List<Grant> may = each.read();
      if (may != null) {
        classes.put(each.name(), may);
      }
    }
    Operation operation = setting.operation();
    if (operation.parameters().stream().noneMatch(each -> each.in() == Parameter.In.QUERY)) {
      return Optional.empty();
    }
    NamedProperties properties = NamedProperties.of(operation, classes);
    ForcedSelection forced = ForcedSelection.of(setting);
    boolean stated = forced.words().uses().size() > forced.words().guessed().size();
    boolean bound = !operation.objects().list().isEmpty() && !forced.words().uses().isEmpty();
    return !properties.isEmpty() && (stated || bound || properties.restricts())
        ? Optional.of(new QueryFieldsGuard(setting, properties, forced))
        : Optional.empty();
  }

  /// Whether the service only compares objects of the caller, or of the caller's tenant, because
  /// the gate says so.
  private static boolean filtered(Operation operation, boolean byOwner) {
    boolean any = false;
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.does() != Does.LIST && binding.does() != Does.AGGREGATE) {
        continue;
      }
      any = true;
      var fact = byOwner ? binding.type().owner() : binding.type().tenant();
      PrincipalPart is = fact == null ? null : fact.is();
      if (binding.filter() == null || !binding.filter().is().equals(is)) {
        return false;
      }
    }
    return any;
  }

  private static Set<String> listed(Parameter parameter) {
    Set<String> all = new HashSet<>();
    for (Node.Obj schema :
        NamedProperties.expanded(
            List.of(parameter.schema().schema()), parameter.schema().references())) {
      listed(schema, all);
      Node items = schema.get("items");
      if (items != null) {
        NamedProperties.expanded(List.of(items), parameter.schema().references())
            .forEach(each -> listed(each, all));
      }
    }
    return all;
  }

  private static void listed(Node.Obj schema, Set<String> all) {
    if (schema.get("enum") instanceof Node.Arr(var _, List<Node> values)) {
      for (Node value : values) {
        if (value instanceof Node.Text(var _, String text)) {
          all.add(text);
        }
      }
    }
    if (schema.get("const") instanceof Node.Text(var _, String text)) {
      all.add(text);
    }
  }

  @Override
  public Verdict judge(Call call) {
    Query query = call.exchange().request().target().query();
    List<Query.Pair> pairs = query.pairs();
    if (pairs.isEmpty()) {
      return Verdict.pass();
    }
    Principal caller = call.exchange().principal();
    for (int i = 0; i < pairs.size(); i++) {
      Query.Pair pair = pairs.get(i);
      Use use = ForcedSelection.use(words, pair.name());
      Why why = use == null ? byName(pair, caller) : named(pair, use, caller);
      if (why != null) {
        return Verdict.deny(why, List.of(new Detail("query/" + pair.name(), "", why.summary())));
      }
    }
    return forced.isEmpty() ? Verdict.pass() : asking(query);
  }

  private Verdict asking(Query query) {
    List<ForcedSelection.Fact> missing = forced.missing(query);
    Edit edit = missing.isEmpty() ? null : forced.asking(query, missing);
    return edit == null ? Verdict.pass() : Verdict.pass().editing(edit);
  }

  private @Nullable Why byName(Query.Pair pair, Principal caller) {
    if (!properties.restricts()) {
      return null;
    }
    List<List<Grant>> who =
        listed.containsKey(pair.name()) ? byName.get(pair.name()) : named(pair.name());
    return who == null || may(who, false, caller) ? null : Why.NOT_READABLE;
  }

  /// Who may read the property that a parameter is called after: `salary`, `salary[gte]`,
  /// `min_salary`.
  private @Nullable List<List<Grant>> named(String parameter) {
    List<List<Grant>> exactly = properties.like(parameter);
    return exactly == null ? properties.like(QueryNames.withoutComparison(parameter)) : exactly;
  }

  private @Nullable Why named(Query.Pair pair, Use use, Principal caller) {
    int bracket = pair.name().indexOf('[');
    boolean compares = use == Use.SORT || use == Use.GROUP_BY || use == Use.FILTER_BY;
    String inside = compares && bracket > 0 ? QueryNames.bracketed(pair.name()) : "";
    List<QueryNames.Name> names =
        switch (use) {
          case FIELDS, OMIT, INCLUDE -> ForcedSelection.chosen(pair);
          case SORT, GROUP_BY ->
              !inside.isEmpty() && QueryNames.isDirection(pair.value())
                  ? List.of()
                  : QueryNames.ordering(pair.value());
          case FILTER_BY -> condition(pair, inside, bracket > 0);
          case FREE -> List.of();
        };
    if (names == null) {
      return Why.UNREADABLE;
    }
    if (!inside.isEmpty()) {
      Why why = judged(new QueryNames.Name(inside, QueryNames.Kind.NAMED), pair, use, caller);
      if (why != null) {
        return why;
      }
    }
    if (compares && bracket > 0) {
      Why why = steps(pair, bracket, use, caller);
      if (why != null) {
        return why;
      }
    }
    for (int i = 0; i < names.size(); i++) {
      Why why = judged(names.get(i), pair, use, caller);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  /// A property may be called like an operator: `sort[name]`, `filter[last][gt]`.
  private @Nullable Why steps(Query.Pair pair, int bracket, Use use, Principal caller) {
    for (String step : QueryNames.parted(pair.name().substring(bracket), "[]")) {
      Why why = judged(new QueryNames.Name(step, QueryNames.Kind.PERHAPS), pair, use, caller);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  /// `filter[status]=open` says the name in its own; `status=open` where `status` is told to filter
  /// is one as well.
  private @Nullable List<QueryNames.Name> condition(
      Query.Pair pair, String inside, boolean bracketed) {
    boolean ownName = properties.of(QueryNames.canonical(pair.name())) != null;
    if (inside.isEmpty() && bracketed) {
      return QueryNames.ordering(pair.value());
    }
    if (!inside.isEmpty() || ownName) {
      String name = ownName ? QueryNames.canonical(pair.name()) : inside;
      return List.of(
          new QueryNames.Name(name, QueryNames.Kind.NAMED),
          new QueryNames.Name(QueryNames.canonical(pair.value()), QueryNames.Kind.PERHAPS));
    }
    return QueryNames.condition(pair.value());
  }

  private @Nullable Why judged(QueryNames.Name name, Query.Pair pair, Use use, Principal caller) {
    boolean chooses = use == Use.FIELDS || use == Use.OMIT || use == Use.INCLUDE;
    switch (name.kind()) {
      case EVERYTHING -> {
        return chooses || use == Use.FILTER_BY || name.text().isEmpty()
            ? null
            : Why.UNKNOWN_PROPERTY;
      }
      case PERHAPS -> {
        List<List<Grant>> who = properties.like(name.text());
        return who == null || may(who, chooses, caller) ? null : Why.NOT_READABLE;
      }
      case OMITTED -> {
        return hides(name.text()) ? Why.HIDES_OWNER : null;
      }
      case NAMED -> {
        if (use == Use.OMIT) {
          return hides(name.text()) ? Why.HIDES_OWNER : null;
        }
        List<List<Grant>> who = known(name.text());
        if (who == null) {
          List<List<Grant>> like = properties.like(name.text());
          boolean promised = listed(pair, name.text());
          return like != null && !may(like, chooses, caller)
              ? Why.NOT_READABLE
              : promised ? null : Why.UNKNOWN_PROPERTY;
        }
        return may(who, chooses, caller) ? null : Why.NOT_READABLE;
      }
    }
    return Why.UNREADABLE;
  }

  private boolean listed(Query.Pair pair, String name) {
    Set<String> values = listed.get(pair.name());
    return values != null && (values.contains(pair.value()) || values.contains(name));
  }

  private @Nullable List<List<Grant>> known(String name) {
    List<List<Grant>> exactly = properties.of(name);
    return exactly == null ? properties.of(QueryNames.withoutOperators(name)) : exactly;
  }

  private boolean hides(String name) {
    List<ForcedSelection.Fact> facts = forced.facts();
    for (int i = 0; i < facts.size(); i++) {
      ForcedSelection.Fact fact = facts.get(i);
      if (name.isEmpty()
          || NamedProperties.loose(name).equals(NamedProperties.loose(fact.name()))
          || ForcedSelection.covers(name, fact.name())
          || (!fact.list().isEmpty()
              && ForcedSelection.covers(name, fact.list() + "." + fact.name()))) {
        return true;
      }
    }
    return false;
  }

  /// One of each list. What is only chosen is judged again by the object it comes back with; what
  /// is compared has to be the caller's own altogether.
  private boolean may(List<List<Grant>> who, boolean chooses, Principal caller) {
    for (int i = 0; i < who.size(); i++) {
      if (!mayOne(who.get(i), chooses, caller)) {
        return false;
      }
    }
    return true;
  }

  private boolean mayOne(List<Grant> by, boolean chooses, Principal caller) {
    for (int i = 0; i < by.size(); i++) {
      boolean granted =
          switch (by.get(i)) {
            case Grant.Anyone() -> true;
            case Grant.Role(String name) -> caller.roles().contains(name);
            case Grant.Crossing(String role) -> caller.crossing().contains(role);
            case Grant.Owner() -> chooses || ownAlone;
            case Grant.Tenant() -> chooses || tenantAlone;
          };
      if (granted) {
        return true;
      }
    }
    return false;
  }
}
