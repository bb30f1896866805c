package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import java.net.URI;

/// What must hold of an API and of the services behind it.
final class ApiChecks {
  private ApiChecks() {}

  static void spot(Api.At spot, Remarks at) {
    String path = spot.path();
    boolean plain =
        path.startsWith("/")
            && (path.length() == 1 || !path.endsWith("/"))
            && !path.contains("//")
            && path.indexOf('?') < 0
            && path.indexOf('#') < 0;
    if (!plain) {
      at.add("path", "`path` is `" + path + "`; it begins with `/` and does not end with one", "");
    }
    String host = spot.host();
    if (host != null && (host.isEmpty() || host.indexOf('/') >= 0 || host.indexOf(':') >= 0)) {
      at.add(
          "host", "`host` is `" + host + "`; it is a host name without scheme, port or path", "");
    }
  }

  static void upstream(Api.UpstreamSettings upstream, Remarks at) {
    at.positive("deadline", upstream.deadline());
    SparingChecks.upstream(upstream, at);
    if (upstream.to().isEmpty()) {
      at.add("to", "there is no address to forward to", "write `to: [http://127.0.0.1:9000]`");
      return;
    }
    boolean excused = upstream.tls() == Api.UpstreamTls.NONE;
    boolean plain = false;
    boolean outside = false;
    for (int i = 0; i < upstream.to().size(); i++) {
      URI to = upstream.to().get(i);
      Node node = at.get("to") instanceof Node.Arr list ? list.items().get(i) : at.at();
      address(to, node, at);
      boolean http = to.getScheme().equals("http");
      plain |= http;
      if (http && !Networks.holds(to)) {
        outside = true;
        if (!excused) {
          at.problems()
              .add(
                  node.place(),
                  "`" + to + "` is plain http and lies on no loopback or private address",
                  "use https, or say `tls: none` with `because`");
        }
      }
    }
    excuse(upstream, at, outside);
    if (upstream.protocol() == Api.Protocol.H2C && !plain) {
      at.add(
          "protocol",
          "`protocol: h2c` has no effect: over TLS the protocol is negotiated",
          "leave it out");
    }
  }

  private static void address(URI to, Node node, Remarks at) {
    if (!to.getScheme().equals("http") && !to.getScheme().equals("https")) {
      at.problems().add(node.place(), "`" + to + "` is neither http nor https");
    }
    String path = to.getRawPath();
    if ((path != null && !path.isEmpty() && !path.equals("/"))
        || to.getRawQuery() != null
        || to.getRawFragment() != null
        || to.getRawUserInfo() != null) {
      at.problems()
          .add(
              node.place(),
              "an upstream's address is scheme, host and port alone",
              "the contract and `at` say the path; credentials never stand in a URL");
    }
  }

  private static void excuse(Api.UpstreamSettings upstream, Remarks at, boolean outside) {
    boolean excused = upstream.tls() == Api.UpstreamTls.NONE;
    if (excused && upstream.because() == null) {
      at.add(
          "tls",
          "`tls: none` needs `because`",
          "say why plain http may leave the private networks");
    }
    if (!excused && upstream.because() != null) {
      at.add("because", "`because` has no effect without `tls: none`", "leave it out");
    }
    if (excused && !outside) {
      at.add(
          "tls",
          "`tls: none` has no effect: no address is plain http beyond the private networks",
          "leave it out");
    }
  }

  static void versions(Versions versions, Remarks at) {
    Integer live = versions.live();
    if (live != null && live < 1) {
      at.add("live", "`live` is " + live + "; at least 1", "");
    }
    if (live == null && versions.of() != null) {
      at.add("of", "`of` has no effect without `live`", "say how many may live, or leave it out");
    }
    if (live == null
        && versions.breaking() == Versions.Breaking.ANY_TIME
        && versions.notice().isZero()) {
      at.add(
          "`versions` promises nothing",
          "write `breaking: new-version`, a `notice` such as `90d`, or `live: 2`");
    }
  }
}
