package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.transport.framing.Authorities;
import dev.gatewarden.gateway.transport.framing.Fields;
import dev.gatewarden.gateway.transport.framing.Framing;
import dev.gatewarden.gateway.transport.wire.H2Fields;
import dev.gatewarden.gateway.transport.wire.Limits;
import dev.gatewarden.gateway.transport.wire.WireHeaders;
import dev.gatewarden.gateway.walk.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the head of an HTTP/2 request (RFC 9113, section 8.3.1): either it is sound, or `refusal`
/// says why not.
final class H2Head {
  private @Nullable Framing refusal;
  private @Nullable RequestHead head;

  private H2Head() {}

  @Nullable Framing refusal() {
    return refusal;
  }

  @Nullable RequestHead head() {
    return head;
  }

  /// @param ended whether no body follows
  static H2Head read(Http2Headers fields, boolean ended, Peer peer, Limits limits) {
    H2Head read = new H2Head();
    read.judge(fields, ended, peer, limits);
    return read;
  }

  private void judge(Http2Headers fields, boolean ended, Peer peer, Limits limits) {
    HttpHeaders regular = H2Fields.regular(fields);
    if (regular == null) {
      refusal = Framing.CONNECTION_FIELD;
      return;
    }
    String scheme = peer.encrypted() ? "https" : "http";
    CharSequence method = fields.method();
    CharSequence path = fields.path();
    List<String> hosts = regular.getAll(HttpHeaderNames.HOST);
    refusal =
        !H2Fields.ordered(fields, ":method", ":scheme", ":authority", ":path")
                || method == null
                || path == null
                || fields.scheme() == null
                || !scheme.contentEquals(fields.scheme())
            ? Framing.PSEUDO_HEADER
            : fields.size() > limits.fields() + 4
                ? Framing.TOO_MANY_FIELDS
                : line(method.toString(), path.toString(), limits);
    if (refusal == null) {
      refusal = authority(fields.authority(), hosts);
    }
    long length = length(regular.getAll(HttpHeaderNames.CONTENT_LENGTH), ended);
    String expect = regular.get(HttpHeaderNames.EXPECT);
    if (refusal == null && length < -1) {
      refusal = Framing.LENGTH;
    }
    if (refusal == null && expect != null && !expect.equalsIgnoreCase("100-continue")) {
      refusal = Framing.EXPECTATION;
    }
    if (refusal != null || method == null || path == null) {
      return;
    }
    CharSequence authority = fields.authority();
    head =
        new RequestHead(
            method.toString(),
            path.toString(),
            scheme,
            authority == null ? hosts.getFirst() : authority.toString(),
            new WireHeaders(regular),
            peer,
            "2",
            length,
            "");
  }

  private static @Nullable Framing line(String method, String path, Limits limits) {
    if (method.equals("CONNECT") || method.length() > 32) {
      return Framing.METHOD;
    }
    if (!Fields.name(method)) {
      return Framing.PSEUDO_HEADER;
    }
    if (path.length() > limits.target()) {
      return Framing.TARGET_TOO_LONG;
    }
    boolean server = path.equals("*") && method.equals("OPTIONS");
    return server || path.startsWith("/") && Fields.target(path) ? null : Framing.TARGET;
  }

  private static @Nullable Framing authority(@Nullable CharSequence authority, List<String> hosts) {
    if (hosts.size() > 1 || authority == null && hosts.isEmpty()) {
      return Framing.HOST;
    }
    if (authority != null
        && !hosts.isEmpty()
        && !hosts.getFirst().equalsIgnoreCase(authority.toString())) {
      return Framing.AUTHORITY;
    }
    CharSequence one = authority == null ? hosts.getFirst() : authority;
    return Authorities.valid(one) ? null : Framing.HOST;
  }

  /// The length of the body: 0 for none, -1 when it is not declared, -2 when it is nonsense.
  private static long length(List<String> declared, boolean ended) {
    if (declared.isEmpty()) {
      return ended ? 0 : -1;
    }
    long length = Fields.length(declared.getFirst());
    return declared.size() > 1 || length < 0 || ended && length > 0 ? -2 : length;
  }
}
