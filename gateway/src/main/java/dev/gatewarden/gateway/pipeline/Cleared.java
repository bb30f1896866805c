package dev.gatewarden.gateway.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request that every guard has let pass, as it goes out: the only thing that reaches an
/// upstream. Only the Pipeline makes one.
public final class Cleared {
  private final Head head;
  private final Upstreams upstreams;
  private final Within within;
  private final String upgrade;
  private final boolean keyed;

  /// @param keyed whether a key guards it, so that it may come twice where the service heeds that
  Cleared(Head head, Upstreams upstreams, Within within, String upgrade, boolean keyed) {
    this.head = head;
    this.upstreams = upstreams;
    this.within = within;
    this.upgrade = upgrade;
    this.keyed = keyed;
  }

  /// A request of the gate's own, which asks a service about an object before somebody else's
  /// request is judged.
  ///
  /// @param target in origin form, built from typed ids
  public static Cleared lookUp(
      String target, HeaderLines headers, Upstreams upstreams, Duration deadline) {
    String authority = upstreams.places().getFirst().host();
    return new Cleared(
        new Head("GET", target, authority, headers),
        upstreams,
        new Within(deadline, deadline, false),
        "",
        false);
  }

  /// A request of the gate's own, which asks whether one place of a service is well.
  ///
  /// @param target in origin form, as the operator wrote it
  public static Cleared check(String target, Upstreams upstreams, Duration deadline) {
    return lookUp(target, HeaderLines.NONE, upstreams, deadline);
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
    return within.head();
  }

  /// The time from forwarding until the last byte of the answer; null for as long as it goes on.
  public @Nullable Duration whole() {
    return within.whole();
  }

  /// Whether the caller gave the service less time than the operator.
  public boolean hurried() {
    return within.hurried();
  }

  /// The protocol to switch to (`websocket`), or empty.
  public String upgrade() {
    return upgrade;
  }

  /// Whether the service may get it twice: reading, or setting what is set anyway (RFC 9110,
  /// section 9.2.2), or guarded by a key that the service heeds.
  public boolean repeatable() {
    return switch (head.method()) {
      case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> upgrade.isEmpty();
      default -> keyed && upgrade.isEmpty() && upstreams.resilience().retry().keyed();
    };
  }

  /// Whether it only reads (RFC 9110, section 9.2.1).
  public boolean reads() {
    return switch (head.method()) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }
}
