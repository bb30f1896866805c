package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.ApiKeys;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.model.Caller;
import dev.gatewarden.core.policy.model.Enforcement;
import dev.gatewarden.core.policy.model.OperationModel;
import dev.gatewarden.core.policy.model.Reach;
import dev.gatewarden.core.policy.model.Source;
import dev.gatewarden.core.policy.model.Use;
import dev.gatewarden.core.policy.model.Whose;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.recorder.LineSink;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// What the model of a configuration says, and what the gate does: the same, for contracts, callers
/// and objects made at random. A proof is worth what this test finds no exception to.
class ModelProperties {
  private static final Set<String> LIMITS = Set.of("source-limit", "principal-limit");
  private static final List<String> EXCUSABLE =
      List.of(Enforcement.PERMISSION, Enforcement.TENANT, Enforcement.REQUEST, Enforcement.ANSWER);

  /// An object as it is to the caller, and from where that can be known.
  private record Thing(String id, Whose whose, Source source, ObjectFacts facts) {}

  @Property(tries = 300)
  void the_gate_does_what_the_model_says(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Contract contract = ModelledWorld.contract(random);
    Assume.that(contract != null);
    String observed = random.nextInt(4) == 0 ? EXCUSABLE.get(random.nextInt(EXCUSABLE.size())) : "";
    try (Gatehouse gate = new Gatehouse(contract, observed)) {
      for (int i = 0; i < 3; i++) {
        Caller caller = caller(random);
        for (Operation operation : contract.operations()) {
          cells(
              gate, new OperationModel(contract, operation, excusing(contract, observed)), caller);
        }
      }
    }
  }

  private static Enforcement excusing(Contract contract, String observed) {
    return (guard, _) -> guard.equals(observed) ? contract.source().place() : null;
  }

  private static Caller caller(Random random) {
    Set<String> schemes = chosen(random, List.of("a", "a", "k"));
    Set<String> roles = chosen(random, List.of("r1", "r2", "s1"));
    Set<String> crossing = random.nextInt(3) == 0 ? roles : Set.of();
    Map<String, Object> claims = random.nextInt(4) == 0 ? Map.of() : Map.of("dept", "tools");
    return new Caller(
        schemes,
        new Proof(
            "issuer",
            Map.of(Facet.SUBJECT, "me", Facet.CLIENT, "app"),
            random.nextInt(4) == 0 ? null : "north",
            chosen(random, List.of("s1", "s1", "s2", "s2", "r1")),
            roles,
            claims,
            List.of(),
            crossing,
            Lease.UNBOUNDED));
  }

  private static Set<String> chosen(Random random, List<String> words) {
    Set<String> chosen = new TreeSet<>();
    words.stream().filter(_ -> random.nextBoolean()).forEach(chosen::add);
    return chosen;
  }

  /// Every combination of what the object, and the parent it is named within, may be to the caller.
  private static void cells(Gatehouse gate, OperationModel model, Caller caller) {
    List<Use> uses = model.uses();
    Use main = uses.getLast();
    Use parent = uses.size() > 1 ? uses.getFirst() : null;
    Reach reach = model.reach(caller);
    for (Whose whose : Whose.values()) {
      if (whose == Whose.ABSENT ? main.does() == Does.LIST : main.does() == Does.CREATE) {
        continue;
      }
      for (Source source : main.sources(whose)) {
        Thing thing = gate.place(main.type(), whose, source, caller);
        for (Thing box : boxes(gate, parent, caller)) {
          boolean expected =
              model.allows(caller, main, whose, source)
                  && (parent == null
                      || box == null
                      || model.allows(caller, parent, box.whose(), box.source()));
          assertThat(gate.allows(model.operation(), caller, main, thing, box))
              .as(
                  "%s by %s (tenant %s): %s known by %s, box %s; the model: %s",
                  model.operation().id().name(),
                  caller.text(),
                  caller.hasTenant(),
                  whose,
                  source,
                  box,
                  reach)
              .isEqualTo(expected);
        }
      }
    }
  }

  private static List<@Nullable Thing> boxes(Gatehouse gate, @Nullable Use parent, Caller caller) {
    List<@Nullable Thing> boxes = new ArrayList<>();
    if (parent == null) {
      boxes.add(null);
      return boxes;
    }
    for (Whose whose : Whose.values()) {
      for (Source source : parent.sources(whose)) {
        boxes.add(gate.place(parent.type(), whose, source, caller));
      }
    }
    return boxes;
  }

