package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.coding.Coded;
import dev.gatewarden.core.coding.ContentCoding;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.coding.Expansion;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.coding.Decoder;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import dev.gatewarden.gateway.transport.upstream.Attempt;
import dev.gatewarden.gateway.transport.upstream.Inbound;
import dev.gatewarden.gateway.transport.upstream.Outbound;
import dev.gatewarden.gateway.transport.wire.Deadline;
import dev.gatewarden.gateway.transport.wire.Flow;
import dev.gatewarden.gateway.transport.wire.H2Fields;
import dev.gatewarden.gateway.transport.wire.Scrubbed;
import dev.gatewarden.gateway.transport.wire.WireHeaders;
import dev.gatewarden.gateway.transport.wire.Worker;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import dev.gatewarden.gateway.walk.Walk;
import dev.gatewarden.gateway.walk.Walk.Admission;
import dev.gatewarden.gateway.walk.Walk.BodyPlan;
import dev.gatewarden.gateway.walk.Walk.Judgement;
import dev.gatewarden.gateway.walk.Walk.Reception;
import dev.gatewarden.gateway.walk.Walk.Release;
import dev.gatewarden.gateway.walk.Walk.TransportFault;
import dev.gatewarden.gateway.walk.Walk.UpstreamFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives one request through its walk: calls the steps in order, carries bytes between caller and
/// upstream, and ends the walk exactly once.
///
/// Long, because every event has its answer in every phase and the two are best read side by side.
final class Driver extends Deadline implements Inbound, Worker.Holder {
  private static final Logger LOG = LoggerFactory.getLogger("gatewarden.transport");
  private static final int STREAM_AHEAD = 64 * 1024;
  private static final int AT_ONCE = 64 * 1024;

  /// How many bytes each encoded byte of an answer may become: nearly what deflate can do at all.
  private static final int ANSWER_RATIO = 1000;

  private static final Reply BROKEN =
      new Reply(
          500,
          List.of(new Reply.Line("content-type", "application/problem+json")),
          "{\"title\":\"the gateway failed\",\"status\":500}".getBytes(StandardCharsets.UTF_8));

  /// How often it is asked whether a caller may go on.
  static final Duration TENURE = Duration.ofMillis(250);

  private enum Phase {
    DECIDING,
    HOLDING,
    OPENING,
    SENDING,
    RECEIVING,
    COLLECTING,
    STREAMING,
    SWITCHED,
    HELD,
    OVER
  }

  private enum Step {
    ADMIT,
    JUDGE,
    RECEIVE,
    PASS,
    RELEASE,
    UNREACHABLE,
    ABANDON
  }

  private final Front front;
  private final Worker worker;
  private final CallerSide caller;
  private final RequestHead head;
  private final Walk walk;

  private Phase phase = Phase.DECIDING;
  private @Nullable BodyPlan plan;
  private long most;
  private @Nullable Flow in;
  private @Nullable Flow out;
  private @Nullable Cleared cleared;
  private @Nullable Iterator<ByteBuf> unsent;
  private @Nullable Attempt attempt;
  private @Nullable Outbound up;
  private @Nullable ResponseHead responseHead;
  private long holdMost;
  private @Nullable Pending pending;
  private boolean decoded;
  private boolean upPaused;
  private boolean requestSent;

  private @Nullable Deadline tenure;
  private boolean waiting;
  private @Nullable TransportFault broken;
  private @Nullable UpstreamFault fault;
  private @Nullable Deadline whole;
  private boolean streamed;
  private int spared;
  private int tries = 1;

  private long bodyBegan = -1;
  private boolean stalled;
  private boolean inFlight = true;
  private @Nullable Reply late;

  private int sent;
  private long bytesIn;
  private long bytesOut;

  private Driver(Front front, Worker worker, CallerSide caller, RequestHead head, Walk walk) {
    super(worker);
    this.front = front;
    this.worker = worker;
    this.caller = caller;
    this.head = head;
    this.walk = walk;
    this.most = front.limits().body();
  }

  /// Begins the walk.
  ///
  /// @return null when it could not even begin; the caller has been answered then
  static @Nullable Driver begin(Front front, Worker worker, CallerSide caller, RequestHead head) {
    Walk walk;
    try {
      walk = front.gate().begin(head);
    } catch (RuntimeException fault) {
      LOG.error("a walk could not begin", new Scrubbed(fault));
      caller.head(500, lines(BROKEN), BROKEN.body().length, false);
      caller.bytes(BROKEN.body(), 0, BROKEN.body().length);
      caller.end(null);
      return null;
    }
    front.load().began();
    return new Driver(front, worker, caller, head, walk);
  }

