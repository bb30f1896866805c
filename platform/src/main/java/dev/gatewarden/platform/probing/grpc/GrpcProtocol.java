package dev.gatewarden.platform.probing.grpc;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.platform.probing.Attempt;
import dev.gatewarden.platform.probing.Target;
import dev.gatewarden.platform.probing.Wire;
import dev.gatewarden.platform.probing.protocol.Protocol;
import dev.gatewarden.platform.probing.protocol.ProtocolCase;
import dev.gatewarden.platform.probing.protocol.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// gRPC over HTTP/2: unary calls, and streams from the service up to their first message.
public final class GrpcProtocol implements Protocol {
  /// What only reads, by the names that the API improvement proposals give it and by others' usage.
  private static final Pattern READS =
      Pattern.compile(
          "(?:Get|List|Search|Find|Lookup|Read|Count|Check|Watch|Describe|Query|BatchGet)(?:[A-Z].*)?");

  /// What does more than that, whatever its name begins with: `GetOrCreate`, `CheckOut`.
  private static final Pattern ACTS =
      Pattern.compile(
          "(?:Check|Count)(?:In|Out|Down|Up)(?![a-z]).*"
              + "|.+(?:Or|And|Then)(?:Create|Make|Add|Insert|Register|Update|Upsert|Set|Save|Store"
              + "|Delete|Remove|Replace|Reset|Purge|Clear|Consume|Ack|Pop|Increment|Decrement"
              + "|Send|Lock|Reserve|Claim|Mark|Start).*");

  private final GrpcSchema schema;
  private final Target target;
  private final Wire wire;
  private final GrpcCases cases;
  private final GrpcJudge judge;
  private final GrpcCarrier carrier;

  GrpcProtocol(GrpcSchema schema, Target target, Wire wire, List<Identity> identities) {
    List<String> ids = new ArrayList<>();
    identities.forEach(each -> each.owns().values().forEach(ids::addAll));
    identities.forEach(wire::hide);
    wire.of("fuzz");
    this.schema = schema;
    this.target = target;
    this.wire = wire;
    this.cases = new GrpcCases(schema, new MessageRules(), ids);
    this.judge = new GrpcJudge(schema);
    this.carrier = new GrpcCarrier(target.patience());
  }

  @Override
  public Contract contract() {
    return schema.contract();
  }

  @Override
  public @Nullable String unsent(Operation operation) {
    MethodDescriptor method = schema.method(operation.id().name());
    if (method.isClientStreaming()) {
      return "a stream from the client is no request with one message";
    }
    boolean reads =
        method.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS
            || reads(method.getName());
    return reads || target.may().contains(Target.May.ACT)
        ? null
        : "it may change what was there before; permit it by `--may act`";
  }

  /// Whether a method only reads, as far as its name tells.
  static boolean reads(String name) {
    return READS.matcher(name).matches() && !ACTS.matcher(name).matches();
  }

  @Override
  public @Nullable ProtocolCase right(Operation operation, Random random) {
    return cases.right(operation, random);
  }

  @Override
  public @Nullable ProtocolCase wrong(Operation operation, Random random) {
    return cases.wrong(operation, random);
  }

  @Override
  public List<ProtocolCase> simpler(Operation operation, ProtocolCase made) {
    return cases.simpler(made);
  }

  @Override
  public Seen send(Operation operation, ProtocolCase made, Identity as) {
    MethodDescriptor method = schema.method(operation.id().name());
    Draft draft =
        Draft.of(operation, as)
            .header("te", "trailers")
            .bytes(GrpcRequest.body(method.getInputType(), made), "application/grpc");
    boolean first = method.isServerStreaming();
    return judge.judge(
        made,
        wire.send(draft, (number, request, body) -> carrier.carry(number, request, body, first)));
  }

  @Override
  public List<Attempt> attempts() {
    return wire.attempts();
  }

  @Override
  public String spent() {
    return wire.spent();
  }

  @Override
  public void close() {
    carrier.close();
  }
}
