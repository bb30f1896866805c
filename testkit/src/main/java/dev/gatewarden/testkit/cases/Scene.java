package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Consulted;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import dev.gatewarden.testkit.ports.MemoryClaims;
import dev.gatewarden.testkit.ports.MemoryRelations;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One case set up: the contract it speaks of, the ports as it found them, and the Call to be
/// judged.
public final class Scene {
  private static final Set<String> WORDS =
      Set.of(
          "it",
          "verdict",
          "config",
          "operation",
          "types",
          "caller",
          "request",
          "response",
          "looked-up",
          "relations",
          "blocked",
          "taken",
          "in-flight",
          "delivered",
          "released",
          "answered",
          "done",
          "tokens",
          "once",
          "senders",
          "sessions",
          "certificates",
          "proofs",
          "bound",
          "issued",
          "keys",
          "points",
          "zones",
          "regulars",
          "edits",
          "challenge",
          "details");

  private static final Set<String> REQUEST =
      Set.of(
          "method",
          "values",
          "query",
          "headers",
          "from",
          "tls",
          "port",
          "certificate",
          "sni",
          "body",
          "wrong",
          "breach",
          "writable",
          "identity",
          "readable",
          "classified",
          "undeclared",
          "host",
          "touches",
          "writes",
          "files",
          "complete",
          "signed-by",
          "id",
          "sent",
          "secret",
          "also",
          "mark",
          "tampered");

  private final Words said;
  private final FakeClock clock = new FakeClock();
  private final MemoryClaims claims = new MemoryClaims(clock);
  private final MemoryRelations relations = new MemoryRelations();
  private final MemoryBlocks blocks = new MemoryBlocks(clock);
  private final Contract contract;

  Scene(Words said) {
    this.said = said.only(WORDS);
    this.contract = Promises.contract(said.object("operation"), said.object("types"));
    if ("full".equals(said.get("relations"))) {
      relations.fill();
    }
    Words known =
        said.get("relations") instanceof String ? new Words(Map.of()) : said.object("relations");
    for (String object : known.said().keySet()) {
      relations.learn(key(object), relation(known.object(object)));
    }
    for (String source : said.object("blocked").texts("source")) {
      blocks.block(
          Blocks.Kind.SOURCE,
          source,
          clock.instant().plus(Duration.ofHours(1)),
          clock.instant().plus(Duration.ofHours(1)));
    }
  }

  /// Everything the case says.
  public Words said() {
    return said;
  }

  public FakeClock clock() {
    return clock;
  }

  public MemoryClaims claims() {
    return claims;
  }

  public Relations relations() {
    return relations;
  }

  public Blocks blocks() {
    return blocks;
  }

  public Contract contract() {
    return contract;
  }

  public Operation operation() {
    return contract.operations().getFirst();
  }

  /// Answers look-ups by what the case says under `looked-up`: facts, `failed` or `waits`; what it
  /// does not name is absent.
  public Lookups lookups() {
    Words known = said.object("looked-up");
    return (type, id, _, _) -> {
      Object answer = known.get(type.name() + "/" + id);
      if (answer == null) {
        return Lookups.absent();
      }
      if (answer.equals("failed")) {
        return Lookups.failed();
      }
      if (answer.equals("waits")) {
        throw WouldWait.INSTANCE;
      }
      if (answer.equals("withheld")) {
        return Lookups.withheld();
      }
      return new Lookups.Answer.Found(facts(Words.of(answer), ""), Words.of(answer).text("etag"));
    };
  }

  /// Decision points that answer by what the case says under `points`: for each point `permit`,
  /// `forbid`, `failed`, `excused` (which fails where that is let pass) or `waits`, or such a word
  /// by resource, `order/o1`; a resource that is not named is forbidden.
  public List<Consulted> points() {
    List<Consulted> points = new ArrayList<>();
    Words known = said.object("points");
    for (String name : known.said().keySet()) {
      points.add(
          new Consulted(
              new WrittenPoint(name, known),
              known.said().get(name).equals("excused") ? Instant.MAX : Instant.MIN));
    }
    return points;
  }

  /// The call to be judged, by the caller the case names.
  public Call call() {
    return call(caller(), headers(), said.object("request"));
  }