  void start() {
    run(Step.ADMIT);
  }

  boolean over() {
    return phase == Phase.OVER;
  }

  // What the caller does.

  /// Takes over a piece of the request's body.
  void body(ByteBuf piece) {
    if (phase == Phase.OVER || phase == Phase.HELD || broken != null || requestSent) {
      piece.release();
      return;
    }
    bytesIn += piece.readableBytes();
    if (bytesIn > most) {
      piece.release();
      abandon(TransportFault.BODY_TOO_LONG);
    } else if (!added(in(), piece)) {
      abandon(TransportFault.BUDGET_EXHAUSTED);
    } else {
      pumpRequest();
    }
  }

  /// Takes over a piece; where there is no room, who waits for a caller the longest makes some.
  private boolean added(Flow flow, ByteBuf piece) {
    boolean room = worker.budget().has(piece.readableBytes());
    while (!room && worker.relieve(this)) {
      room = worker.budget().has(piece.readableBytes());
    }
    return flow.add(piece);
  }

  @Override
  public void giveUp() {
    front.endings().count(Ending.HELD_TOO_LONG);
    abandon(phase == Phase.HOLDING ? TransportFault.BUDGET_EXHAUSTED : TransportFault.CALLER_SLOW);
  }

  void bodyEnd(@Nullable HttpHeaders trailers) {
    if (phase == Phase.OVER || phase == Phase.HELD || broken != null || requestSent) {
      return;
    }
    in().end(trailers);
    pumpRequest();
  }

  void malformed() {
    abandon(TransportFault.BODY_MALFORMED);
  }

  void gone() {
    abandon(TransportFault.CALLER_GONE);
  }

  void draining() {
    abandon(TransportFault.DRAINING);
  }

  /// There is room again for the reply.
  void callerWritable() {
    if (phase == Phase.STREAMING) {
      pumpResponse();
    }
  }

  // The steps.

  private void run(Step step) {
    Bytes body = Bytes.NONE;
    Object outcome;
    try {
      body = bodyFor(step);
      outcome = call(step, body);
    } catch (WouldWait detour) {
      leaveLoop(step, body);
      return;
    } catch (RuntimeException | StackOverflowError bug) {
      bug(bug);
      return;
    }
    took(outcome, body);
  }

  private Bytes bodyFor(Step step) {
    if (step == Step.PASS) {
      return known(known(pending).next(lastCame()));
    }
    Flow flow = step == Step.JUDGE && plan != null && plan.hold() ? in : null;
    if (step == Step.RELEASE) {
      flow = out;
      ContentCoding coding = coding();
      if (coding != null && flow != null) {
        // Undone off the loop when it is long; the step is simply called again there.
        if (Decoder.isLong(coding, flow.size())) {
          throw WouldWait.INSTANCE;
        }
        return decode(coding, flow.size(), scratchOf(flow));
      }
    }
    return flow == null || flow.size() == 0
        ? Bytes.NONE
        : new Bytes(scratchOf(flow), 0, flow.size());
  }

  private byte[] scratchOf(Flow flow) {
    byte[] scratch = worker.scratch(flow.size());
    flow.copyTo(scratch);
    return scratch;
  }

  private @Nullable ContentCoding coding() {
    return responseHead != null && Coded.of(responseHead.headers()) instanceof Coded.By(var coding)
        ? coding
        : null;
  }

  private Bytes decode(ContentCoding coding, int length, byte[] encoded) {
    Expansion bound = Expansion.of(holdMost, ANSWER_RATIO, length);
    if (Decoder.decode(coding, new Bytes(encoded, 0, length), bound)
        instanceof Decoded.Plain(byte[] plain, int size)) {
      decoded = true;
      return new Bytes(plain, 0, size);
    }
    throw Undecodable.INSTANCE;
  }

