package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Ownership.Standing;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Environment;
import dev.gatewarden.core.policy.Question.Resource;
import dev.gatewarden.core.policy.Relations;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A question in Cedar's terms: who, what, to what, under which circumstances, and the entities
/// that
/// policies may ask about.
final class Terms {
  /// The attributes that every object has; a parent of such a name is no attribute.
  static final Set<String> OWN = Set.of("id", "owner", "tenant");

  static final EntityTypeName USER = Names.type("User");
  static final EntityTypeName ANONYMOUS = Names.type("Anonymous");
  private static final EntityTypeName ROLE = Names.type("Role");
  private static final EntityTypeName GROUP = Names.type("Group");
  private static final EntityTypeName TENANT = Names.type("Tenant");
  private static final List<Grant> OWNER = List.of(new Grant.Owner());
  private static final List<Grant> OF_TENANT = List.of(new Grant.Tenant());

  private final Names names;
  private final Map<String, CedarSettings.Claim> claims;
  private final List<String> groups;
  private final Map<EntityUID, Entity> known;
  private final ActionGroups actions;

  /// @param known what policies know beside the request
  Terms(Names names, CedarSettings settings, Map<EntityUID, Entity> known, ActionGroups actions) {
    this.actions = actions;
    this.names = names;
    this.claims = settings.claims();
    this.groups = settings.groups();
    this.known = known;
  }

  /// What is asked of Cedar.
  record Asked(AuthorizationRequest request, Set<Entity> entities) {}

  /// A question with the entities around it.
  ///
  /// @param uses the circumstances to tell
  Asked asked(Question question, Ancestry above, ContextUse uses) {
    Names.OfApi api = names.of(question.environment().api());
    Set<Entity> entities = new HashSet<>();
    EntityUID principal = caller(question.caller(), entities);
    EntityUID resource = resource(question.resource(), api, entities);
    for (Ancestry.Above each : above.each()) {
      entities.add(above(each, question.caller(), api, entities));
    }
    EntityUID action = api.action().of(question.action());
    actions.add(action, entities);
    AuthorizationRequest request =
        new AuthorizationRequest(
            principal,
            action,
            resource,
            Optional.of(context(question, uses)),
            Optional.empty(),
            false);
    return new Asked(request, entities);
  }

  private EntityUID caller(Principal caller, Set<Entity> entities) {
    if (caller.isNobody()) {
      EntityUID nobody = ANONYMOUS.of("");
      entities.add(new Entity(nobody));
      return nobody;
    }
    Collection<String> groups = groups(caller);
    Set<EntityUID> parents = new HashSet<>();
    caller.roles().forEach(role -> parents.add(ROLE.of(role)));
    groups.forEach(group -> parents.add(GROUP.of(group)));
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("issuer", new PrimString(caller.issuer()));
    attributes.put("subject", new PrimString(caller.subject()));
    put(attributes, "client", caller.client());
    if (put(attributes, "tenant", caller.tenant())) {
      parents.add(TENANT.of(String.valueOf(caller.tenant())));
    }
    attributes.put("scopes", strings(caller.scopes()));
    attributes.put("roles", strings(caller.roles()));
    attributes.put("groups", strings(groups));
    attributes.put("actors", strings(caller.actors()));
    attributes.put("claims", claims(caller));
    EntityUID user = USER.of(caller.issuer() + "/" + caller.subject());
    entities.add(new Entity(user, attributes, parents));
    parents.forEach(parent -> known(parent, entities));
    return user;
  }

  private Collection<String> groups(Principal caller) {
    Object value = groups.isEmpty() ? null : find(caller.claims(), groups);
    Set<String> found = new TreeSet<>();
    if (value instanceof String one) {
      found.add(one);
    } else if (value instanceof Collection<?> many) {
      for (Object each : many) {
        if (each instanceof String text) {
          found.add(text);
        }
      }
    }
    return found;
  }

  private CedarMap claims(Principal caller) {
    CedarMap seen = new CedarMap();
    claims.forEach(
        (name, claim) -> {
          Value value = value(find(caller.claims(), claim.at()), claim.is());
          if (value != null) {
            seen.put(name, value);
          }
        });
    return seen;
  }

  private static @Nullable Object find(Map<String, Object> claims, List<String> at) {
    Object value = claims;
    for (String step : at) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }

  private static @Nullable Value value(@Nullable Object claim, CedarSettings.Claim.Kind kind) {
    return switch (kind) {
      case STRING -> claim instanceof String text ? new PrimString(text) : null;
      case NUMBER ->
          claim instanceof Long || claim instanceof Integer
              ? new PrimLong(((Number) claim).longValue())
              : null;
      case BOOLEAN -> claim instanceof Boolean is ? new PrimBool(is) : null;
      case STRINGS -> claim instanceof Collection<?> many ? strings(many) : null;
    };
  }

