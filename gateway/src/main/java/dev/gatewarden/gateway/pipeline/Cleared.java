package dev.gatewarden.gateway.pipeline;

import java.time.Duration;

/// A request that every guard has let pass, as it goes out: the only thing that reaches an
/// upstream. Only the Pipeline makes one.
public final class Cleared {
  private final Head head;
  private final Upstreams upstreams;
  private final Duration deadline;
  private final String upgrade;

  Cleared(Head head, Upstreams upstreams, Duration deadline, String upgrade) {
    this.head = head;
    this.upstreams = upstreams;
    this.deadline = deadline;
    this.upgrade = upgrade;
  }

  /// A request of the gate's own, which asks a service about an object before somebody else's
  /// request is judged.
  ///
  /// @param target in origin form, built from typed ids
  public static Cleared lookUp(
      String target, HeaderLines headers, Upstreams upstreams, Duration deadline) {
    String authority = upstreams.places().getFirst().host();
    return new Cleared(new Head("GET", target, authority, headers), upstreams, deadline, "");
  }

  /// The head of the request as it goes out.
  ///
  /// @param method GET where a HEAD is judged by the response it stands for
  /// @param target the canonical target, in origin form
  /// @param authority the `Host` (or `:authority`) the service is addressed by
  /// @param headers without `Host` and without any framing or hop-by-hop field
  public record Head(String method, String target, String authority, HeaderLines headers) {}

  /// The method as it goes out; GET where a HEAD is judged by the response it stands for.
  public String method() {
    return head.method();
  }

  /// The canonical target, in origin form.
  public String target() {
    return head.target();
  }

  /// The `Host` (or `:authority`) the service is addressed by.
  public String authority() {
    return head.authority();
  }

  /// The header lines as they go out, without `Host` and without any framing or hop-by-hop field.
  public HeaderLines headers() {
    return head.headers();
  }

  /// Where it may go; the transport picks a place that is healthy.
  public Upstreams upstreams() {
    return upstreams;
  }

  /// The time from forwarding until the response head is complete; where the body is streamed, from
  /// its last progress.
  public Duration deadline() {
    return deadline;
  }

  /// The protocol to switch to (`websocket`), or empty.
  public String upgrade() {
    return upgrade;
  }
}
