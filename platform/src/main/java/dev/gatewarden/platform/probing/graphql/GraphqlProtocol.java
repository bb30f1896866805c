package dev.gatewarden.platform.probing.graphql;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
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
import org.jspecify.annotations.Nullable;

/// GraphQL over HTTP: each request is a POST of JSON to the target itself.
public final class GraphqlProtocol implements Protocol {
  private static final String ACCEPTED =
      "application/graphql-response+json, application/json;q=0.9";
  private static final int MOST_IDS = 50;

  private final GraphqlSchema schema;
  private final Target target;
  private final Wire wire;
  private final GraphqlCases cases;
  private final GraphqlJudge judge;
  private final List<String> ids = new ArrayList<>();

  GraphqlProtocol(GraphqlSchema schema, Target target, Wire wire, List<Identity> identities) {
    this.schema = schema;
    this.target = target;
    this.wire = wire;
    identities.forEach(wire::hide);
    this.wire.of("fuzz");
    this.cases = new GraphqlCases(schema, ids);
    this.judge = new GraphqlJudge(schema);
    identities.forEach(each -> each.owns().values().forEach(ids::addAll));
  }

  @Override
  public Contract contract() {
    return schema.contract();
  }

  @Override
  public @Nullable String unsent(Operation operation) {
    var root = schema.root(operation.id().name());
    if (root.equals(schema.types().getSubscriptionType())) {
      return "a subscription is no request with one answer";
    }
    return root.equals(schema.types().getMutationType()) && !target.may().contains(Target.May.ACT)
        ? "it changes what was there before; permit it by `--may act`"
        : null;
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
    Answer answer =
        wire.send(
            Draft.of(operation, as)
                .raw("")
                .header("Accept", ACCEPTED)
                .written(GraphqlDocument.body(schema, made), "application/json"));
    if (made.right() && answer.json() instanceof Node.Obj object && object.get("data") != null) {
      remember(object.get("data"));
    }
    return judge.judge(made, answer);
  }

  /// Ids of objects that there are, for later requests.
  private void remember(@Nullable Node data) {
    switch (data) {
      case Node.Arr array -> array.items().forEach(this::remember);
      case Node.Obj object ->
          object
              .entries()
              .forEach(
                  each -> {
                    String id = each.name().equals("id") ? Json.scalar(each.value()) : null;
                    if (id != null && ids.size() < MOST_IDS && !ids.contains(id)) {
                      ids.add(id);
                    }
                    remember(each.value());
                  });
      case null, default -> {}
    }
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
    // all there is to close is the wire, which others lend
  }
}