  private EntityUID resource(Resource resource, Names.OfApi api, Set<Entity> entities) {
    return switch (resource) {
      case Resource.Api(String name) -> {
        EntityUID whole = api.api().of(name);
        entities.add(new Entity(whole));
        yield whole;
      }
      case Resource.Thing thing -> {
        Map<String, String> parents = new HashMap<>();
        thing.facts().parents().forEach((type, fact) -> put(parents, type, fact));
        Entity entity =
            entity(
                thing.type(),
                thing.id(),
                text(thing.facts().owner()),
                text(thing.facts().tenant()),
                parents,
                api,
                entities);
        entities.add(entity);
        yield entity.getEUID();
      }
    };
  }

  /// The owner of what lies above is told where an equal name is the same person's.
  private Entity above(
      Ancestry.Above above, Principal caller, Names.OfApi api, Set<Entity> entities) {
    Relations.Relation relation = above.relation();
    String issuer = relation == null ? null : relation.issuer();
    boolean told = issuer == null || issuer.equals(caller.issuer());
    return relation == null
        ? entity(above.type(), above.id(), null, null, Map.of(), api, entities)
        : entity(
            above.type(),
            above.id(),
            told ? relation.owner() : null,
            relation.tenant(),
            relation.parents(),
            api,
            entities);
  }

  private Entity entity(
      ObjectType type,
      String id,
      @Nullable String owner,
      @Nullable String tenant,
      Map<String, String> parents,
      Names.OfApi api,
      Set<Entity> entities) {
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("id", new PrimString(id));
    put(attributes, "owner", owner);
    Set<EntityUID> above = new HashSet<>();
    if (put(attributes, "tenant", tenant)) {
      EntityUID whose = TENANT.of(String.valueOf(tenant));
      above.add(whose);
      known(whose, entities);
    }
    parents.forEach(
        (name, parent) -> {
          EntityTypeName kind = api.types().get(name);
          if (kind != null && type.parents().containsKey(name)) {
            EntityUID uid = kind.of(parent);
            if (!name.equals(type.name()) || !parent.equals(id)) {
              above.add(uid);
            }
            if (!OWN.contains(name)) {
              attributes.put(name, uid);
            }
          }
        });
    return new Entity(typeName(api, type).of(id), attributes, above);
  }

  private static EntityTypeName typeName(Names.OfApi api, ObjectType type) {
    EntityTypeName name = api.types().get(type.name());
    return name == null ? api.api() : name;
  }

  /// What is known of an entity beside the request, and of what that lies below.
  private void known(EntityUID uid, Set<Entity> entities) {
    Entity entity = known.get(uid);
    if (entity != null && entities.add(entity)) {
      entity.getParents().forEach(parent -> known(parent, entities));
    }
  }

  private static Map<String, Value> context(Question question, ContextUse uses) {
    Environment here = question.environment();
    Map<String, Value> context = new HashMap<>();
    text(context, uses, "api", here.api());
    text(context, uses, "operation", question.action());
    text(context, uses, "method", here.method());
    text(context, uses, "zone", here.zone().getId());
    if (uses.reads("source")) {
      context.put("source", new IpAddress(here.source().toString()));
    }
    if (uses.reads("encrypted")) {
      context.put("encrypted", new PrimBool(here.encrypted()));
    }
    if (uses.reads("owner")) {
      context.put("owner", new PrimBool(holds(question, OWNER)));
    }
    if (uses.reads("same_tenant")) {
      context.put("same_tenant", new PrimBool(holds(question, OF_TENANT)));
    }
    if (uses.reads("now")) {
      context.put("now", new DateTime(here.at().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    if (uses.reads("local")) {
      context.put("local", local(here));
    }
    return context;
  }

  private static CedarMap local(Environment here) {
    ZonedDateTime time = here.at().atZone(here.zone());
    CedarMap local = new CedarMap();
    local.put("year", new PrimLong((long) time.getYear()));
    local.put("month", new PrimLong((long) time.getMonthValue()));
    local.put("day", new PrimLong((long) time.getDayOfMonth()));
    local.put("weekday", new PrimLong((long) time.getDayOfWeek().getValue()));
    local.put("hour", new PrimLong((long) time.getHour()));
    local.put("minute", new PrimLong((long) time.getMinute()));
    local.put("time", new PrimLong(time.getHour() * 60L + time.getMinute()));
    return local;
  }

  private static boolean holds(Question question, List<Grant> grants) {
    return question.resource() instanceof Resource.Thing thing
        && Ownership.judge(thing.type(), grants, thing.facts(), question.caller())
            == Standing.GRANTED;
  }

  private static void text(Map<String, Value> context, ContextUse uses, String name, String value) {
    if (uses.reads(name)) {
      context.put(name, new PrimString(value));
    }
  }

  private static boolean put(Map<String, Value> attributes, String name, @Nullable String value) {
    if (value == null) {
      return false;
    }
    attributes.put(name, new PrimString(value));
    return true;
  }

  private static void put(Map<String, String> parents, String type, Fact fact) {
    String id = text(fact);
    if (id != null) {
      parents.put(type, id);
    }
  }

  private static @Nullable String text(Fact fact) {
    return fact instanceof Fact.Known(String text) ? text : null;
  }

  private static CedarList strings(Collection<?> texts) {
    List<Value> values = new ArrayList<>(texts.size());
    for (Object text : texts) {
      if (text instanceof String value) {
        values.add(new PrimString(value));
      }
    }
    return new CedarList(values);
  }
}
