package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;
import java.util.Locale;

/// Which header lines travel on, and which end at the gate.
final class HeaderRules {
  private HeaderRules() {}

  /// Whether a field belongs to one connection or to framing (RFC 9110, section 7.6.1), so that it
  /// never travels on.
  static boolean hopByHop(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("te");
      case 7 -> name.equalsIgnoreCase("upgrade") || name.equalsIgnoreCase("trailer");
      case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
      case 14 -> name.equalsIgnoreCase("content-length");
      case 16 -> name.equalsIgnoreCase("proxy-connection");
      case 17 -> name.equalsIgnoreCase("transfer-encoding");
      case 18 -> name.equalsIgnoreCase("proxy-authenticate");
      case 19 -> name.equalsIgnoreCase("proxy-authorization");
      default -> false;
    };
  }

  /// Whether a request field proves who calls.
  static boolean credential(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("dpop");
      case 13 -> name.equalsIgnoreCase("authorization");
      default -> false;
    };
  }

  /// Whether a request field is one that only the gate may write: who called, over what, under
  /// which id.
  static boolean forged(String name) {
    return ofAddress(name) || ofForwarder(name);
  }

  private static boolean ofForwarder(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("host");
      case 6 -> name.equalsIgnoreCase("expect") || name.equalsIgnoreCase("x-host");
      case 9 ->
          name.equalsIgnoreCase("forwarded")
              || name.equalsIgnoreCase("x-real-ip")
              || name.equalsIgnoreCase("client-ip");
      case 11 ->
          name.equalsIgnoreCase("traceparent")
              || name.equalsIgnoreCase("x-client-ip")
              || name.equalsIgnoreCase("client-cert");
      case 12 -> name.equalsIgnoreCase("x-request-id");
      default ->
          name.length() > 12
              && (begins(name, "x-forwarded-")
                  || ofCertificate(name)
                  || name.equalsIgnoreCase("x-correlation-id")
                  || name.equalsIgnoreCase("true-client-ip")
                  || name.equalsIgnoreCase("cf-connecting-ip")
                  || name.equalsIgnoreCase("fastly-client-ip"));
    };
  }

  /// Whether a request field is one by which some balancer, framework or server is told another
  /// host, scheme, path, method or source than the request's own. Caches do not key by them.
  private static boolean ofAddress(String name) {
    return switch (name.length()) {
      case 8 -> name.equalsIgnoreCase("x-scheme");
      case 11 -> name.equalsIgnoreCase("x-forwarded") || name.equalsIgnoreCase("x-remote-ip");
      case 12 -> name.equalsIgnoreCase("x-url-scheme");
      case 13 ->
          name.equalsIgnoreCase("forwarded-for")
              || name.equalsIgnoreCase("x-remote-addr")
              || name.equalsIgnoreCase("x-rewrite-url");
      case 14 ->
          name.equalsIgnoreCase("x-original-url")
              || name.equalsIgnoreCase("x-original-uri")
              || name.equalsIgnoreCase("x-backend-host")
              || name.equalsIgnoreCase("x-proxyuser-ip");
      case 15 ->
          name.equalsIgnoreCase("front-end-https")
              || name.equalsIgnoreCase("x-original-host")
              || name.equalsIgnoreCase("x-host-override");
      case 16 -> name.equalsIgnoreCase("x-originating-ip");
      case 17 ->
          name.equalsIgnoreCase("x-original-method") || name.equalsIgnoreCase("x-method-override");
      case 19 -> name.equalsIgnoreCase("x-cluster-client-ip");
      case 20 -> name.equalsIgnoreCase("x-http-host-override");
      default -> false;
    };
  }

  /// Whether a response field is one that only the gate may write, or that speaks to what stands in
  /// front of a service and not to its callers: where else the API is served, over what, by what it
  /// came, and which file a server in front is to send in its place.
  static boolean ofTheGate(String name) {
    return switch (name.charAt(0) | 0x20) {
      case 'a' -> name.equalsIgnoreCase("alt-svc");
      case 'h' -> name.equalsIgnoreCase("http2-settings");
      case 'v' -> name.equalsIgnoreCase("via");
      case 'x' ->
          name.equalsIgnoreCase("x-request-id")
              || name.equalsIgnoreCase("x-sendfile")
              || begins(name, "x-accel-")
              || begins(name, "x-forwarded-")
              || begins(name, "x-lighttpd-send-")
              || begins(name, "x-reproxy-");
      default -> false;
    };
  }

  /// Whether a request field is one by which some balancer or server tells of a client certificate.
  private static boolean ofCertificate(String name) {
    return begins(name, "client-cert-")
        || begins(name, "x-client-cert")
        || begins(name, "ssl-client-")
        || begins(name, "x-ssl-")
        || begins(name, "x-tls-client-")
        || begins(name, "x-amzn-mtls-")
        || begins(name, "x-arr-clientcert")
        || begins(name, "cf-client-cert-")
        || begins(name, "x-mtls-");
  }

  private static boolean begins(String name, String with) {
    return name.regionMatches(true, 0, with, 0, with.length());
  }

  /// Whether a request field would make the upstream leave out what has to be judged: conditions,
  /// ranges, encodings.
  static boolean selective(String name) {
    return switch (name.length()) {
      case 5 -> name.equalsIgnoreCase("range");
      case 8 -> name.equalsIgnoreCase("if-match") || name.equalsIgnoreCase("if-range");
      case 13 -> name.equalsIgnoreCase("if-none-match");
      case 15 -> name.equalsIgnoreCase("accept-encoding");
      case 17 -> name.equalsIgnoreCase("if-modified-since");
      case 19 -> name.equalsIgnoreCase("if-unmodified-since");
      default -> false;
    };
  }

  /// Whether a request field speaks of the encoded body: its coding, and digests of its bytes (RFC
  /// 9530).
  static boolean ofCoding(String name) {
    return switch (name.length()) {
      case 6 -> name.equalsIgnoreCase("digest");
      case 11 -> name.equalsIgnoreCase("content-md5") || name.equalsIgnoreCase("repr-digest");
      case 14 -> name.equalsIgnoreCase("content-digest");
      case 16 -> name.equalsIgnoreCase("content-encoding");
      default -> false;
    };
  }

  /// Whether a response field speaks of the very bytes of the body, so that it is false once they
  /// are others (RFC 9530; RFC 9421).
  static boolean ofBytes(String name) {
    return switch (name.length()) {
      case 6 -> name.equalsIgnoreCase("digest");
      case 9 -> name.equalsIgnoreCase("signature");
      case 11 -> name.equalsIgnoreCase("content-md5") || name.equalsIgnoreCase("repr-digest");
      case 13 -> name.equalsIgnoreCase("accept-ranges") || name.equalsIgnoreCase("content-range");
      case 14 -> name.equalsIgnoreCase("content-digest");
      case 15 -> name.equalsIgnoreCase("signature-input");
      default -> false;
    };
  }

  /// Whether a response field speaks of what the body is, or lets slip what made it.
  static boolean ofBody(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("etag") || name.equalsIgnoreCase("link");
      case 8 -> name.equalsIgnoreCase("location");
      case 12 -> name.equalsIgnoreCase("content-type");
      case 13 -> name.equalsIgnoreCase("last-modified") || name.equalsIgnoreCase("server-timing");
      case 16 ->
          name.equalsIgnoreCase("content-encoding")
              || name.equalsIgnoreCase("content-language")
              || name.equalsIgnoreCase("content-location");
      case 19 -> name.equalsIgnoreCase("content-disposition");
      default -> false;
    };
  }

  /// The fields that `Connection` names besides its own words; nearly always none.
  static List<String> named(Headers headers) {
    String only = headers.first("connection");
    if (only == null
        || only.equalsIgnoreCase("keep-alive")
        || only.equalsIgnoreCase("close")
        || only.equalsIgnoreCase("upgrade")) {
      if (headers.count("connection") < 2) {
        return List.of();
      }
    }
    return headers.all("connection").stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  static boolean isNamed(List<String> named, String name) {
    return !named.isEmpty() && named.contains(name.toLowerCase(Locale.ROOT));
  }
}
