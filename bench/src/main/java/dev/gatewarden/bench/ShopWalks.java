package dev.gatewarden.bench;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.controls.guards.intake.SourceLimitGuard;
import dev.gatewarden.controls.guards.limit.PrincipalLimitGuard;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import dev.gatewarden.gateway.walk.ApiSettings;
import dev.gatewarden.gateway.walk.Ceilings;
import dev.gatewarden.gateway.walk.GateSettings;
import dev.gatewarden.gateway.walk.OpenGate;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import dev.gatewarden.gateway.walk.Walk;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The example shop behind a gate without a transport: every room but the sockets, the token proved
/// already.
final class ShopWalks {
  private static final Rate UNREACHED = new Rate(1_000_000_000, Duration.ofMinutes(1));
  private static final String OVERLAY = "bench.overlay.yaml";
  private static final OpaqueIds IDS =
      OpaqueIds.of(List.of(Secret.of("a key that only opens a bench's ids")));

  private final Map<String, ObjectType> types;
  private final OpenGate gate;
  private final Verification verified =
      new Verification.Verified(
          new Proof(
              "demo",
              Map.of(Facet.SUBJECT, Identity.SUBJECT),
              "north",
              Set.of("orders:read", "orders:write"),
              Set.of(),
              Map.of(),
              List.of(),
              Lease.UNBOUNDED));

  ShopWalks() {
    this(Set.of(), (_, _, _, _) -> Lookups.absent(), new LocalRelations(1000));
  }

  /// @param off guards that are left out
  ShopWalks(Set<String> off, Lookups lookups, Relations relations) {
    this("", off, lookups, relations);
  }

  /// @param overlay a short file laid over the contract; empty for none
  /// @param off guards that are left out
  ShopWalks(String overlay, Set<String> off, Lookups lookups, Relations relations) {
    InstantSource clock = InstantSource.system();
    Path file = Path.of("examples/shop/shop.yaml").toAbsolutePath();
    Contract contract =
        new ContractReader(
                address ->
                    address.getPath().endsWith(OVERLAY)
                        ? overlay.getBytes(StandardCharsets.UTF_8)
                        : Files.readAllBytes(Path.of(address)),
                Bounds.DEFAULT)
            .read(files(file, overlay), _ -> false);
    TokenVerifier verifier = (_, _) -> verified;
    Ports ports =
        new Ports(
            clock,
            Map.of("bearerAuth", new Prover.Tokens(verifier)),
            lookups,
            relations,
            new LocalBlocks(clock));
    Upstreams.Place place =
        new Upstreams.Place(InetSocketAddress.createUnresolved("127.0.0.1", 9), false, "shop:9");
    ApiSettings api =
        new ApiSettings(
            contract,
            null,
            "/",
            new Upstreams("shop", List.of(place), false),
            "",
            new ApiSettings.Timing(new ApiSettings.Times(Duration.ofSeconds(5), null), Map.of()),
            new ApiSettings.Identity.Signed((_, _, _) -> "token"),
            ports,
            new Unreached(off),
            List.of(),
            Set.of(),
            IDS);
    types = contract.types();
    gate =
        new OpenGate(
            new GateSettings(
                List.of(),
                new Ceilings(1 << 20, 1000),
                new LocalClaims(clock, 10_000),
                new Recorder(List.of((_, _) -> {})),
                new Metrics(),
                clock,
                System::nanoTime,
                () -> ExchangeId.of(ThreadLocalRandom.current().nextLong(), 1),
                "bench",
                off),
            List.of(api));
  }

  /// The id that callers see in place of an order's own.
  String seen(String order) {
    return Objects.requireNonNull(
        IDS.of(Objects.requireNonNull(types.get("order"))).seal(order, OpaqueIds.tenant("north")));
  }

  private static ContractFiles files(Path file, String overlay) {
    Place.Origin contract = new Place.Origin(file.toUri(), "shop.yaml");
    return overlay.isEmpty()
        ? new ContractFiles("shop", contract)
        : new ContractFiles(
            "shop",
            contract,
            List.of(new Place.Origin(file.resolveSibling(OVERLAY).toUri(), OVERLAY)),
            Set.of());
  }