  private Object call(Step step, Bytes body) {
    return switch (step) {
      case ADMIT -> walk.admit();
      case JUDGE -> walk.judge(body);
      case RECEIVE -> walk.receive(known(responseHead));
      case PASS -> walk.pass(body);
      case RELEASE -> walk.release(body);
      case UNREACHABLE ->
          spared > 0 ? walk.unreachable(known(fault), spared) : walk.unreachable(known(fault));
      case ABANDON -> walk.abandon(known(broken));
    };
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new GatewardenBug("a step was called before its time");
    }
    return value;
  }

  private void leaveLoop(Step step, Bytes onLoop) {
    waiting = true;
    never();
    caller.pause();
    if (up != null) {
      up.pause();
      upPaused = true;
    }
    ContentCoding coding = step == Step.RELEASE ? coding() : null;
    byte[] own = coding == null ? padded(onLoop) : encodedCopy();
    int length = coding == null ? onLoop.length() : own.length;
    Thread.ofVirtual()
        .name("walk")
        .start(
            () -> {
              Object outcome;
              Bytes body = Bytes.NONE;
              try {
                body = coding == null ? new Bytes(own, 0, length) : decode(coding, length, own);
                outcome = call(step, body);
              } catch (RuntimeException | StackOverflowError bug) {
                outcome = bug;
              }
              Object result = outcome;
              Bytes judged = body;
              worker.loop().execute(() -> back(step, result, judged));
            });
  }

  private static byte[] padded(Bytes onLoop) {
    byte[] own = new byte[onLoop.length() + 16];
    System.arraycopy(onLoop.array(), onLoop.from(), own, 0, onLoop.length());
    return own;
  }

  private byte[] encodedCopy() {
    byte[] own = new byte[out().size()];
    out().copyTo(own);
    return own;
  }

  private void back(Step step, Object outcome, Bytes body) {
    waiting = false;
    if (broken != null && step != Step.ABANDON) {
      TransportFault why = broken;
      broken = null;
      abandon(why);
    } else if (outcome instanceof Throwable bug) {
      bug(bug);
    } else {
      took(outcome, body);
      goneWatch();
      passOn();
    }
  }

  /// Where no body is awaited, reading shows whether the caller is still there.
  private void goneWatch() {
    if (!waiting && phase != Phase.OVER && (head.length() == 0 || requestSent)) {
      caller.resume();
    }
  }

  private void took(Object outcome, Bytes body) {
    try {
      switch (outcome) {
        case Admission admission -> admitted(admission);
        case Judgement judgement -> judged(judgement, body);
        case Reception reception -> received(reception);
        case Walk.Passed(Bytes leaves) -> passed(leaves);
        case Release release -> released(release, body);
        case Reply reply -> answer(reply);
        default -> throw new GatewardenBug("a step had an unknown outcome");
      }
    } catch (RuntimeException | StackOverflowError bug) {
      bug(bug);
    }
  }

  private void admitted(Admission admission) {
    switch (admission) {
      case Admission.Answered(Reply reply) -> answer(reply);
      case Admission.Admitted(BodyPlan admitted) -> {
        plan = admitted;
        most = Math.min(most, admitted.most());
        if (head.length() > most || bytesIn > most) {
          abandon(TransportFault.BODY_TOO_LONG);
        } else if (head.length() != 0 && admitted.hold()) {
          hold();
        } else {
          run(Step.JUDGE);
        }
      }
    }
  }

  private void hold() {
    phase = Phase.HOLDING;
    if (in().ended()) {
      judgeHeld();
    } else {
      worker.waits(this);
      waitsNoMore();
      awaitBody();
      caller.wantBody();
    }
  }

  /// For so long as a body may take of which so much has come, and for one pause at most.
  private void awaitBody() {
    within(bodyTime(front.limits().bodyTime()));
  }

  /// @param pause the longest
  private Duration bodyTime(Duration pause) {
    if (bodyBegan < 0) {
      bodyBegan = worker.now();
    }
    long left = bodyBegan + front.limits().bodyNanos(bytesIn) - worker.now();
    return Duration.ofNanos(Math.clamp(left, 0, pause.toNanos()));
  }

  private void judgeHeld() {
    phase = Phase.DECIDING;
    never();
    worker.waitsNoMore(this);
    waitsAgain();
    run(Step.JUDGE);
  }

  private void judged(Judgement judgement, Bytes body) {
    switch (judgement) {
      case Judgement.Answered(Reply reply) -> answer(reply);
      case Judgement.Forward(Cleared go, Bytes leaves) -> {
        cleared = go;
        if (!leaves.equals(body) && !replaced(leaves)) {
          return;
        }
        phase = Phase.OPENING;
        within(go.deadline());
        watchWhole(go.whole());
        Attempt begun = front.clients().of(worker).open(go, this);
        attempt = begun;
        begun.go();
      }
    }
  }

  /// Puts what goes out in the place of what came.
  private boolean replaced(Bytes leaves) {
    in().release();
    if (in().add(Unpooled.wrappedBuffer(leaves.copy()))) {
      return true;
    }
    abandon(TransportFault.BUDGET_EXHAUSTED);
    return false;
  }

  /// From forwarding until the last byte, whatever moves meanwhile.
  private void watchWhole(@Nullable Duration most) {
    if (most != null) {
      Deadline watch =
          new Deadline(worker) {
            @Override
            protected void expired() {
              if (phase == Phase.SENDING && callerStalls()) {
                // The time went by while the caller sent, which says nothing of the service.
                releaseUpstream();
              }
              upstreamFailed(UpstreamFault.TIMEOUT);
            }
          };
      whole = watch;
      watch.within(most);
    }
  }

  private void received(Reception reception) {
    switch (reception) {
      case Reception.Answered(Reply reply) -> answer(reply);
      case Reception.Hold(long bound) -> collect(bound);
      case Reception.Stream(Walk.ReplyHead reply) -> stream(reply);
      case Reception.Parts parts -> parts(parts);
      case Reception.Switch change -> switchOver(change);
    }
  }

  private void collect(long bound) {
    phase = Phase.COLLECTING;
    holdMost = bound;
    if (fault != null) {
      upstreamFailed(fault);
    } else if (known(responseHead).length() > bound || out != null && out.size() > bound) {
      upstreamFailed(UpstreamFault.BODY_TOO_LONG);
    } else if (out().ended()) {
      release();
    } else {
      within(front.limits().bodyTime());
      resumeUpstream();
    }
  }

  private void release() {
    phase = Phase.RECEIVING;
    never();
    run(Step.RELEASE);
  }

  private void released(Release release, Bytes body) {
    switch (release) {
      case Release.Answered(Reply reply) -> answer(reply);
      case Release.Send(Walk.ReplyHead reply, Bytes leaves, boolean withBody) -> {
        if (withBody && head.method().equals("HEAD")) {
          throw new GatewardenBug("a body was released for a HEAD");
        }
        caller.head(reply.status(), reply.headers(), leaves.length(), decoded);
        begun(reply.status());
        phase = Phase.STREAMING;
        if (!withBody) {
          out().release();
        } else if (decoded || !leaves.equals(body)) {
          replaceHeld(leaves);
        }
        // What was not judged does not leave.
        out().end(null);
        pumpResponse();
      }
    }
  }

  /// Puts what leaves in the place of what came; what the caller is slow to take stays within the
  /// budget.
  private void replaceHeld(Bytes leaves) {
    out().release();
    int from = leaves.from();
    if (caller.writable()) {
      int length = Math.min(leaves.length(), AT_ONCE);
      bytesOut += length;
      caller.bytes(leaves.array(), from, from + length);
      from += length;
    }
    while (from < leaves.to()) {
      int length = Math.min(leaves.to() - from, AT_ONCE);
      if (!added(out(), Unpooled.copiedBuffer(leaves.array(), from, length))) {
        upstreamFailed(UpstreamFault.OVERLOADED);
        return;
      }
      from += length;
    }
  }

  private void stream(Walk.ReplyHead reply) {
    if (fault != null) {
      upstreamFailed(fault);
      return;
    }
    long length = out().ended() ? out().size() : known(responseHead).length();
    if (head.method().equals("HEAD")) {
      String declared = known(responseHead).headers().first("content-length");
      length = declared == null ? -1 : Long.parseLong(declared);
    } else if (out().trailers() != null) {
      length = -1;
    }
    caller.head(reply.status(), reply.headers(), length, false);
    begun(reply.status());
    phase = Phase.STREAMING;
    pumpResponse();
    if (phase == Phase.STREAMING) {
      watchTenure();
    }
  }

  private void parts(Reception.Parts parts) {
    if (fault != null) {
      upstreamFailed(fault);
      return;
    }
    pending = new Pending(parts, worker.budget());
    caller.head(parts.head().status(), parts.head().headers(), -1, false);
    begun(parts.head().status());
    phase = Phase.STREAMING;
    pumpResponse();
    if (phase == Phase.STREAMING) {
      watchTenure();
    }
  }

  private void passed(Bytes leaves) {
    if (phase != Phase.STREAMING) {
      return;
    }
    if (leaves.length() > 0) {
      bytesOut += leaves.length();
      caller.bytes(leaves.array(), leaves.from(), leaves.to());
    }
    known(pending).taken();
  }

  /// Goes on behind a part that had to wait.
  private void passOn() {
    if (pending == null || phase != Phase.STREAMING || waiting) {
      return;
    }
    UpstreamFault why = fault;
    if (why != null) {
      upstreamFailed(why);
    } else {
      pumpResponse();
    }
  }

  private boolean lastCame() {
    return out().ended() && out().size() == 0;
  }

  /// @return whether all of it has passed
  private boolean pumpParts(Pending parts) {
    while (caller.writable() && phase == Phase.STREAMING && !waiting) {
      Bytes next = parts.next(lastCame());
      if (parts.tooLong()) {
        upstreamFailed(UpstreamFault.BODY_TOO_LONG);
        return false;
      }
      if (next != null) {
        run(Step.PASS);
        continue;
      }
      ByteBuf piece = out().poll();
      if (piece == null) {
        return lastCame();
      }
      if (!parts.add(piece)) {
        upstreamFailed(UpstreamFault.OVERLOADED);
        return false;
      }
    }
    return false;
  }

  /// What goes on for longer goes on only while the caller may.
  private void watchTenure() {
    Deadline watch = tenure;
    if (watch == null) {
      watch =
          new Deadline(worker) {
            @Override
            protected void expired() {
              if (stillHolds()) {
                within(TENURE);
              }
            }
          };
      tenure = watch;
    }
    watch.within(TENURE);
  }

  private boolean stillHolds() {
    if (phase != Phase.STREAMING && phase != Phase.SENDING) {
      return false;
    }
    if (walk.holds()) {
      return true;
    }
    abandon(TransportFault.PROOF_ENDED);
    return false;
  }

  private void switchOver(Reception.Switch change) {
    if (fault != null) {
      upstreamFailed(fault);
      return;
    }
    Outbound upstream = known(up);
    never();
    if (whole != null) {
      whole.never();
    }
    String key = known(head.headers().first("sec-websocket-key"));
    WebSocketRelay relay =
        new WebSocketRelay(
            front, worker, change.lease(), walk::holds, this::expelled, this::relayed);
    Channel inFront =
        caller.switchProtocols(change.head().headers(), WebSocketHandshake.accept(key));
    begun(101);
    phase = Phase.SWITCHED;
    relay.begin(inFront, upstream);
  }

  private void expelled() {
    broken = TransportFault.PROOF_ENDED;
    quietly(Step.ABANDON);
  }

  private void relayed(long in, long out) {
    bytesIn += in;
    bytesOut += out;
    left();
    up = null;
    finish();
  }

  // What the upstream does.

  @Override
  public void connected(Outbound connection) {
    if (phase != Phase.OPENING && phase != Phase.SENDING) {
      connection.cancel();
      return;
    }
    try {
      left();
      up = connection;
      phase = Phase.SENDING;
      send(connection);
    } catch (RuntimeException bug) {
      bug(bug);
    }
  }

  private void send(Outbound connection) {
    boolean trailers = "trailers".equals(head.headers().first("te"));
    boolean held = plan != null && plan.hold();
    if (head.length() == 0) {
      requestSent = true;
      connection.start(0, trailers);
    } else if (held) {
      requestSent = false;
      connection.start(in().size(), trailers);
      Iterator<ByteBuf> rest = in().pieces();
      unsent = rest;
      pumpHeld(connection, rest);
    } else {
      requestSent = false;
      connection.start(head.length(), trailers);
      watchTenure();
      pumpRequest();
      if (!requestSent && phase == Phase.SENDING) {
        caller.wantBody();
      }
    }
  }

  /// The body stays held, and counted, until the service answers: it may have to be sent again.
  private void pumpHeld(Outbound connection, Iterator<ByteBuf> rest) {
    while (rest.hasNext() && connection.writable()) {
      connection.data(rest.next().retainedDuplicate());
    }
    if (!rest.hasNext()) {
      requestSent = true;
      unsent = null;
      connection.end(null);
      if (phase != Phase.SENDING) {
        in().release();
      }
      goneWatch();
    }
  }

  @Override
  public void withdrawn() {
    left();
    up = null;
    unsent = null;
    if (phase == Phase.SENDING) {
      phase = Phase.OPENING;
    }
  }

  @Override
  public boolean mayResend() {
    return !streamed;
  }

  private void pumpRequest() {
    Flow flow = in();
    if (phase == Phase.HOLDING) {
      if (flow.ended()) {
        judgeHeld();
      } else {
        awaitBody();
      }
      return;
    }
    Outbound connection = up;
    if (connection != null && unsent != null) {
      pumpHeld(connection, unsent);
      return;
    }
    if (connection == null || requestSent || plan == null || plan.hold()) {
      if (flow.size() > STREAM_AHEAD && (plan == null || !plan.hold())) {
        caller.pause();
      }
      return;
    }
    while (connection.writable() && flow.size() > 0) {
      streamed = true;
      connection.data(known(flow.poll()));
    }
    if (phase == Phase.SENDING && cleared != null) {
      // A stream of HTTP/2 without a declared length may be a conversation, which has its pauses.
      boolean paced = head.length() > 0 || !head.protocol().equals("2");
      within(paced ? bodyTime(cleared.deadline()) : cleared.deadline());
    } else if (phase == Phase.STREAMING) {
      within(front.limits().silence());
    }
    if (flow.drained()) {
      requestSent = true;
      waitsAgain();
      // Trailers of requests end here: nobody judged them, and services take them for headers.
      connection.end(null);
    } else if (flow.size() > 0) {
      caller.pause();
    } else {
      waitsNoMore();
      caller.resume();
    }
  }

  @Override
  public void writable() {
    if (in != null && !requestSent) {
      pumpRequest();
    }
  }

  @Override
  public void head(int status, HttpHeaders headers, long length) {
    if (phase != Phase.SENDING) {
      return;
    }
    boolean upgrades = cleared != null && !cleared.upgrade().isEmpty();
    if (status == 101
        && !(upgrades && WebSocketHandshake.accepted(head.headers(), new WireHeaders(headers)))) {
      upstreamFailed(UpstreamFault.BROKEN_FRAMING);
      return;
    }
    phase = Phase.RECEIVING;
    if (requestSent && in != null) {
      in.release();
    }
    responseHead = new ResponseHead(status, new WireHeaders(headers), length);
    never();
    run(Step.RECEIVE);
  }

  @Override
  public void data(ByteBuf piece) {
    if (phase == Phase.OVER || broken != null) {
      piece.release();
    } else if (!added(out(), piece)) {
      upstreamFailed(UpstreamFault.OVERLOADED);
    } else if (phase == Phase.STREAMING) {
      if (tenure == null || stillHolds()) {
        pumpResponse();
      }
    } else if (phase == Phase.COLLECTING) {
      within(front.limits().bodyTime());
      if (out().size() > holdMost) {
        upstreamFailed(UpstreamFault.BODY_TOO_LONG);
      }
    }
  }

  @Override
  public void end(@Nullable HttpHeaders trailers) {
    left();
    up = null;
    if (phase == Phase.OVER) {
      return;
    }
    out().end(trailers == null ? null : H2Fields.trailers(trailers));
    if (phase == Phase.COLLECTING) {
      release();
    } else if (phase == Phase.STREAMING) {
      pumpResponse();
    }
  }

  @Override
  public void refused(UpstreamFault why, int seconds) {
    spared = seconds;
    failed(why);
  }

  @Override
  public void failed(UpstreamFault why) {
    left();
    up = null;
    upstreamFailed(why);
  }

  private void pumpResponse() {
    if (phase != Phase.STREAMING) {
      return;
    }
    if (pending != null) {
      pumpPending(pending);
      return;
    }
    try {
      Flow flow = out();
      boolean took = false;
      while (caller.writable() && flow.size() > 0) {
        ByteBuf piece = known(flow.poll());
        bytesOut += piece.readableBytes();
        caller.data(piece);
        took = true;
      }
      awaitTaking(took);
      if (flow.drained()) {
        caller.end(flow.trailers());
        finish();
      } else if (flow.size() > 0) {
        pauseUpstream();
      } else {
        resumeUpstream();
      }
    } catch (RuntimeException bug) {
      bug(bug);
    }
  }

  /// Who has no room for what there is takes some in time.
  ///
  /// @param took whether anything was taken just now
  private void awaitTaking(boolean took) {
    boolean blocked = !caller.writable() && out().size() > 0;
    if (!blocked) {
      within(front.limits().silence());
      if (stalled) {
        stalled = false;
        worker.waitsNoMore(this);
      }
    } else if (took || !stalled) {
      within(front.limits().reading());
      if (!stalled) {
        stalled = true;
        worker.waits(this);
      }
    }
  }

  private void pumpPending(Pending parts) {
    try {
      long before = bytesOut;
      boolean done = pumpParts(parts);
      if (phase != Phase.STREAMING || waiting) {
        return;
      }
      awaitTaking(bytesOut > before);
      if (done) {
        caller.end(null);
        finish();
      } else if (out().size() > 0) {
        pauseUpstream();
      } else {
        resumeUpstream();
      }
    } catch (RuntimeException bug) {
      bug(bug);
    }
  }

  private void pauseUpstream() {
    if (up != null && !upPaused) {
      upPaused = true;
      up.pause();
    }
  }

  private void resumeUpstream() {
    if (up != null && upPaused) {
      upPaused = false;
      up.resume();
    }
  }

  // How it ends.

  private void answer(Reply reply) {
    releaseUpstream();
    Duration wait = broken == null ? walk.heldBack() : Duration.ZERO;
    if (wait.isPositive() && front.holdBack(this)) {
      holdBack(reply, wait);
    } else {
      write(reply);
    }
  }

  /// Lets a refusal leave later; nothing of the request is kept meanwhile, and no thread waits.
  private void holdBack(Reply reply, Duration wait) {
    phase = Phase.HELD;
    late = reply;
    waitsNoMore();
    worker.waitsNoMore(this);
    if (in != null) {
      in.release();
    }
    within(wait);
    goneWatch();
  }

  /// Lets a refusal that is held back leave now; from any thread.
  void waitNoLonger() {
    worker
        .loop()
        .execute(
            () -> {
              if (phase == Phase.HELD && late != null) {
                write(letGo());
              }
            });
  }

  /// @return the refusal that was held back
  private Reply letGo() {
    Reply reply = known(late);
    late = null;
    front.letGo(this);
    return reply;
  }

  private void write(Reply reply) {
    caller.head(reply.status(), lines(reply), reply.body().length, false);
    begun(reply.status());
    if (!head.method().equals("HEAD")) {
      bytesOut += reply.body().length;
      caller.bytes(reply.body(), 0, reply.body().length);
    }
    caller.end(null);
    finish();
  }

  /// The answer has begun.
  private void begun(int status) {
    sent = status;
    waitsNoMore();
  }

  /// It counts among them again, once its body is there: callers who are slow are no load.
  private void waitsAgain() {
    if (!inFlight && sent == 0) {
      inFlight = true;
      front.load().began();
    }
  }

  /// It counts no longer among the requests that wait for their answer.
  private void waitsNoMore() {
    if (inFlight) {
      inFlight = false;
      front.load().answered();
    }
  }

  private static HeaderLines lines(Reply reply) {
    return to -> {
      for (Reply.Line line : reply.headers()) {
        to.accept(line.name().toLowerCase(Locale.ROOT), line.value());
      }
    };
  }

  private void abandon(TransportFault why) {
    if (phase == Phase.OVER || phase == Phase.SWITCHED || broken != null) {
      return;
    }
    if (phase == Phase.HELD) {
      if (why == TransportFault.DRAINING) {
        write(letGo());
      } else {
        caller.abort();
        finish();
      }
      return;
    }
    broken = why;
    if (in != null) {
      in.release();
    }
    releaseUpstream();
    if (waiting) {
      return;
    }
    never();
    if (sent == 0 && why != TransportFault.CALLER_GONE) {
      run(Step.ABANDON);
    } else {
      quietly(Step.ABANDON);
      caller.abort();
      finish();
    }
  }

  private void upstreamFailed(UpstreamFault why) {
    if (phase == Phase.OVER || phase == Phase.SWITCHED || phase == Phase.HELD || broken != null) {
      return;
    }
    fault = why;
    if (why == UpstreamFault.TIMEOUT && attempt != null && phase != Phase.STREAMING) {
      attempt.late();
    }
    releaseUpstream();
    if (waiting) {
      return;
    }
    never();
    if (sent == 0) {
      phase = Phase.RECEIVING;
      run(Step.UNREACHABLE);
    } else {
      quietly(Step.UNREACHABLE);
      caller.abort();
      finish();
    }
  }

  /// Tells the walk, whose answer has nowhere to go.
  private void quietly(Step step) {
    try {
      var unused = call(step, Bytes.NONE);
    } catch (WouldWait detour) {
      LOG.debug("{}: nothing is waited for after the reply has begun", walk.id());
    } catch (RuntimeException bug) {
      LOG.error("{}: a walk could not be told of its end", walk.id(), new Scrubbed(bug));
    }
  }

  private void bug(Throwable why) {
    if (why == Undecodable.INSTANCE) {
      upstreamFailed(UpstreamFault.BROKEN_FRAMING);
      return;
    }
    LOG.error("{}: a request failed by our own fault", walk.id(), new Scrubbed(why));
    if (phase == Phase.OVER) {
      return;
    }
    releaseUpstream();
    broken = TransportFault.BUG;
    if (sent != 0) {
      quietly(Step.ABANDON);
      caller.abort();
      finish();
      return;
    }
    Reply reply = BROKEN;
    try {
      reply = walk.abandon(TransportFault.BUG);
    } catch (RuntimeException again) {
      LOG.error("{}: a walk could not be abandoned", walk.id(), new Scrubbed(again));
    }
    try {
      answer(reply);
    } catch (RuntimeException again) {
      LOG.error("{}: a refusal could not be written", walk.id(), new Scrubbed(again));
      caller.abort();
      finish();
    }
  }

  private void releaseUpstream() {
    if (attempt != null) {
      tries = attempt.tries();
      attempt.cancel();
      attempt = null;
    }
    Outbound connection = up;
    if (connection != null) {
      left();
      up = null;
      connection.cancel();
    }
  }

  /// Tells the walk of a connection that is given up, where something of the request went over it.
  private void left() {
    if (up != null && up.begun()) {
      walk.left();
    }
  }

  private void finish() {
    if (phase == Phase.OVER) {
      return;
    }
    phase = Phase.OVER;
    forget();
    waitsNoMore();
    worker.waitsNoMore(this);
    if (late != null) {
      var unsent = letGo();
      LOG.debug("{}: gone before a refusal of {} left", walk.id(), unsent.status());
    }
    if (tenure != null) {
      tenure.forget();
    }
    if (whole != null) {
      whole.forget();
    }
    releaseUpstream();
    unsent = null;
    if (in != null) {
      in.release();
    }
    if (out != null) {
      out.release();
    }
    if (pending != null) {
      pending.release();
    }
    try {
      if (tries != 1) {
        walk.tried(tries);
      }
      walk.end(sent, bytesIn, bytesOut);
    } catch (RuntimeException bug) {
      LOG.error("{}: a walk could not be ended", walk.id(), new Scrubbed(bug));
    }
    caller.next();
  }

  @Override
  protected void expired() {
    switch (phase) {
      case HOLDING -> {
        front.endings().count(Ending.SLOW_BODY);
        abandon(TransportFault.BODY_TIMEOUT);
      }
      case OPENING, COLLECTING, RECEIVING -> upstreamFailed(UpstreamFault.TIMEOUT);
      case SENDING, STREAMING -> {
        if (stalled) {
          front.endings().count(Ending.SLOW_READER);
          abandon(TransportFault.CALLER_SLOW);
          return;
        }
        if (callerStalls()) {
          front.endings().count(Ending.SLOW_BODY);
          abandon(TransportFault.BODY_TIMEOUT);
        } else {
          upstreamFailed(UpstreamFault.TIMEOUT);
        }
      }
      case HELD -> write(letGo());
      case DECIDING, SWITCHED, OVER -> {}
    }
  }

  /// Whether the service has everything of the request that has come, and more is to come.
  private boolean callerStalls() {
    return in != null && !in.ended() && in.size() == 0 && sent == 0;
  }

  private Flow in() {
    Flow flow = in;
    if (flow == null) {
      flow = new Flow(worker.budget());
      in = flow;
    }
    return flow;
  }

  private Flow out() {
    Flow flow = out;
    if (flow == null) {
      flow = new Flow(worker.budget());
      out = flow;
    }
    return flow;
  }
}