  /// The call to be judged, by another caller and with other header lines and words of the request.
  public Call call(Principal caller, Lines headers, Words asked) {
    asked.only(REQUEST);
    Operation operation = operation();
    List<String> values = values(asked.object("values"));
    Request request =
        new Request(
            asked.text("method", operation.method()),
            asked.is("tls", true) ? "https" : "http",
            asked.text("host", "api.example.com"),
            asked.number("port", -1),
            new Target(path(operation.path(), values), query(asked)),
            headers,
            new Peer(
                address(asked),
                asked.is("tls", true),
                asked.texts("certificate").stream()
                    .map(name -> (X509Certificate) new WrittenCertificate(name))
                    .toList(),
                asked.text("sni", asked.text("host", "api.example.com"))),
            clock.instant());
    Exchange exchange =
        new Exchange(new ExchangeId("0".repeat(32)), request, operation, values)
            .calledBy(caller, alternative(operation), Lease.UNBOUNDED);
    var body = WrittenReading.of(asked);
    Call call =
        new Call(
            exchange,
            operation,
            touched(asked, exchange),
            body,
            List.of(),
            written(asked, operation));
    return said.has("response") ? answered(call) : call;
  }

  public Lines headers() {
    return Lines.of(said.object("request").object("headers"));
  }

  /// `caller: alice`, or `{subject, issuer, tenant, client, scopes, roles, claims}`; nobody where
  /// it is not said.
  public Principal caller() {
    if (said.get("caller") == null) {
      return Principal.NOBODY;
    }
    Words named =
        said.get("caller") instanceof String subject
            ? new Words(Map.of("subject", subject))
            : said.object("caller");
    named.only(
        Set.of(
            "subject",
            "issuer",
            "tenant",
            "client",
            "scopes",
            "roles",
            "crossing",
            "claims",
            "proved",
            "other"));
    return new Principal(
        named.text("issuer", "corp"),
        named.text("subject", ""),
        named.text("tenant"),
        named.text("client"),
        new HashSet<>(named.texts("scopes")),
        new HashSet<>(named.texts("roles")),
        claims(named.object("claims")),
        List.of(),
        new HashSet<>(named.texts("crossing")));
  }

  /// A claim written `-300s` or `30s` is that long before or after now, as tokens say times (RFC
  /// 7519, section 2).
  private Map<String, Object> claims(Words said) {
    Map<String, Object> claims = new HashMap<>();
    said.said()
        .forEach(
            (name, value) ->
                claims.put(
                    name,
                    value instanceof String text && text.matches("-?[0-9]+s")
                        ? clock.instant().getEpochSecond()
                            + Long.parseLong(text.substring(0, text.length() - 1))
                        : value));
    return claims;
  }

  /// The alternative that the caller proved: the first, or the one whose number `proved` says.
  private Security.Alternative alternative(Operation operation) {
    List<Security.Alternative> all = operation.security().alternatives();
    boolean nobody =
        said.get("caller") == null
            || all.isEmpty()
            || (said.get("caller") instanceof Map && said.object("caller").is("other", false));
    int number = said.get("caller") instanceof Map ? said.object("caller").number("proved", 0) : 0;
    return nobody ? new Security.Alternative(List.of()) : all.get(number);
  }

  private Call answered(Call call) {
    Words reply = said.object("response");
    reply.only(
        Set.of(
            "status",
            "headers",
            "body",
            "wrong",
            "readable",
            "undeclared",
            "classified",
            "stray",
            "unread",
            "broken",
            "mends",
            "breach",
            "complete",
            "seen",
            "owner",
            "tenant",
            "count"));
    String body = reply.text("body", "");
    List<Call.Seen> seen = new ArrayList<>();
    List<ObjectBinding> bindings = call.operation().objects().list();
    List<Object> groups = reply.list("seen");
    for (int i = 0; i < groups.size(); i++) {
      List<ObjectFacts> each = new ArrayList<>();
      for (Object facts : groups.get(i) instanceof List<?> list ? list : List.of()) {
        each.add(facts(Words.of(facts), body));
      }
      seen.add(new Call.Seen(bindings.get(i), each));
    }
    Response response =
        new Response(
            reply.number("status", 200),
            Lines.of(reply.object("headers")),
            WrittenReading.of(reply));
    return call.seeing(call.exchange().answered(response), seen);
  }

  /// `{id, owner, tenant, parents, odd: [owner], at: text, name: word}`; `at` is the object's own
  /// text within the body, `name` what it is called there.
  private static ObjectFacts facts(Words said, String body) {
    said.only(Set.of("id", "owner", "tenant", "parents", "odd", "at", "name", "etag"));
    Map<String, Fact> parents = new HashMap<>();
    Words stated = said.object("parents");
    stated.said().keySet().forEach(parent -> parents.put(parent, fact(stated, parent)));
    String text = said.text("at", "");
    int from = text.isEmpty() ? 0 : bytes(body.substring(0, body.indexOf(text)));
    String name = "\"" + said.text("name", "") + "\"";
    return new ObjectFacts(
        fact(said, "id"),
        fact(said, "owner"),
        fact(said, "tenant"),
        parents,
        said.has("name") ? bytes(body.substring(0, body.indexOf(name))) : from,
        from,
        from + bytes(text));
  }