  /// A gate in front of that contract, without a transport, and a service that knows the things
  /// that were placed.
  private static final class Gatehouse implements AutoCloseable {
    private final Contract contract;
    private final Recorder recorder = new Recorder(List.of((LineSink) (_, _) -> {}));
    private final InstantSource clock = InstantSource.system();
    private final Relations relations = new LocalRelations(100_000);
    private final Map<String, Proof> proofs = new HashMap<>();
    private final Map<String, Thing> things = new HashMap<>();
    private final OpenGate gate;
    private @Nullable Thing inside;
    private int count;

    Gatehouse(Contract contract, String observed) {
      this.contract = contract;
      Ports ports =
          new Ports(
              clock,
              Map.of(
                  "a",
                  new Prover.Tokens((token, _) -> new Verification.Verified(proofs.get(token))),
                  "k",
                  new Prover.Keys(this::key)),
              this::lookUp,
              relations,
              new LocalBlocks(clock));
      AtomicLong ids = new AtomicLong();
      gate =
          new OpenGate(
              new GateSettings(
                  List.of(),
                  new Ceilings(1 << 20, 1000),
                  new LocalClaims(clock, 10_000),
                  recorder,
                  new Metrics(),
                  clock,
                  System::nanoTime,
                  () -> ExchangeId.of(1, ids.incrementAndGet()),
                  "test",
                  Set.of()),
              List.of(
                  new ApiSettings(
                      contract,
                      null,
                      "/",
                      new Upstreams(
                          "w",
                          List.of(
                              new Upstreams.Place(
                                  InetSocketAddress.createUnresolved("127.0.0.1", 9),
                                  false,
                                  "w:9")),
                          false),
                      "",
                      Duration.ofSeconds(5),
                      new ApiSettings.Identity.Signed((_, _, _) -> "signed"),
                      ports,
                      tuning(observed),
                      List.of())));
    }

    private static ApiSettings.Tuning tuning(String observed) {
      return new ApiSettings.Tuning() {
        @Override
        public Record config(GuardEntry<?> guard, Operation operation) {
          return guard.defaults();
        }

        @Override
        public Mode mode(GuardEntry<?> guard, Operation operation) {
          return LIMITS.contains(guard.id())
              ? Mode.OFF
              : guard.id().equals(observed) ? Mode.OBSERVE : guard.mode();
        }

        @Override
        public Instant until(GuardEntry<?> guard, Operation operation) {
          return Instant.MAX;
        }
      };
    }

    private ApiKeys.Verification key(String presented) {
      ApiKey key =
          new ApiKey(
              "id",
              "ring",
              "live",
              "app",
              "owner",
              List.of("w.*"),
              Set.of(),
              Set.of(),
              null,
              Instant.EPOCH,
              Instant.MAX,
              ApiKey.State.ACTIVE,
              null,
              null);
      return new ApiKeys.Verification.Verified(key, proofs.get(presented));
    }

    private Lookups.Answer lookUp(
        ObjectType type, String id, Map<String, String> within, Object cause) {
      Thing thing = things.get(type.name() + id);
      if (thing == null || thing.whose() == Whose.ABSENT) {
        return Lookups.absent();
      }
      if (thing.source() != Source.LOOK_UP) {
        throw new AssertionError("nobody looks up " + type.name() + " " + thing);
      }
      return new Lookups.Answer.Found(within(type, thing));
    }

    /// The same facts, of a thing in the box that is asked for.
    private ObjectFacts within(ObjectType type, Thing thing) {
      ObjectFacts facts = thing.facts();
      return inside == null || type.name().equals("box")
          ? facts
          : new ObjectFacts(
              facts.id(), facts.owner(), facts.tenant(), Map.of("box", Fact.of(inside.id())), 0, 0);
    }

    Thing place(ObjectType type, Whose whose, Source source, Caller caller) {
      Fact owner = fact(type.owner(), whose == Whose.OWN, caller);
      Fact tenant = fact(type.tenant(), whose == Whose.OWN || whose == Whose.SAME_TENANT, caller);
      String id =
          type.ownedById() && owner instanceof Fact.Known(String text)
              ? text
              : type.name() + ++count;
      return new Thing(
          id, whose, source, new ObjectFacts(Fact.of(id), owner, tenant, Map.of(), 0, 0));
    }

