package dev.gatewarden.gateway.transport;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.gateway.binder.stream.Framing;
import dev.gatewarden.gateway.binder.stream.ItemScanner;
import dev.gatewarden.gateway.pipeline.ClearedForTests;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import dev.gatewarden.gateway.pipeline.Upstreams;
import dev.gatewarden.gateway.pipeline.Within;
import dev.gatewarden.gateway.transport.framing.Fields;
import dev.gatewarden.gateway.walk.Gate;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import dev.gatewarden.gateway.walk.Walk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A gate whose walks do what a test says, and that writes down what it was asked.
class ScriptedGate implements Gate {
  record Ended(int sent, long in, long out) {}

  final List<Reason> refused = new CopyOnWriteArrayList<>();
  final List<RequestHead> begun = new CopyOnWriteArrayList<>();
  final List<Script> walks = new CopyOnWriteArrayList<>();
  final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  volatile Upstreams upstreams;
  volatile Upstreams others;
  volatile Within within;
  volatile boolean holdRequest = true;
  volatile long mostRequest = 1 << 20;
  volatile boolean holdResponse;
  volatile long mostResponse = 1 << 20;
  volatile Duration deadline = Duration.ofSeconds(10);
  volatile Lease lease = Lease.UNBOUNDED;
  volatile boolean callerHolds = true;
  volatile Supplier<Walk.Admission> admission = () -> null;
  volatile Duration heldBack = Duration.ZERO;
  volatile Runnable beforeJudge = () -> {};
  volatile Runnable beforeRelease = () -> {};
  volatile Runnable beforeReceive = () -> {};
  volatile Runnable beforePass = () -> {};

  /// Whether responses pass line by line, without those that are a secret.
  volatile boolean byLine;

  @Override
  public Walk begin(RequestHead head) {
    begun.add(head);
    Script walk = new Script(head);
    walks.add(walk);
    return walk;
  }

  @Override
  public Reply refuse(Reason reason, Peer peer) {
    refused.add(reason);
    return Reply.text(reason.status(), "text/plain", reason.code());
  }

  Ended awaitEnd() throws InterruptedException {
    Ended end = ended.poll(10, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("no walk ended");
    }
    return end;
  }

  class Script implements Walk {
    @Override
    public boolean holds() {
      return callerHolds;
    }

    final RequestHead head;
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile String judgedBody = "";
    volatile String releasedBody = "";
    volatile ResponseHead response;

    Script(RequestHead head) {
      this.head = head;
    }

    @Override
    public Duration heldBack() {
      return heldBack;
    }

    @Override
    public Admission admit() {
      calls.add("admit");
      Admission said = admission.get();
      return said != null ? said : new Admission.Admitted(new BodyPlan(holdRequest, mostRequest));
    }

    @Override
    public Judgement judge(Bytes body) {
      beforeJudge.run();
      calls.add("judge");
      judgedBody = body.utf8();
      Within given = within;
      if (given != null) {
        return new Judgement.Forward(
            ClearedForTests.of(
                head.method(),
                head.target(),
                lines(head.headers()),
                to(),
                given,
                head.headers().first("idempotency-key") != null),
            body);
      }
      return new Judgement.Forward(
          ClearedForTests.of(
              head.method(),
              head.target(),
              lines(head.headers()),
              to(),
              deadline,
              head.wantsUpgrade()),
          body);
    }

    /// Where another API is named by its path, there.
    private Upstreams to() {
      return head.target().startsWith("/other") ? others : upstreams;
    }

    @Override
    public void tried(int times) {
      calls.add("tried " + times);
    }

    @Override
    public Reply unreachable(UpstreamFault fault, int seconds) {
      calls.add("retry after " + seconds);
      return unreachable(fault);
    }

    static HeaderLines lines(dev.gatewarden.core.exchange.Headers headers) {
      List<String[]> kept = new ArrayList<>();
      headers.each(
          (name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!Fields.hop(lower)) {
              kept.add(new String[] {lower, value});
            }
          });
      return to -> kept.forEach(line -> to.accept(line[0], line[1]));
    }

    @Override
    public Reception receive(ResponseHead received) {
      beforeReceive.run();
      calls.add("receive");
      response = received;
      ReplyHead out = new ReplyHead(received.status(), lines(received.headers()));
      if (received.status() == 101) {
        return new Reception.Switch(out, lease);
      }
      if (byLine) {
        return new Reception.Parts(out, new ItemScanner(Framing.LINES)::end, 64);
      }
      return holdResponse ? new Reception.Hold(mostResponse) : new Reception.Stream(out);
    }

    @Override
    public Passed pass(Bytes part) {
      beforePass.run();
      calls.add("pass");
      return new Passed(part.utf8().contains("secret") ? Bytes.NONE : part);
    }

    @Override
    public Release release(Bytes body) {
      beforeRelease.run();
      calls.add("release");
      releasedBody = body.utf8();
      boolean bodiless = head.method().equals("HEAD") || response.status() == 304;
      return new Release.Send(
          new ReplyHead(response.status(), lines(response.headers())), body, !bodiless);
    }

    @Override
    public Reply unreachable(UpstreamFault fault) {
      calls.add("unreachable " + fault);
      return Reply.text(fault == UpstreamFault.TIMEOUT ? 504 : 502, "text/plain", fault.name());
    }

    @Override
    public Reply abandon(TransportFault fault) {
      calls.add("abandon " + fault);
      int status =
          switch (fault) {
            case BODY_TOO_LONG -> 413;
            case BODY_TIMEOUT -> 408;
            case BODY_MALFORMED -> 400;
            case BUDGET_EXHAUSTED, DRAINING -> 503;
            case CALLER_GONE, CALLER_SLOW -> 499;
            case PROOF_ENDED -> 401;
            case BUG -> 500;
          };
      return new Reply(status, List.of(), fault.name().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end(int sent, long bytesIn, long bytesOut) {
      calls.add("end");
      ended.add(new Ended(sent, bytesIn, bytesOut));
    }

    @Override
    public String id() {
      return "test-walk";
    }
  }
}