  private static Fact fact(Words said, String word) {
    if (said.texts("odd").contains(word)) {
      return Fact.ODD;
    }
    String text = said.text(word);
    return text == null ? Fact.MISSING : Fact.of(text);
  }

  private static Relations.Relation relation(Words said) {
    Map<String, String> parents = new HashMap<>();
    Words stated = said.object("parents");
    stated.said().keySet().forEach(parent -> parents.put(parent, stated.text(parent, "")));
    return new Relations.Relation(said.text("owner"), said.text("tenant"), parents);
  }

  private static Relations.Key key(String object) {
    int slash = object.indexOf('/');
    return new Relations.Key("shop", object.substring(0, slash), object.substring(slash + 1));
  }

  /// The objects that path and query name, and those that `touches` says the Binder found in the
  /// body.
  private List<ObjectUse> touched(Words asked, Exchange exchange) {
    List<ObjectUse> uses = new ArrayList<>();
    for (ObjectBinding binding : exchange.operation().objects().list()) {
      Map<String, String> within = new HashMap<>();
      binding
          .within()
          .forEach(
              (parent, selector) -> {
                String value = selected(selector, exchange);
                if (value != null) {
                  within.put(parent, value);
                }
              });
      if (binding.id() instanceof Selector.Body) {
        for (Object touched : asked.list("touches")) {
          if (touched instanceof Map) {
            Words each = Words.of(touched);
            int from = asked.text("body", "").indexOf(each.text("at", ""));
            int to = from + each.text("at", "").length();
            uses.add(new ObjectUse(binding, each.text("id", ""), within, from, to));
          } else {
            uses.add(new ObjectUse(binding, touched.toString(), within));
          }
        }
      } else if (binding.id() != null) {
        String id = selected(binding.id(), exchange);
        if (id != null) {
          uses.add(new ObjectUse(binding, id, within));
        }
      }
    }
    return uses;
  }

  /// What the Binder found to be written: `[{reference: address, value: a1}, {id: o2}, {odd:
  /// id}]`, in the first binding; `at` is the item that holds it.
  private List<Written> written(Words asked, Operation operation) {
    List<Written> all = new ArrayList<>();
    for (Words each : asked.objects("writes")) {
      each.only(Set.of("reference", "value", "id", "tenant", "odd", "at"));
      ObjectBinding binding = operation.objects().list().getFirst();
      String word =
          Set.of("reference", "id", "tenant").stream()
              .filter(each::has)
              .findFirst()
              .orElseGet(() -> each.text("odd", "unread"));
      Written.Kind kind = Written.Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT));
      ObjectType to = contract.types().get(each.text("reference", ""));
      String value = each.text("value", each.text(word, ""));
      int from = each.has("at") ? asked.text("body", "").indexOf(each.text("at", "")) : 0;
      all.add(
          new Written(
              binding,
              kind,
              to == null ? binding.type() : to,
              each.has("odd") ? Fact.ODD : Fact.of(value),
              from,
              from + each.text("at", "").length()));
    }
    return all;
  }

  private static @Nullable String selected(Selector selector, Exchange exchange) {
    return switch (selector) {
      case Selector.PathParameter(String name) -> exchange.pathValue(name);
      case Selector.QueryParameter(String name) -> exchange.request().target().query().first(name);
      default -> null;
    };
  }

  private List<String> values(Words said) {
    return operation().path().variables().stream().map(name -> said.text(name, "1")).toList();
  }

  private static String path(PathTemplate template, List<String> values) {
    StringBuilder path = new StringBuilder();
    int next = 0;
    for (PathTemplate.Segment segment : template.segments()) {
      path.append('/');
      for (PathTemplate.Part part : segment.parts()) {
        switch (part) {
          case PathTemplate.Literal(String text) -> path.append(text);
          case PathTemplate.Variable _ -> path.append(values.get(next++));
        }
      }
    }
    return path.toString();
  }

  private static Query query(Words asked) {
    Words said = asked.object("query");
    List<Query.Pair> pairs = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String name : said.said().keySet()) {
      for (String value : said.texts(name)) {
        pairs.add(new Query.Pair(name, value));
        text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(value);
      }
    }
    return new Query(text.toString(), pairs);
  }

  private static Ip address(Words asked) {
    Ip address = Ip.parse(asked.text("from", "192.0.2.1"));
    if (address == null) {
      throw new IllegalArgumentException("no address `" + asked.text("from") + "`");
    }
    return address;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