    private static Fact fact(ObjectType.@Nullable Fact stated, boolean own, Caller caller) {
      String part =
          stated == null || !own ? null : Ownership.part(stated.is(), caller.proof().alone());
      return stated == null ? Fact.MISSING : Fact.of(part == null ? "somebody" : part);
    }

    boolean allows(Operation operation, Caller caller, Use use, Thing thing, @Nullable Thing box) {
      inside = box;
      relate(use.type(), thing, box);
      if (box != null) {
        relate(java.util.Objects.requireNonNull(contract.types().get("box")), box, null);
      }
      String path =
          operation
              .path()
              .text()
              .replace("{id}", thing.id())
              .replace("{box}", box == null ? thing.id() : box.id());
      Bytes body =
          operation.body() == null || box == null
              ? Bytes.NONE
              : Bytes.of(("{\"box\":\"" + box.id() + "\"}").getBytes(StandardCharsets.UTF_8));
      Walk walk = gate.begin(head(operation.method(), path, caller, body.length()));
      if (!(walk.admit() instanceof Walk.Admission.Admitted)
          || !(walk.judge(body) instanceof Walk.Judgement.Forward)) {
        return false;
      }
      return released(walk, use, thing);
    }

    private void relate(ObjectType type, Thing thing, @Nullable Thing box) {
      Relations.Key key = new Relations.Key("w", type.name(), thing.id());
      relations.forget(key);
      things.put(type.name() + thing.id(), thing);
      if (thing.source() == Source.RELATION && thing.whose() != Whose.ABSENT) {
        relations.learn(
            key,
            new Relations.Relation(
                text(thing.facts().owner()),
                text(thing.facts().tenant()),
                box == null ? Map.of() : Map.of("box", box.id())));
      }
    }

    private static @Nullable String text(Fact fact) {
      return fact instanceof Fact.Known(String text) ? text : null;
    }

    private RequestHead head(String method, String path, Caller caller, int length) {
      String token = "t" + ++count;
      proofs.put(token, caller.proof());
      List<String> lines = new ArrayList<>(List.of("Host", "localhost"));
      if (caller.schemes().contains("a")) {
        lines.addAll(List.of("Authorization", "Bearer " + token));
      }
      if (caller.schemes().contains("k")) {
        lines.addAll(List.of("X-Key", token));
      }
      if (length > 0) {
        lines.addAll(List.of("Content-Type", "application/json"));
      }
      String tenant = caller.proof().tenant();
      lines.addAll(List.of("X-Tenant", tenant == null ? "none" : tenant));
      return new RequestHead(
          method,
          path,
          "http",
          "localhost",
          TestHeaders.of(lines.toArray(String[]::new)),
          new Peer(Ip.of(new byte[] {127, 0, 0, 1}), false),
          "1.1",
          length,
          "");
    }

    private boolean released(Walk walk, Use use, Thing thing) {
      boolean there = thing.whose() != Whose.ABSENT || use.does() == Does.CREATE;
      String json = json(thing);
      String body = !there ? "" : use.does() == Does.LIST ? "{\"data\":[" + json + "]}" : json;
      ResponseHead head =
          new ResponseHead(
              there ? 200 : 404,
              there ? TestHeaders.of("content-type", "application/json") : TestHeaders.of(),
              body.length());
      return switch (walk.receive(head)) {
        case Walk.Reception.Answered _ -> false;
        case Walk.Reception.Stream _ -> true;
        case Walk.Reception.Parts _ -> throw new AssertionError("no stream is promised");
        case Walk.Reception.Switch _ -> throw new AssertionError("nobody asked for it");
        case Walk.Reception.Hold _ ->
            switch (walk.release(Bytes.of(body.getBytes(StandardCharsets.UTF_8)))) {
              case Walk.Release.Answered _ -> false;
              case Walk.Release.Send sent ->
                  use.does() != Does.LIST || sent.body().utf8().contains(thing.id());
            };
      };
    }

    private String json(Thing thing) {
      StringBuilder json = new StringBuilder("{\"id\":\"").append(thing.id()).append('"');
      String owner = text(thing.facts().owner());
      String tenant = text(thing.facts().tenant());
      if (owner != null) {
        json.append(",\"by\":\"").append(owner).append('"');
      }
      if (tenant != null) {
        json.append(",\"org\":\"").append(tenant).append('"');
      }
      if (inside != null) {
        json.append(",\"box\":\"").append(inside.id()).append('"');
      }
      return json.append('}').toString();
    }

    @Override
    public void close() {
      recorder.close();
    }
  }
}
