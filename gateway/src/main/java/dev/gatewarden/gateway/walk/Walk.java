package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One request's walk through the rooms. The transport calls the steps in order, one at a time,
/// from the event loop.
///
/// A step that throws `WouldWait` has had no effect and is called again on a thread that may wait;
/// the calls happen-before one another. A walk that
/// ends early, for whatever reason, is ended by `end`, exactly once, so that its claims are settled
/// and its line is written.
public interface Walk {

  /// Rooms 2 to 4: canonicalizes, routes, and judges INTAKE, IDENTIFY and ADMIT.
  Admission admit();

  /// Rooms 5 and 6: binds the body and judges CONFORM, AUTHORIZE and COMMIT.
  ///
  /// @param body the whole body when `admit` asked to hold it, with zeros behind it; `Bytes.NONE`
  ///     when there is none or when
  ///     it is streamed. It stays as it is only until this call returns
  Judgement judge(Bytes body);

  /// Something of the request has left for the upstream; told once for each connection on which it
  /// has, before `end`.
  default void left() {}

  /// Room 8, first half: what to do with the body of the upstream's response.
  Reception receive(ResponseHead head);

  /// Room 8, second half, for one part of a body that passes in parts: judges RETURN.
  ///
  /// @param part one part, with zeros or other bytes behind it
  default Passed pass(Bytes part) {
    throw new GatewardenBug("nobody asked for the parts of a body");
  }

  /// Room 8, second half, once the body is held: judges RETURN.
  ///
  /// @param body decoded if `receive` said so
  Release release(Bytes body);

  /// The upstream cannot be used: the answer to the caller. Called also when it breaks off while
  /// its response is streamed; the
  /// answer is dropped then, and the caller sees the reply cut off.
  Reply unreachable(UpstreamFault fault);

  /// As `unreachable`, where asking again makes sense after so many seconds.
  default Reply unreachable(UpstreamFault fault, int seconds) {
    return unreachable(fault);
  }

  /// How often the request was sent to the service, where that was not once; called before `end`.
  default void tried(int times) {}

  /// The caller or the transport broke the walk off before a reply was decided (timeout, body too
  /// long, connection gone).
  Reply abandon(TransportFault fault);

  /// Whether the caller may go on with what is under way: the lease has not ended, and nobody shut
  /// the caller out. Asked again and again while a reply is streamed or messages are carried.
  boolean holds();

  /// Room 9: settles claims, records. The last call of every walk.
  ///
  /// @param sent what was answered: the status on the wire, 0 when nothing was sent
  /// @param bytesIn body bytes read from the caller
  /// @param bytesOut body bytes written to the caller
  void end(int sent, long bytesIn, long bytesOut);

  /// The outcome of rooms 2 to 4.
  sealed interface Admission {
    /// The gate answers by itself.
    record Answered(Reply reply) implements Admission {}

    /// The request may go on.
    ///
    /// @param body what to do with its body
    record Admitted(BodyPlan body) implements Admission {}
  }

  /// What to do with a body.
  ///
  /// @param hold whether it is read whole before the next step, or streamed
  /// @param most the most bytes it may have; beyond it the walk is abandoned with `BODY_TOO_LONG`
  record BodyPlan(boolean hold, long most) {}

  /// The outcome of rooms 5 and 6.
  sealed interface Judgement {
    /// The gate answers by itself.
    record Answered(Reply reply) implements Judgement {}

    /// The request may go to the upstream.
    ///
    /// @param body what goes out where the body is held: the bytes that were given to `judge`, or
    ///     what stands in their place
    record Forward(Cleared cleared, Bytes body) implements Judgement {}
  }

  /// The outcome of the first half of room 8.
  sealed interface Reception {
    /// The gate answers by itself; the rest of the upstream's response is dropped.
    record Answered(Reply reply) implements Reception {}

    /// The body is read whole, freed of its content coding within the bound if it is encoded, and
    /// given to `release`.
    record Hold(long most) implements Reception {}

    /// Head and body pass as they come.
    ///
    /// @param head what leaves; the transport adds framing
    record Stream(ReplyHead head) implements Reception {}

    /// The head leaves, and the body passes in parts, each of which is given to `pass`.
    ///
    /// @param head what leaves; the transport adds framing
    /// @param parts where each part ends
    /// @param most the most bytes that one part may have
    record Parts(ReplyHead head, Ends parts, int most) implements Reception {}

    /// The connection switches protocols (101) and carries messages until the lease ends.
    record Switch(ReplyHead head, Lease lease) implements Reception {}
  }

  /// Where the parts of one body end; asked with the bytes of a part as they come.
  @FunctionalInterface
  interface Ends {
    /// The offset behind the part that begins at `from`, or -1 where more has to come.
    ///
    /// @param last whether nothing more comes
    int end(byte[] bytes, int from, int to, boolean last);
  }

  /// What leaves of one part of a body.
  ///
  /// @param leaves empty where nothing does
  record Passed(Bytes leaves) {}

  /// The outcome of RETURN.
  sealed interface Release {
    /// The gate answers in the upstream's place.
    record Answered(Reply reply) implements Release {}

    /// The response leaves.
    ///
    /// @param body what leaves: the held bytes, or a copy with gaps closed
    /// @param withBody false when the head alone leaves (HEAD, 304) with the length of the body it
    ///     stands for
    record Send(ReplyHead head, Bytes body, boolean withBody) implements Release {}
  }

  /// The head of what leaves: status, and header lines without any framing or hop-by-hop field.
  record ReplyHead(int status, HeaderLines headers) {}

  /// How the upstream failed.
  enum UpstreamFault {
    REFUSED,
    RESET,
    TIMEOUT,
    BROKEN_FRAMING,
    BODY_TOO_LONG,
    OVERLOADED,
    /// It failed too often, and is left alone for a while.
    RESTING,
    /// As many requests as may be are at it.
    FULL
  }

  /// How the caller or the transport broke a walk off.
  enum TransportFault {
    BODY_TOO_LONG,
    BODY_TIMEOUT,
    BODY_MALFORMED,
    BUDGET_EXHAUSTED,
    CALLER_GONE,
    /// The caller does not take the reply.
    CALLER_SLOW,
    /// The caller's proof ran out, or was revoked, while the reply was under way.
    PROOF_ENDED,
    DRAINING,
    BUG
  }

  /// How long the refusal that was answered is held back before it leaves; zero for none.
  default Duration heldBack() {
    return Duration.ZERO;
  }

  /// Names the decision, once the walk has begun; for logs of the transport's own faults.
  @Nullable String id();
}