  /// One request from its head to its line.
  Object walk(RequestHead head, Bytes body, ResponseHead answer, Bytes answered) {
    Walk walk = gate.begin(head);
    if (!(walk.admit() instanceof Walk.Admission.Admitted)
        || !(walk.judge(body) instanceof Walk.Judgement.Forward)
        || !(walk.receive(answer) instanceof Walk.Reception.Hold)
        || !(walk.release(answered) instanceof Walk.Release.Send sent)) {
      throw new IllegalStateException("the shop refuses its own bench");
    }
    walk.end(answer.status(), body.length(), answered.length());
    return sent;
  }

  /// How long one GET takes whose answer is kept back, the service's own time left out.
  long nanos(RequestHead head, ResponseHead answer, Bytes answered) {
    long began = System.nanoTime();
    Walk walk = gate.begin(head);
    boolean forwarded =
        walk.admit() instanceof Walk.Admission.Admitted
            && walk.judge(Bytes.NONE) instanceof Walk.Judgement.Forward;
    Walk.Reception reception = walk.receive(answer);
    boolean kept =
        switch (reception) {
          case Walk.Reception.Hold _ ->
              walk.release(answered) instanceof Walk.Release.Answered(var reply)
                  && reply.status() == 404;
          case Walk.Reception.Answered(var reply) -> reply.status() == 404;
          case Walk.Reception.Stream _, Walk.Reception.Parts _, Walk.Reception.Switch _ -> false;
        };
    walk.end(404, 0, 0);
    long took = System.nanoTime() - began;
    if (!forwarded || !kept) {
      throw new IllegalStateException("the shop releases what it should keep back");
    }
    return took;
  }

  /// One request that is refused at the latest when its answer is judged.
  int refused(RequestHead head, ResponseHead answer, Bytes answered) {
    Walk walk = gate.begin(head);
    if (!(walk.admit() instanceof Walk.Admission.Admitted)) {
      throw new IllegalStateException("the shop refuses its own bench");
    }
    int status =
        switch (walk.judge(Bytes.NONE)) {
          case Walk.Judgement.Answered(var reply) -> reply.status();
          case Walk.Judgement.Forward _ -> {
            walk.receive(answer);
            yield walk.release(answered) instanceof Walk.Release.Answered(var reply)
                ? reply.status()
                : 200;
          }
        };
    walk.end(status, 0, 0);
    return status;
  }

  static RequestHead head(String method, String target, long length) {
    return new RequestHead(
        method,
        target,
        "http",
        "127.0.0.1",
        Lines.of(
            "Host",
            "127.0.0.1",
            "User-Agent",
            "bench/1",
            "Accept",
            "application/json",
            "Authorization",
            "Bearer abc.def.ghi",
            length == 0 ? "X-One" : "Content-Type",
            length == 0 ? "1" : "application/json"),
        new Peer(Ip.of(new byte[] {127, 0, 0, 1}), false),
        "1.1",
        length,
        "");
  }

  /// Every guard as it comes, the limits out of reach.
  private record Unreached(Set<String> off) implements ApiSettings.Tuning {
    @Override
    public Record config(GuardEntry<?> guard, Operation operation) {
      return switch (guard.defaults()) {
        case SourceLimitGuard.Config _ ->
            new SourceLimitGuard.Config(UNREACHED, 1_000_000, Optional.empty());
        case PrincipalLimitGuard.Config config ->
            new PrincipalLimitGuard.Config(
                UNREACHED,
                UNREACHED,
                Optional.empty(),
                Optional.of(1_000_000L),
                config.per(),
                UNREACHED,
                Optional.empty(),
                Optional.empty());
        default -> guard.defaults();
      };
    }

    @Override
    public Mode mode(GuardEntry<?> guard, Operation operation) {
      return off.contains(guard.id()) ? Mode.OFF : guard.mode();
    }

    @Override
    public Instant until(GuardEntry<?> guard, Operation operation) {
      return Instant.MAX;
    }
  }
}
