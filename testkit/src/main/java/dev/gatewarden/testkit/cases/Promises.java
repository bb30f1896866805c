package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.contract.Access;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.contract.Extensions;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.OperationId;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.PublicId;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.contract.Writers;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A contract of one operation, said in the few words a case needs.
public final class Promises {
  private static final Place PLACE =
      new Place(new Place.Origin(URI.create("case:contract"), "contract"), 1, 1, Place.Path.ROOT);
  private static final Node.Obj EMPTY = new Node.Obj(PLACE, Map.of());
  private static final References NOWHERE =
      (reference, from) ->
          new References.Resolution.Missing(new Problem(from, "no `" + reference + "`"));
  private static final SchemaSource ANYTHING =
      new SchemaSource(EMPTY, NOWHERE, Dialect.OPENAPI_3_1);
  private static final Set<String> WORDS =
      Set.of(
          "id",
          "method",
          "path",
          "security",
          "public",
          "schemes",
          "objects",
          "body",
          "responses",
          "unstated",
          "restricts",
          "classes",
          "parameters",
          "properties",
          "extensions",
          "tenant",
          "tenant-also",
          "tenant-crossed-by");

  private Promises() {}

  /// The contract around one operation.
  ///
  /// @param said the operation: `{method, path, security, schemes, objects, body, responses}`
  /// @param types the object types by name
  public static Contract contract(Words said, Words types) {
    said.only(WORDS);
    Map<String, ObjectType> known = new LinkedHashMap<>();
    types.said().keySet().forEach(name -> known.put(name, type(name, types.object(name))));
    Operation operation = operation(said, known);
    return new Contract(
        "shop",
        "Shop",
        "1",
        Dialect.OPENAPI_3_1,
        List.of(new Server("/", null, "", PLACE)),
        List.of(operation),
        schemes(operation.security(), said.object("schemes")),
        known,
        classes(said.object("classes")),
        null,
        List.of(),
        Extensions.NONE,
        NOWHERE,
        EMPTY,
        List.of());
  }

  /// `classes: {personal: {read: [owner], write: [role:admin], mask: last-four}}`.
  private static Map<String, DataClass> classes(Words said) {
    Map<String, DataClass> classes = new LinkedHashMap<>();
    for (String name : said.said().keySet()) {
      Words of = said.object(name);
      classes.put(
          name,
          new DataClass(
              name,
              of.has("read") ? grants(of.texts("read")) : null,
              of.has("write") ? new Writers(grants(of.texts("write")), false) : null,
              masking(of.get("mask")),
              PLACE));
    }
    return classes;
  }

  /// `last-four`, or `{role:support: last-four, else: fixed}`; removed where nothing is said.
  static Masking masking(@Nullable Object said) {
    Masking masking = said == null ? Masking.REMOVED : PropertyWords.masking(node(said));
    if (masking == null) {
      throw new IllegalArgumentException("`" + said + "` is no mask");
    }
    return masking;
  }

  /// `[role:admin]`, or `{by: [role:admin], else: strip}`.
  static Meaning writable(@Nullable Object said) {
    Writers writers = said == null ? null : PropertyWords.writers(node(said));
    if (writers == null) {
      throw new IllegalArgumentException("`" + said + "` does not say who may write");
    }
    return new Meaning.Writable(writers.by(), writers.strip());
  }

  /// `[role:admin]`, or `{by: [role:admin], mask: last-four}`.
  static Meaning readable(@Nullable Object said) {
    Object by = said instanceof Map<?, ?> map ? map.get("by") : said;
    Object mask = said instanceof Map<?, ?> map ? map.get("mask") : null;
    List<Grant> readers = by == null ? null : PropertyWords.readers(node(by));
    if (readers == null) {
      throw new IllegalArgumentException("`" + said + "` does not say who may see");
    }
    return new Meaning.Readable(readers, masking(mask));
  }

