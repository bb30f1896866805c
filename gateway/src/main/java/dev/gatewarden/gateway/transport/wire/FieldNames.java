package dev.gatewarden.gateway.transport.wire;

import io.netty.util.AsciiString;

/// Field names, lower case, that need not be made anew for each request.
public final class FieldNames {
  private static final int SLOTS = 512;
  private static final AsciiString[] KNOWN = new AsciiString[SLOTS];

  static {
    String names =
        """
        accept accept-encoding accept-language accept-ranges access-control-allow-credentials access-control-allow-headers
        access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-max-age
        access-control-request-headers access-control-request-method age allow authorization cache-control connection
        content-disposition content-encoding content-language content-length content-location content-range
        content-security-policy content-type cookie date dnt dpop etag expect expires forwarded from grpc-encoding
        grpc-accept-encoding grpc-message grpc-status grpc-timeout host idempotency-key if-match if-modified-since if-none-match
        if-unmodified-since keep-alive last-modified link location max-forwards mcp-session-id origin permissions-policy pragma
        prefer priority proxy-authorization proxy-connection range ratelimit ratelimit-policy referer referrer-policy retry-after
        sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user
        sec-websocket-accept sec-websocket-extensions sec-websocket-key sec-websocket-protocol sec-websocket-version server
        server-timing set-cookie strict-transport-security te traceparent tracestate trailer transfer-encoding upgrade
        upgrade-insecure-requests user-agent vary via warning webhook-id webhook-signature webhook-timestamp www-authenticate
        x-content-type-options x-correlation-id x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto
        x-frame-options x-powered-by x-real-ip x-request-id x-requested-with
        """;
    for (String name : names.split("\\s+")) {
      AsciiString known = AsciiString.cached(name);
      // Two names in one slot: the first stays, the other is made anew each time.
      int slot = slot(known.array(), known.arrayOffset(), known.length());
      if (KNOWN[slot] == null) {
        KNOWN[slot] = known;
      }
    }
  }

  private FieldNames() {}

  /// The name that the bytes spell, in lower case.
  public static AsciiString lower(byte[] a, int from, int length) {
    AsciiString known = KNOWN[slot(a, from, length)];
    if (known != null && same(known, a, from, length)) {
      return known;
    }
    byte[] own = new byte[length];
    for (int i = 0; i < length; i++) {
      own[i] = lower(a[from + i]);
    }
    return new AsciiString(own, false);
  }

  private static boolean same(AsciiString known, byte[] a, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.byteAt(i) != lower(a[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  private static int slot(byte[] a, int from, int length) {
    if (length == 0) {
      return 0;
    }
    int first = lower(a[from]);
    int middle = lower(a[from + length / 2]);
    int last = lower(a[from + length - 1]);
    return (length * 37 + first * 7 + middle * 101 + last * 13) & (SLOTS - 1);
  }
}
