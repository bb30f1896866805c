package dev.gatewarden.gateway.pipeline;

import java.time.Duration;

/// A request that every guard has let pass, as it goes out: the only thing that reaches an
/// upstream. Only the Pipeline makes one.
public final class Cleared {
  private final String method;
  private final String target;
  private final String authority;
  private final HeaderLines headers;
  private final Upstreams upstreams;
  private final Duration deadline;
  private final String upgrade;

  Cleared(
      String method,
      String target,
      String authority,
      HeaderLines headers,
      Upstreams upstreams,
      Duration deadline,
      String upgrade) {
    this.method = method;
    this.target = target;
    this.authority = authority;
    this.headers = headers;
    this.upstreams = upstreams;
    this.deadline = deadline;
    this.upgrade = upgrade;
  }

  /// The method as it goes out; GET where a HEAD is judged by the response it stands for.
  public String method() {
    return method;
  }

  /// The canonical target, in origin form.
  public String target() {
    return target;
  }

  /// The `Host` (or `:authority`) the service is addressed by.
  public String authority() {
    return authority;
  }

  /// The header lines as they go out, without `Host` and without any framing or hop-by-hop field.
  public HeaderLines headers() {
    return headers;
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