  private static Operation operation(Words said, Map<String, ObjectType> types) {
    PathTemplate path = path(said.text("path", "/orders"));
    List<Parameter> parameters = new ArrayList<>();
    for (String variable : path.variables()) {
      parameters.add(
          new Parameter(
              Parameter.In.PATH,
              variable,
              true,
              ANYTHING,
              Parameter.Style.SIMPLE,
              false,
              null,
              false,
              false,
              PLACE));
    }
    for (String name : said.texts("parameters")) {
      parameters.add(
          new Parameter(
              Parameter.In.QUERY,
              name,
              false,
              ANYTHING,
              Parameter.Style.FORM,
              true,
              null,
              false,
              false,
              PLACE));
    }
    List<ObjectBinding> bindings =
        said.objects("objects").stream().map(each -> binding(each, types)).toList();
    return new Operation(
        new OperationId("shop", said.text("id", "operation")),
        0,
        said.text("method", "GET"),
        path,
        parameters,
        body(said),
        responses(said),
        security(said),
        bindings.isEmpty() ? new ObjectBindings.Unstated() : new ObjectBindings.Bound(bindings),
        said.get("tenant") == null
            ? null
            : new TenantRule(
                selector(said.text("tenant", "")),
                said.texts("tenant-also").stream().map(Promises::selector).toList(),
                new PrincipalPart.Tenant(),
                said.texts("tenant-crossed-by"),
                PLACE),
        extensions(said.object("extensions")),
        EMPTY,
        PLACE);
  }

  /// `{step-up: {acr: [mfa]}}`: the words of ours, without what they begin with.
  private static Extensions extensions(Words said) {
    Map<String, Node> words = new LinkedHashMap<>();
    said.said().forEach((word, value) -> words.put(word, node(value)));
    return words.isEmpty() ? Extensions.NONE : new Extensions(words);
  }

