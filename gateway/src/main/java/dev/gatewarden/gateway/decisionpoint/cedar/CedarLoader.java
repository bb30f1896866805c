package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.EntityValidationRequest;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.LinkValue;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.policy.TemplateLink;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityUID;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads policies, schema and entities, and has Cedar's validator judge all of them: what is not
/// sound does not come into force, and everything that is wrong is told at once, with its place.
final class CedarLoader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DIGEST_DIGITS = 16;

  private final CedarSettings settings;
  private final Engine engine;
  private final Names names;
  private final List<Problem> problems = new ArrayList<>();
  private String entitiesText = "";

  private CedarLoader(CedarSettings settings, Collection<Contract> contracts) {
    this.settings = settings;
    this.engine = Engine.load(settings.place());
    this.names = new Names(contracts);
  }

  /// Everything that is in force once it is loaded.
  ///
  /// @throws ProblemsException with everything that is wrong
  static Generation load(CedarSettings settings, Collection<Contract> contracts) {
    CedarLoader loader = new CedarLoader(settings, contracts);
    Generation loaded = loader.generation();
    if (loaded == null || !loader.problems.isEmpty()) {
      throw new ProblemsException(loader.problems);
    }
    return loaded;
  }

  private @Nullable Generation generation() {
    PolicyFile schemaFile = schemaFile();
    Schema schema = schemaFile == null ? null : schema(schemaFile);
    if (schemaFile == null || schema == null) {
      return null;
    }
    Map<EntityUID, Entity> known = entities(schema);
    Terms terms = new Terms(names, settings, known, ActionGroups.of(schema));
    if (settings.schema() != null) {
      new SchemaCheck(engine, names, schema, schemaFile.at(0), settings).check(problems);
    }
    PolicyVersion current = version(settings.files(), schema, schemaFile.text() + entitiesText);
    PolicyVersion next =
        settings.next().isEmpty()
            ? null
            : version(settings.next(), schema, schemaFile.text() + entitiesText);
    return current == null ? null : Generation.of(current, next, names, terms);
  }

  private @Nullable PolicyFile schemaFile() {
    String own = settings.schema();
    if (own == null) {
      Place.Origin origin =
          new Place.Origin(settings.place().origin().address(), "the schema of the contracts");
      return new PolicyFile(origin, DerivedSchema.of(names, settings.claims()));
    }
    try {
      return PolicyFile.read(settings.folder(), own);
    } catch (IOException wrong) {
      problems.add(new Problem(settings.place(), String.valueOf(wrong.getMessage())));
      return null;
    }
  }

  private @Nullable Schema schema(PolicyFile file) {
    boolean json = file.origin().name().endsWith(".json");
    Schema schema;
    try {
      schema =
          json
              ? new Schema(JSON.readTree(file.text()))
              : new Schema(Schema.JsonOrCedar.Cedar, Optional.empty(), Optional.of(file.text()));
    } catch (JsonProcessingException wrong) {
      problems.add(new Problem(file.at(0), "this is no JSON: " + wrong.getOriginalMessage()));
      return null;
    }
    Statement whole = new Statement(file, 0, 0, file.text(), false);
    ValidationResponse judged = validate(schema, new PolicySet());
    if (judged.errors.isPresent()) {
      if (settings.schema() == null) {
        throw new GatewardenBug(
            "the schema of the contracts is none: " + judged.errors.get() + "\n" + file.text());
      }
      judged.errors.get().forEach(error -> problems.add(problem(whole, error)));
      return null;
    }
    try {
      schema.cache();
    } catch (CacheException impossible) {
      throw new GatewardenBug("a schema that was read cannot be prepared", impossible);
    }
    return schema;
  }

  /// What policies know beside requests; what requests themselves tell has no place there.
  private Map<EntityUID, Entity> entities(Schema schema) {
    Map<EntityUID, Entity> known = new HashMap<>();
    if (settings.entities() == null) {
      return known;
    }
    try {
      PolicyFile file = PolicyFile.read(settings.folder(), settings.entities());
      entitiesText = file.text();
      List<Entity> read = new ArrayList<>(Entities.parse(file.text()).getEntities());
      for (Entity entity : read) {
        if (told(entity.getEUID())) {
          problems.add(
              new Problem(
                  file.at(Math.max(0, file.text().indexOf(entity.getEUID().getId().toString()))),
                  "`" + entity.getEUID() + "` is known from requests alone",
                  "leave callers and objects out; groups, roles and tenants can stand here"));
        }
        if (known.put(entity.getEUID(), entity) != null) {
          problems.add(new Problem(file.at(0), "`" + entity.getEUID() + "` stands here twice"));
        }
      }
      try {
        engine.plain().validateEntities(new EntityValidationRequest(schema, read));
      } catch (AuthException wrong) {
        problems.add(new Problem(file.at(0), plain(String.valueOf(wrong.getMessage()))));
      }
    } catch (JsonProcessingException wrong) {
      problems.add(
          new Problem(
              settings.place(),
              "`" + settings.entities() + "` holds no entities: " + wrong.getOriginalMessage(),
              "write a list of `{uid, attrs, parents}`"));
    } catch (IOException | RuntimeException wrong) {
      problems.add(
          new Problem(settings.place(), "`" + settings.entities() + "`: " + wrong.getMessage()));
    }
    return known;
  }

  private boolean told(EntityUID uid) {
    if (uid.getType().equals(Terms.USER) || uid.getType().equals(Terms.ANONYMOUS)) {
      return true;
    }
    for (Names.OfApi api : names.all()) {
      if (uid.getType().equals(api.api()) || api.types().containsValue(uid.getType())) {
        return true;
      }
    }
    return false;
  }

  private @Nullable PolicyVersion version(List<String> patterns, Schema schema, String beside) {
    int before = problems.size();
    List<PolicyFile> files =
        PolicyFile.all(settings.folder(), patterns, settings.place(), problems);
    Map<String, Statement> byId = new HashMap<>();
    Map<String, Policy> policies = new java.util.TreeMap<>();
    for (PolicyFile file : files) {
      for (Statement statement : Statement.of(file)) {
        Policy policy = policy(statement, schema);
        Statement other = policy == null ? null : byId.put(policy.getID(), statement);
        if (other != null) {
          problems.add(
              new Problem(
                  statement.at(0),
                  "a policy `"
                      + String.valueOf(policy == null ? "" : policy.getID())
                      + "` stands at "
                      + other.at(0)
                      + " already",
                  "give one of them another `@id(\"…\")`"));
        } else if (policy != null) {
          policies.put(policy.getID(), policy);
        }
      }
    }
    if (policies.isEmpty() && problems.size() == before) {
      problems.add(
          new Problem(
              settings.place(),
              "there is no policy in " + patterns + ", so nobody may do anything",
              "write one that permits something"));
    }
    Map<String, List<TemplateLink>> links = links(policies, byId, schema, before);
    if (problems.size() > before) {
      return null;
    }
    return version(policies, byId, links, beside);
  }

  private PolicyVersion version(
      Map<String, Policy> policies,
      Map<String, Statement> statements,
      Map<String, List<TemplateLink>> links,
      String beside) {
    List<Slices.Sliced> sliced = new ArrayList<>();
    List<JsonNode> heads = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, Policy> entry : policies.entrySet()) {
      Statement statement = statements.get(entry.getKey());
      if (statement == null) {
        throw new GatewardenBug("a policy without a place");
      }
      JsonNode head = json(statement);
      heads.add(head);
      List<TemplateLink> own = links.getOrDefault(entry.getKey(), List.of());
      sliced.add(new Slices.Sliced(entry.getValue(), head, statement.template(), own));
      count += statement.template() ? own.size() : 1;
    }
    return new PolicyVersion(
        engine,
        new Slices(names, sliced, settings.schema() == null),
        ContextUse.of(heads),
        digest(policies, beside),
        count);
  }

  /// A policy that Cedar finds sound; null where something is wrong with it.
  private @Nullable Policy policy(Statement statement, Schema schema) {
    Policy unnamed = new Policy(statement.text(), statement.usualId());
    ValidationResponse judged = validate(schema, set(unnamed, statement, List.of()));
    if (wrong(judged, statement)) {
      return null;
    }
    try {
      String own = new Policy(filled(statement), "x").getAnnotations().get("id");
      return own == null ? unnamed : new Policy(statement.text(), own);
    } catch (AuthException impossible) {
      throw new GatewardenBug("a policy that was validated cannot be read", impossible);
    }
  }

  /// Adds what is wrong. A warning is wrong as well: a policy that can never apply, or a text that
  /// looks like another, is not what its author meant.
  private boolean wrong(ValidationResponse judged, Statement statement) {
    int before = problems.size();
    judged.errors.ifPresent(
        errors -> errors.forEach(error -> problems.add(problem(statement, error))));
    judged.success.ifPresent(
        success -> {
          success.validationErrors.forEach(
              error -> problems.add(problem(statement, error.getError())));
          if (success.validationErrors.isEmpty()) {
            success.validationWarnings.forEach(
                warning -> problems.add(problem(statement, warning.getError())));
          }
        });
    return problems.size() > before;
  }

  private static Problem problem(Statement statement, DetailedError error) {
    int from = error.sourceLocations.isEmpty() ? 0 : error.sourceLocations.getFirst().start;
    String expected =
        error.sourceLocations.isEmpty() ? "" : error.sourceLocations.getFirst().label.orElse("");
    return new Problem(
        statement.at(from), plain(error.message), plain(error.help.orElse(expected)));
  }

  /// A message of Cedar without what only its own callers need.
  static String plain(String message) {
    String text = message;
    for (String around : List.of("Internal error: ", "Internal JNI Error: ", "Auth Exception: ")) {
      text = text.replace(around, "");
    }
    if (text.startsWith("failed to parse policy with id `") && text.contains("from string: ")) {
      text = text.substring(text.indexOf("from string: ") + 13);
    }
    if (text.startsWith("for policy `") && text.contains("`, ")) {
      text = text.substring(text.indexOf("`, ") + 3);
    }
    return text.replace('\n', ' ').strip();
  }

  private Map<String, List<TemplateLink>> links(
      Map<String, Policy> policies, Map<String, Statement> statements, Schema schema, int before) {
    Map<String, List<TemplateLink>> links = new HashMap<>();
    Set<String> ids = new java.util.HashSet<>(policies.keySet());
    for (CedarSettings.Link link : settings.links()) {
      Statement template = statements.get(link.template());
      Policy policy = policies.get(link.template());
      if (template == null || policy == null || !template.template()) {
        if (problems.size() == before) {
          problems.add(new Problem(settings.place(), "`" + link.template() + "` is no template"));
        }
        continue;
      }
      TemplateLink linked = linked(link);
      if (!ids.add(link.id())) {
        problems.add(
            new Problem(settings.place(), "a policy `" + link.id() + "` is there already"));
      } else if (linked != null && linkable(policy, template, linked, schema, link.id())) {
        links.computeIfAbsent(link.template(), _ -> new ArrayList<>()).add(linked);
      }
    }
    for (Map.Entry<String, Policy> each : policies.entrySet()) {
      Statement statement = statements.get(each.getKey());
      if (statement != null
          && statement.template()
          && !links.containsKey(each.getKey())
          && problems.size() == before) {
        problems.add(
            new Problem(
                statement.at(0),
                "template `" + each.getKey() + "` has no effect: nothing fills its slots",
                "name it below `policies.links`"));
      }
    }
    return links;
  }

  private @Nullable TemplateLink linked(CedarSettings.Link link) {
    List<LinkValue> values = new ArrayList<>();
    return slot("?principal", link.principal(), values)
            && slot("?resource", link.resource(), values)
        ? new TemplateLink(link.template(), link.id(), values)
        : null;
  }

  private boolean slot(String slot, @Nullable String written, List<LinkValue> values) {
    if (written == null) {
      return true;
    }
    Optional<EntityUID> uid = EntityUID.parse(written);
    uid.ifPresent(known -> values.add(new LinkValue(slot, known)));
    if (uid.isEmpty()) {
      problems.add(
          new Problem(
              settings.place(),
              "`" + written + "` is no entity",
              "write it as `User::\"corp/alice\"`"));
    }
    return uid.isPresent();
  }

  private boolean linkable(
      Policy policy, Statement template, TemplateLink link, Schema schema, String id) {
    ValidationResponse judged = validate(schema, set(policy, template, List.of(link)));
    int before = problems.size();
    judged.errors.ifPresent(
        errors ->
            errors.forEach(
                error ->
                    problems.add(
                        new Problem(
                            settings.place(), "link `" + id + "`: " + plain(error.message)))));
    return problems.size() == before && !wrong(judged, template);
  }

  private static PolicySet set(Policy policy, Statement statement, List<TemplateLink> links) {
    return statement.template()
        ? new PolicySet(Set.of(), Set.of(policy), links)
        : new PolicySet(Set.of(policy));
  }

  private ValidationResponse validate(Schema schema, PolicySet policies) {
    try {
      return engine.plain().validate(new ValidationRequest(schema, policies));
    } catch (AuthException broken) {
      throw new GatewardenBug("Cedar's validator failed", broken);
    }
  }

  private static JsonNode json(Statement statement) {
    try {
      return JSON.readTree(new Policy(filled(statement), "x").toJson());
    } catch (AuthException | JsonProcessingException impossible) {
      throw new GatewardenBug("a policy that was validated cannot be read", impossible);
    }
  }

  private static String filled(Statement statement) {
    return statement.template() ? statement.filled("User::\"\"", "Tenant::\"\"") : statement.text();
  }

  private String digest(Map<String, Policy> policies, String beside) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      part(digest, beside);
      policies.forEach(
          (id, policy) -> {
            part(digest, id);
            part(digest, policy.getSource());
          });
      settings.links().forEach(link -> part(digest, link.toString()));
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-256", impossible);
    }
  }

  private static void part(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
