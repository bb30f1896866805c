package dev.gatewarden.gateway.transport.front;

import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.transport.wire.WireHeaders;
import dev.gatewarden.gateway.walk.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;

/// Reads the head of an HTTP/1.1 request whose framing is sound.
final class H1Head {
  private H1Head() {}

  static RequestHead of(HttpRequest request, Peer peer) {
    HttpHeaders headers = request.headers();
    boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    String host = headers.get(HttpHeaderNames.HOST);
    return new RequestHead(
        request.method().name(),
        origin(request.uri()),
        peer.encrypted() ? "https" : "http",
        host == null ? "" : host,
        new WireHeaders(headers),
        peer,
        old ? "1.0" : "1.1",
        length(request),
        old ? "" : upgrade(headers));
  }

  /// Absolute form becomes origin form; its authority has been found to be that of `Host`.
  private static String origin(String target) {
    if (target.startsWith("/") || target.equals("*")) {
      return target;
    }
    int host = target.indexOf("://") + 3;
    for (int i = host; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/') {
        return target.substring(i);
      }
      if (c == '?') {
        return "/" + target.substring(i);
      }
    }
    return "/";
  }

  private static long length(HttpRequest request) {
    String declared = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    if (declared != null) {
      return Long.parseLong(declared);
    }
    return HttpUtil.isTransferEncodingChunked(request) ? -1 : 0;
  }

  private static String upgrade(HttpHeaders headers) {
    String protocol = headers.get(HttpHeaderNames.UPGRADE);
    return protocol != null && headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
        ? protocol.toLowerCase(Locale.ROOT)
        : "";
  }
}