  private static Node node(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        map.forEach(
            (name, each) -> {
              if (each != null) {
                String word = String.valueOf(name);
                members.put(word, new Node.Member(word, PLACE, node(each)));
              }
            });
        yield new Node.Obj(PLACE, members);
      }
      case List<?> list -> new Node.Arr(PLACE, list.stream().map(Promises::node).toList());
      case Number number -> new Node.Num(PLACE, number.toString());
      case Boolean truth -> new Node.Bool(PLACE, truth);
      default -> new Node.Text(PLACE, value.toString());
    };
  }

  private static @Nullable RequestBody body(Words said) {
    return said.has("body")
        ? new RequestBody(true, content(said.texts("body"), said), PLACE)
        : null;
  }

  /// `{200: application/json, 404: []}`; 200 with JSON where nothing is said.
  private static Responses responses(Words said) {
    Words all =
        said.has("responses")
            ? said.object("responses")
            : new Words(Map.of("200", "application/json"));
    Map<String, Responses.Promised> promised = new LinkedHashMap<>();
    for (String status : all.said().keySet()) {
      Content content = content(all.texts(status), said);
      promised.put(status, new Responses.Promised(status, List.of(), content, PLACE));
    }
    return new Responses(promised);
  }

  /// `restricts: [x-gatewarden-read]`: the words that stand somewhere in the schemas of the bodies.
  private static Content content(List<String> types, Words said) {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    for (String word : said.texts("restricts")) {
      Node nobody = new Node.Arr(PLACE, List.of());
      Node.Obj property = new Node.Obj(PLACE, Map.of(word, new Node.Member(word, PLACE, nobody)));
      String name = "property-" + word;
      members.put(name, new Node.Member(name, PLACE, property));
    }
    if (said.has("properties")) {
      members.put("properties", properties(said.object("properties")));
    }
    SchemaSource schema =
        new SchemaSource(new Node.Obj(PLACE, members), NOWHERE, Dialect.OPENAPI_3_1);
    Map<String, Content.MediaType> by = new LinkedHashMap<>();
    types.forEach(type -> by.put(type, new Content.MediaType(type, schema, EMPTY)));
    return new Content(by);
  }

  /// `{id: anyone, salary: [role:hr]}`: the properties of the object and who may read each; they
  /// stand at the top of a body, and in the items of its `data`.
  private static Node.Member properties(Words said) {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    for (String name : said.said().keySet()) {
      List<String> who = said.texts(name);
      Node.Obj schema =
          who.equals(List.of("anyone"))
              ? EMPTY
              : object("x-gatewarden-read", node(new ArrayList<Object>(who)));
      members.put(name, new Node.Member(name, PLACE, schema));
    }
    Node.Obj items =
        object("items", object("properties", new Node.Obj(PLACE, Map.copyOf(members))));
    members.put("data", new Node.Member("data", PLACE, items));
    return new Node.Member("properties", PLACE, new Node.Obj(PLACE, members));
  }

  private static Node.Obj object(String name, Node value) {
    return new Node.Obj(PLACE, Map.of(name, new Node.Member(name, PLACE, value)));
  }

  private static Security security(Words said) {
    if (said.is("public", false)) {
      return new Security(true, List.of(), PLACE);
    }
    List<Security.Alternative> alternatives = new ArrayList<>();
    for (Words alternative : said.objects("security")) {
      alternatives.add(
          new Security.Alternative(
              alternative.said().keySet().stream()
                  .map(scheme -> new Security.Need(scheme, alternative.texts(scheme)))
                  .toList()));
    }
    return new Security(!said.is("unstated", false), alternatives, PLACE);
  }

  private static Map<String, SecurityScheme> schemes(Security security, Words said) {
    Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    for (Security.Alternative alternative : security.alternatives()) {
      for (Security.Need need : alternative.needs()) {
        String kind = said.text(need.scheme(), "bearer");
        schemes.put(
            need.scheme(), new SecurityScheme(need.scheme(), kind(kind), Extensions.NONE, PLACE));
      }
    }
    return schemes;
  }

  private static SecurityScheme.Kind kind(String said) {
    return switch (said) {
      case "oauth2" -> new SecurityScheme.OAuth2(Set.of(), Map.of());
      case "openid" -> new SecurityScheme.OpenIdConnect("https://id.example/.well-known");
      case "cookie" -> new SecurityScheme.ApiKey(Parameter.In.COOKIE, "__Host-web");
      case "mtls" -> new SecurityScheme.MutualTls();
      case "api-key" -> new SecurityScheme.ApiKey(Parameter.In.HEADER, "x-key");
      case "api-key-cookie" -> new SecurityScheme.ApiKey(Parameter.In.COOKIE, "x-key");
      default -> new SecurityScheme.Http(said, "");
    };
  }

  private static ObjectType type(String name, Words said) {
    String form = said.text("as", "string").toUpperCase(Locale.ROOT);
    Map<String, PointerPattern> parents = new LinkedHashMap<>();
    Words stated = said.object("parent");
    stated.said().keySet().forEach(p -> parents.put(p, pointer(stated.text(p, ""))));
    Words access = said.object("access");
    List<ObjectType.KnownBy> known =
        said.texts("known-by").stream()
            .map(by -> ObjectType.KnownBy.valueOf(by.toUpperCase(Locale.ROOT).replace('-', '_')))
            .toList();
    List<ObjectType.Reference> references = new ArrayList<>();
    Words refs = said.object("refs");
    refs.said()
        .keySet()
        .forEach(to -> references.add(new ObjectType.Reference(to, pointer(refs.text(to, "")))));
    return new ObjectType(
        name,
        new ObjectType.Id(pointer(said.text("id", "/id")), ObjectType.Form.valueOf(form)),
        fact(said, "owner", new PrincipalPart.Subject()),
        fact(said, "tenant", new PrincipalPart.Tenant()),
        parents,
        Map.of(),
        new Access(
            access.has("read") ? grants(access.texts("read")) : Access.OWNER.read(),
            access.has("write") ? grants(access.texts("write")) : Access.OWNER.write()),
        known.isEmpty() ? List.of(ObjectType.KnownBy.values()) : known,
        said.text("read-by"),
        ObjectType.Unknown.valueOf(
            said.text("unknown", "look-up").toUpperCase(Locale.ROOT).replace('-', '_')),
        new PublicId.Own(),
        null,
        PLACE,
        references,
        said.text("write-if") != null);
  }

  /// `owner: /customerId`, or `owner: {at: /customerId, is: principal.client}`.
  private static ObjectType.@Nullable Fact fact(Words said, String word, PrincipalPart otherwise) {
    if (!said.has(word)) {
      return null;
    }
    if (said.get(word) instanceof String at) {
      return new ObjectType.Fact(pointer(at), otherwise);
    }
    Words full = said.object(word);
    return new ObjectType.Fact(
        pointer(full.text("at", "")), part(full.text("is", "principal.subject")));
  }

  private static PrincipalPart part(String said) {
    return switch (said) {
      case "principal.subject" -> new PrincipalPart.Subject();
      case "principal.tenant" -> new PrincipalPart.Tenant();
      case "principal.client" -> new PrincipalPart.Client();
      default ->
          new PrincipalPart.Claim(
              List.of(said.substring("principal.claim(/".length(), said.length() - 1).split("/")));
    };
  }

  private static ObjectBinding binding(Words said, Map<String, ObjectType> types) {
    ObjectType type = types.get(said.text("type", ""));
    if (type == null) {
      throw new IllegalArgumentException("no type `" + said.text("type") + "`");
    }
    Map<String, Selector> within = new LinkedHashMap<>();
    Words stated = said.object("within");
    stated.said().keySet().forEach(p -> within.put(p, selector(stated.text(p, ""))));
    return new ObjectBinding(
        type,
        ObjectBinding.Does.valueOf(said.text("does", "read").toUpperCase(Locale.ROOT)),
        said.has("id") ? selector(said.text("id", "")) : null,
        within,
        said.has("items") ? selector(said.text("items", "")) : null,
        ObjectBinding.Foreign.valueOf(said.text("foreign", "filter").toUpperCase(Locale.ROOT)),
        said.has("count")
            ? new ObjectBinding.Count(
                List.of(pointer(said.text("count", ""))), ObjectBinding.Count.Then.WITHHOLD)
            : null,
        ObjectBinding.Batch.valueOf(said.text("batch", "all").toUpperCase(Locale.ROOT)),
        said.is("learn", false),
        said.has("access") ? grants(said.texts("access")) : null,
        said.has("filter")
            ? new ObjectBinding.Filter(
                selector(said.text("filter", "")), new PrincipalPart.Subject())
            : null,
        ObjectBinding.Delivery.valueOf(said.text("delivery", "whole").toUpperCase(Locale.ROOT)),
        PLACE);
  }

  static List<Grant> grants(List<String> said) {
    List<Grant> grants = new ArrayList<>();
    for (String grant : said) {
      grants.add(
          switch (grant) {
            case "owner" -> new Grant.Owner();
            case "tenant" -> new Grant.Tenant();
            case "anyone" -> new Grant.Anyone();
            default -> Objects.requireNonNull(Grant.parse(grant), grant);
          });
    }
    return grants;
  }

  private static Selector selector(String said) {
    if (said.startsWith("header.")) {
      return new Selector.Header(said.substring(7));
    }
    if (said.startsWith("host.label(")) {
      return new Selector.HostLabel(Integer.parseInt(said.substring(11, said.length() - 1)));
    }
    if (said.startsWith("path.")) {
      return new Selector.PathParameter(said.substring(5));
    }
    if (said.startsWith("query.")) {
      return new Selector.QueryParameter(said.substring(6));
    }
    if (said.startsWith("response.body#")) {
      return new Selector.ResponseBody(pointer(said.substring(14)));
    }
    if (said.startsWith("body#")) {
      return new Selector.Body(pointer(said.substring(5)));
    }
    throw new IllegalArgumentException("no selector `" + said + "`");
  }

  private static PointerPattern pointer(String said) {
    List<PointerPattern.Step> steps = new ArrayList<>();
    for (String step : said.split("/", -1)) {
      if (!step.isEmpty()) {
        steps.add(step.equals("*") ? new PointerPattern.Each() : new PointerPattern.Name(step));
      }
    }
    return new PointerPattern(steps);
  }

  private static PathTemplate path(String said) {
    List<PathTemplate.Segment> segments = new ArrayList<>();
    for (String segment : said.substring(1).split("/", -1)) {
      PathTemplate.Part part =
          segment.startsWith("{")
              ? new PathTemplate.Variable(segment.substring(1, segment.length() - 1))
              : new PathTemplate.Literal(segment);
      segments.add(new PathTemplate.Segment(List.of(part)));
    }
    return new PathTemplate(said, segments);
  }
}
