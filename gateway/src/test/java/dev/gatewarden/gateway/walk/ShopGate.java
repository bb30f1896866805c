package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.recorder.LineSink;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The example shop behind a gate without a transport: tokens are names, the service is what the
/// test says.
final class ShopGate implements AutoCloseable {
  static final String ALICES = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  private static final Path SHOP = Path.of("..", "examples", "shop", "shop.yaml").toAbsolutePath();
  final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  final Recorder recorder;
  final OpenGate gate;

  /// @param own what the gate answers by itself
  ShopGate(Lookups lookups, OwnRoute... own) {
    recorder = new Recorder(List.of(sink()));
    InstantSource clock = InstantSource.system();
    Contract contract =
        new ContractReader(address -> Files.readAllBytes(Path.of(address)), Bounds.DEFAULT)
            .read(
                new ContractFiles("shop", new Place.Origin(SHOP.normalize().toUri(), "shop.yaml")),
                _ -> false);
    Ports ports =
        new Ports(
            clock,
            Map.of("bearerAuth", new Prover.Tokens(ShopGate::verify)),
            lookups,
            new LocalRelations(1000),
            new LocalBlocks(clock));
    ApiSettings api =
        new ApiSettings(
            contract,
            null,
            "/",
            new Upstreams(
                "shop",
                List.of(
                    new Upstreams.Place(
                        InetSocketAddress.createUnresolved("127.0.0.1", 9), false, "shop:9")),
                false),
            "",
            Duration.ofSeconds(5),
            new ApiSettings.Identity.Signed((principal, _, _) -> "of-" + principal.subject()),
            ports,
            defaults(),
            List.of(own));
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
            List.of(api));
  }

  private LineSink sink() {
    return (bytes, length) -> lines.write(bytes, 0, length);
  }

  private static ApiSettings.Tuning defaults() {
    return new ApiSettings.Tuning() {
      @Override
      public Record config(GuardEntry<?> guard, Operation operation) {
        return guard.defaults();
      }

      @Override
      public Mode mode(GuardEntry<?> guard, Operation operation) {
        return guard.mode();
      }

      @Override
      public Instant until(GuardEntry<?> guard, Operation operation) {
        return Instant.MAX;
      }
    };
  }

  private static Verification verify(String token, Ip source) {
    if (token.equals("broken")) {
      return new Verification.Refused(Fault.SIGNATURE);
    }
    return new Verification.Verified(
        new Proof(
            "demo",
            Map.of(Facet.SUBJECT, token),
            "north",
            Set.of("orders:read", "orders:write", "profile:read", "profile:write"),
            Set.of(),
            Map.of(),
            List.of(),
            Lease.UNBOUNDED));
  }

  Walk get(String path, String token) {
    return request("GET", path, token, 0);
  }

  Walk request(String method, String path, String token, long length) {
    return gate.begin(
        new RequestHead(
            method,
            path,
            "http",
            "localhost",
            length == 0
                ? TestHeaders.of("Host", "localhost", "Authorization", "Bearer " + token)
                : TestHeaders.of(
                    "Host",
                    "localhost",
                    "Authorization",
                    "Bearer " + token,
                    "Content-Type",
                    "application/json"),
            new Peer(Ip.of(new byte[] {127, 0, 0, 1}), false),
            "1.1",
            length,
            ""));
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String order(String id, String owner) {
    return """
    {"id":"%s","customerId":"%s","tenantId":"north","status":"open","items":[{"sku":"SKU-1","quantity":1}],\
    "shipTo":"12 Harbour Street","total":100,"paid":0,"createdAt":"2026-01-15T10:20:30Z"}\
    """
        .formatted(id, owner);
  }

  /// Walks to the upstream, which must be reached.
  static Cleared cleared(Walk walk, Bytes body) {
    Walk.Admission admission = walk.admit();
    if (!(admission instanceof Walk.Admission.Admitted)) {
      throw new AssertionError("not admitted: " + admission);
    }
    Walk.Judgement judgement = walk.judge(body);
    if (judgement instanceof Walk.Judgement.Forward(Cleared cleared, Bytes _)) {
      return cleared;
    }
    throw new AssertionError("not cleared: " + text(((Walk.Judgement.Answered) judgement).reply()));
  }

  static String text(Reply reply) {
    return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    recorder.close();
  }
}
