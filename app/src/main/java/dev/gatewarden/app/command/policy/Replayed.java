package dev.gatewarden.app.command.policy;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Resource;
import dev.gatewarden.core.policy.Zones;
import dev.gatewarden.gateway.identity.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one line asks of policies: a decision line, or a question that somebody wrote.
///
/// A decision line says who did what, when and from where. It says nothing of claims and of the
/// object, so it stands for a question about each kind of object there is: the caller's own, one of
/// the same tenant, one of another.
///
/// @param questions by what the object is to the caller; empty where the line asks nothing
/// @param missing what the line does not say, in words of policies
/// @param because why it asks nothing, or null
record Replayed(
    String operation,
    String caller,
    Map<String, Question> questions,
    Set<String> missing,
    @Nullable String because) {

  /// A word of policies, and by which of them one can tell that a policy asks for it.
  enum Missing {
    CLAIMS("claims", "Group", "groups"),
    ACTORS("actors"),
    ENCRYPTED("encrypted"),
    /// One object by its id, or by what it lies below.
    OBJECT("resource ==", "resource in", "resource==", "?resource", "resource.");

    private final List<String> words;

    Missing(String... words) {
      this.words = List.of(words);
    }

    /// Whether some policy may ask for it; a comment that names it counts as well.
    boolean asked(List<String> texts) {
      return texts.stream()
          .map(text -> this == OBJECT ? plain(text) : text)
          .anyMatch(text -> words.stream().anyMatch(text::contains));
    }

    /// Owner and tenant are known of every kind of object.
    private static String plain(String text) {
      return text.replaceAll("\\s+", " ")
          .replaceAll("resource\\.(owner|tenant)\\b", "")
          .replaceAll("resource in (\\w+::)*Tenant::", "");
    }
  }

  private static final int MOST_WORDS = 32;
  private static final String ELSE = "somebody else";

  /// Reads a line; null where it is none of either kind.
  static @Nullable Replayed of(String line, Map<String, Contract> contracts, Zones zones) {
    Map<String, Object> said = StrictJson.object(line.getBytes(StandardCharsets.UTF_8));
    if (said == null) {
      return null;
    }
    String name = said.get("operation") instanceof String text ? text : null;
    if (name == null) {
      return said.containsKey("outcome") ? nothing("", "no operation answered") : null;
    }
    int dot = name.indexOf('.');
    Contract contract = dot < 0 ? null : contracts.get(name.substring(0, dot));
    if (contract == null) {
      return nothing(name, "its API does not decide by these policies");
    }
    Operation operation = contract.operation(name.substring(dot + 1));
    if (operation == null) {
      return nothing(name, "the contract has no such operation");
    }
    return of(said, contract, operation, zones);
  }

  private static Replayed nothing(String operation, String because) {
    return new Replayed(operation, "", Map.of(), Set.of(), because);
  }

  private static Replayed of(
      Map<String, Object> said, Contract contract, Operation operation, Zones zones) {
    Set<String> missing = new HashSet<>();
    Principal caller = principal(said.get("principal"), missing);
    String name = operation.id().toString();
    if (caller == null) {
      return nothing(name, "it does not say all of the caller's scopes and roles");
    }
    Instant at = instant(said.get("at"));
    Ip source = said.get("source") instanceof String text ? Ip.parse(text) : null;
    if (at == null || source == null) {
      return nothing(name, "it does not say when, or from where");
    }
    if (!(said.get("encrypted") instanceof Boolean)) {
      missing.add(Missing.ENCRYPTED.name());
    }
    Question.Environment here =
        new Question.Environment(
            contract.api(),
            operation.method(),
            at,
            zones.of(caller.tenant()),
            source,
            Boolean.TRUE.equals(said.get("encrypted")));
    Map<String, Resource> resources = resources(said, contract, operation, caller, missing);
    Map<String, Question> questions = new LinkedHashMap<>();
    resources.forEach(
        (what, resource) ->
            questions.put(what, new Question(caller, operation.id().name(), resource, here)));
    return new Replayed(
        name,
        caller.isNobody() ? "nobody" : caller.issuer() + "/" + caller.subject(),
        questions,
        missing,
        questions.isEmpty() ? "it names an object of no type of the contract" : null);
  }

  private static Map<String, Resource> resources(
      Map<String, Object> said,
      Contract contract,
      Operation operation,
      Principal caller,
      Set<String> missing) {
    Map<String, Resource> resources = new LinkedHashMap<>();
    if (said.get("resource") instanceof Map<?, ?> told) {
      ObjectType type = told.get("type") instanceof String text ? contract.types().get(text) : null;
      if (type != null && told.get("id") instanceof String id) {
        resources.put("", thing(type, id, told));
      }
      return resources;
    }
    for (ObjectBinding binding : operation.objects().list()) {
      missing.add(Missing.OBJECT.name());
      ObjectType type = binding.type();
      for (Kind kind : Kind.values()) {
        resources.put(type.name() + ", " + kind.text, kind.thing(type, caller));
      }
    }
    if (resources.isEmpty()) {
      resources.put("", new Resource.Api(contract.api()));
    }
    return resources;
  }

  /// What an object is to a caller.
  private enum Kind {
    OWN("the caller's own"),
    SAME_TENANT("of the same tenant"),
    OTHER_TENANT("of another tenant");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    Resource thing(ObjectType type, Principal caller) {
      Function<ObjectType.@Nullable Fact, @Nullable String> own =
          fact ->
              fact == null ? null : dev.gatewarden.core.policy.Ownership.part(fact.is(), caller);
      String owner = own.apply(type.owner());
      String tenant = own.apply(type.tenant());
      return new Resource.Thing(
          type,
          "?",
          new ObjectFacts(
              Fact.of("?"),
              fact(type.owner() != null, this == OWN ? owner : ELSE),
              fact(type.tenant() != null, this == OTHER_TENANT ? ELSE : tenant),
              Map.of(),
              0,
              0));
    }
  }

  private static Fact fact(boolean stated, @Nullable String text) {
    return stated && text != null ? Fact.of(text) : Fact.MISSING;
  }

  private static Resource thing(ObjectType type, String id, Map<?, ?> told) {
    Map<String, Fact> parents = new HashMap<>();
    if (told.get("parents") instanceof Map<?, ?> above) {
      above.forEach(
          (name, parent) -> {
            if (name instanceof String of && parent instanceof String text) {
              parents.put(of, Fact.of(text));
            }
          });
    }
    return new Resource.Thing(
        type,
        id,
        new ObjectFacts(
            Fact.of(id),
            told.get("owner") instanceof String owner ? Fact.of(owner) : Fact.MISSING,
            told.get("tenant") instanceof String tenant ? Fact.of(tenant) : Fact.MISSING,
            parents,
            0,
            0));
  }

  private static @Nullable Principal principal(@Nullable Object said, Set<String> missing) {
    if (!(said instanceof Map<?, ?> told)) {
      return said == null ? Principal.NOBODY : null;
    }
    Map<String, Object> claims = new HashMap<>();
    if (told.get("claims") instanceof Map<?, ?> each) {
      each.forEach(
          (name, value) -> {
            if (name instanceof String text && value != null) {
              claims.put(text, value);
            }
          });
    } else {
      missing.add(Missing.CLAIMS.name());
    }
    if (!told.containsKey("actors")) {
      missing.add(Missing.ACTORS.name());
    }
    Set<String> scopes = new HashSet<>(texts(told.get("scopes")));
    Set<String> roles = new HashSet<>(texts(told.get("roles")));
    String issuer = text(told.get("issuer"));
    String subject = text(told.get("subject"));
    boolean whole = scopes.size() < MOST_WORDS && roles.size() < MOST_WORDS;
    return issuer == null || subject == null || !whole
        ? null
        : new Principal(
            issuer,
            subject,
            text(told.get("tenant")),
            text(told.get("client")),
            scopes,
            roles,
            claims,
            texts(told.get("actors")));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private static @Nullable Instant instant(@Nullable Object value) {
    try {
      return value instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeException none) {
      return null;
    }
  }
}
