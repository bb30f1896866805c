package dev.gatewarden.acceptance.framing;

import java.util.ArrayList;
import java.util.List;

/// The published families of desynchronization over HTTP/1.1, each as bytes; what is smuggled asks
/// for `/canary`, which the contract does not know.
final class Families {
  static final String HOST = "Host: own.example\r\n";
  static final String CANARY = "GET /canary/TAG HTTP/1.1\r\n" + HOST + "\r\n";
  static final String PREFIX = "GET /canary/TAG HTTP/1.1\r\nX-Rest: ";
  static final String BEFORE = "GET /held/TAGa HTTP/1.1\r\n" + HOST + "\r\n";
  static final String AFTER = "GET /held/TAGz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
  private static final String TYPE = "Content-Type: application/octet-stream\r\n";

  private Families() {}

  static List<Smuggle> all() {
    List<Smuggle> all = new ArrayList<>();
    twoReadings(all);
    noReading(all);
    chunks(all);
    requestLines(all);
    expectations(all);
    upgrades(all);
    paused(all);
    states(all);
    return all;
  }

  static String post(String path, String lines, String body) {
    return "POST " + path + "/TAG HTTP/1.1\r\n" + HOST + TYPE + lines + "\r\n" + body;
  }

  private static String length(String body) {
    return "Content-Length: " + body.replace("TAG", "c00000").length();
  }

  /// CL.TE, TE.CL and TE.TE: a length and a coding, each with the other obfuscated.
  private static void twoReadings(List<Smuggle> all) {
    for (String smuggled : List.of(CANARY, PREFIX)) {
      String ended = "0\r\n\r\n" + smuggled;
      String size = Integer.toHexString(smuggled.replace("TAG", "c00000").length()) + "\r\n";
      String wrapped = size + smuggled + "\r\n0\r\n\r\n";
      for (String coding : Obfuscations.codings()) {
        add(all, "CL.TE", coding, post("/stream", length(ended) + "\r\n" + coding + "\r\n", ended));
        add(
            all,
            "TE.CL",
            coding,
            post("/stream", coding + "\r\nContent-Length: " + size.length() + "\r\n", wrapped));
        add(
            all,
            "TE.TE",
            coding,
            post("/stream", coding + "\r\nTransfer-Encoding: chunked\r\n", ended));
        add(all, "TE.0", coding, post("/stream", coding + "\r\n", wrapped));
        add(
            all,
            "TE.0",
            "OPTIONS " + coding,
            "OPTIONS /stream/TAG HTTP/1.1\r\n" + HOST + coding + "\r\n\r\n" + wrapped);
        add(
            all,
            "TE in HTTP/1.0",
            coding,
            post("/stream", coding + "\r\nConnection: keep-alive\r\n", ended)
                .replace(
                    "HTTP/1.1\r\nHost: own.example\r\nContent-Type",
                    "HTTP/1.0\r\nHost: own.example\r\nContent-Type"));
      }
      for (String each : Obfuscations.lengths(smuggled.replace("TAG", "c00000").length())) {
        add(all, "CL.CL", each, post("/stream", each + "\r\n", smuggled));
        add(all, "CL.CL", "held " + each, post("/held", each + "\r\n", smuggled));
        add(
            all,
            "CL.TE",
            each,
            post("/stream", each + "\r\nTransfer-Encoding: chunked\r\n", ended));
      }
    }
  }

  /// CL.0 and its kin: a body where servers expect none.
  private static void noReading(List<Smuggle> all) {
    for (String method :
        List.of(
            "GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "PUT", "PATCH", "POST", "QUERY", "get",
            "PRI", "CONNECT")) {
      for (String path : List.of("/held", "/stream", "/nowhere", "/held/..", "/none")) {
        for (String smuggled : List.of(CANARY, PREFIX)) {
          String head = method + " " + path + "/TAG HTTP/1.1\r\n" + HOST;
          add(all, "CL.0", method + path, head + length(smuggled) + "\r\n\r\n" + smuggled);
          add(
              all,
              "0.CL",
              method + path,
              head + "Content-Length:\r\n " + smuggled.length() + "\r\n\r\n" + smuggled);
          add(
              all,
              "CL.0 keep-alive",
              method + path,
              head + "Connection: keep-alive\r\n" + length(smuggled) + "\r\n\r\n" + smuggled);
          add(
              all,
              "TE.0",
              method + path,
              head
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + Integer.toHexString(smuggled.replace("TAG", "c00000").length())
                  + "\r\n"
                  + smuggled
                  + "\r\n0\r\n\r\n");
          add(all, "no length", method + path, head + "\r\n" + smuggled);
        }
      }
    }
  }

  /// Chunk sizes, extensions, terminators and trailers.
  private static void chunks(List<Smuggle> all) {
    String coding = "Transfer-Encoding: chunked\r\n";
    for (String end : Obfuscations.ends()) {
      for (String size : Obfuscations.sizes(5)) {
        if (end.equals("\r\n") || size.equals("5") || size.equals("5;a") || size.equals("5;")) {
          add(
              all,
              "chunk size",
              size + end,
              post("/stream", coding, size + end + "hello\r\n0\r\n\r\n" + CANARY));
        }
      }
      add(
          all,
          "chunk end",
          end,
          post("/stream", coding, "5\r\nhello" + end + "0\r\n\r\n" + CANARY));
      add(
          all,
          "last chunk",
          end,
          post("/stream", coding, "5\r\nhello\r\n0" + end + "\r\n" + CANARY));
      add(all, "trailer end", end, post("/stream", coding, "0\r\nX: y" + end + CANARY));
      add(all, "end of all", end, post("/stream", coding, "0\r\n" + end + CANARY));
      add(
          all,
          "end of the head",
          end,
          "POST /stream/TAG HTTP/1.1\r\n"
              + HOST
              + TYPE
              + coding.strip()
              + end
              + end
              + "0\r\n\r\n"
              + CANARY);
    }
    for (String trailer :
        List.of(
            "Content-Length: 40",
            "Transfer-Encoding: chunked",
            "Host: evil.example",
            "Authorization: Bearer x",
            "X-Sum: 1",
            "X-Forwarded-For: 10.0.0.1",
            "Cookie: a=b",
            "Connection: close",
            "Expect: 100-continue",
            " X: folded",
            "X : y",
            "X: a\u0000b",
            "X: a\rb",
            "X: a\nContent-Length: 9",
            ": y",
            "GET /canary/TAG HTTP/1.1",
            "Upgrade: h2c",
            "x-request-id: mine",
            "Set-Cookie: a=b")) {
      add(
          all,
          "trailer",
          trailer,
          post("/stream", coding, "5\r\nhello\r\n0\r\n" + trailer + "\r\n\r\n"));
      add(
          all,
          "trailer",
          "held " + trailer,
          post("/held", coding, "2\r\n{}\r\n0\r\n" + trailer + "\r\n\r\n")
              .replace(TYPE, "Content-Type: application/json\r\n"));
    }
  }

  /// Request lines, HTTP/0.9 and later, authorities.
  private static void requestLines(List<Smuggle> all) {
    for (String line :
        List.of(
            "GET /canary/TAG",
            "GET /held/TAG\n",
            "GET  /held/TAG HTTP/1.1",
            "GET /held/TAG  HTTP/1.1",
            "GET /held/TAG HTTP/1.1 ",
            " GET /held/TAG HTTP/1.1",
            "GET\t/held/TAG HTTP/1.1",
            "GET /held/TAG\tHTTP/1.1",
            "GET /held/TAG\u000bHTTP/1.1",
            "GET\u00a0/held/TAG HTTP/1.1",
            "GET /held/TAG HTTP/1.1\u0000",
            "GET /held/TAG HTTP/1.2",
            "GET /held/TAG HTTP/2",
            "GET /held/TAG HTTP/2.0",
            "GET /held/TAG HTTP/0.9",
            "GET /held/TAG HTTP/11",
            "GET /held/TAG HTTP/01.1",
            "GET /held/TAG http/1.1",
            "GET /held/TAG HTTP/1.1GET",
            "GET /held/TAG HTTP/\r\r1.1",
            "GET /held/TAG#frag HTTP/1.1",
            "GET /held/TAG? HTTP/1.1",
            "GET /held/TAG HTTP/1.1\r\n /canary HTTP/1.1",
            "G\u0000ET /held/TAG HTTP/1.1",
            "GET /held/TAG\u0000 HTTP/1.1",
            "GET /held/TAG%0d%0aX:y HTTP/1.1",
            "GET /held/TAG%20HTTP/1.1%0d%0aHost:x HTTP/1.1",
            "GET /held/TAG\r HTTP/1.1",
            "GET /held/\u00e9TAG HTTP/1.1",
            "GET http://own.example/held/TAG HTTP/1.1",
            "GET http://evil.example/held/TAG HTTP/1.1",
            "GET http://own.example@evil.example/held/TAG HTTP/1.1",
            "GET http:///held/TAG HTTP/1.1",
            "GET //evil.example/held/TAG HTTP/1.1",
            "GET own.example/held/TAG HTTP/1.1",
            "GET @evil.example/held/TAG HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT own.example:80 HTTP/1.1",
            "PRI * HTTP/2.0",
            "GET=\":<>(e),[T];?\" /held/TAG HTTP/1.1",
            "\u0000GET /held/TAG HTTP/1.1",
            "\r\nGET /held/TAG HTTP/1.1",
            "\nGET /held/TAG HTTP/1.1",
            "HTTP/1.1 200 OK",
            "GET /held/TAG HTTP/1.1, GET /canary/TAG HTTP/1.1",
            "GETGET /held/TAG HTTP/1.1",
            "XGET /held/TAG HTTP/1.1")) {
      add(all, "request line", line, line + "\r\n" + HOST + "\r\n");
      add(
          all,
          "request line",
          "with a body " + line,
          line + "\r\n" + HOST + length(CANARY) + "\r\n\r\n" + CANARY);
    }
    for (String host :
        List.of(
            "Host: own.example\r\nHost: evil.example",
            "Host: own.example\r\nHost: own.example",
            "Host: own.example, evil.example",
            "Host:",
            "Host: own.example:0",
            "Host: own.example:99999",
            "Host: own.example:80:81",
            "Host: own.example:",
            "Host: own.example:+80",
            "Host: own.example.",
            "Host: own.example@evil.example",
            "Host: evil@own.example",
            "Host: own.example/held",
            "Host: own.example?x",
            "Host: own.example#",
            "Host: own.example\u0000evil",
            "Host: own.example evil.example",
            "Host : own.example",
            " Host: own.example",
            "Host:\r\n own.example",
            "X: y",
            "Host: \u00f6wn.example",
            "Host: xn--wn-eka.example",
            "Host: own%2eexample",
            "Host: [::1",
            "Host: [::1]evil",
            "Host: 127.1",
            "Host: 0x7f000001",
            "Host_: own.example",
            "host: own.example\r\nHOST: evil.example")) {
      add(all, "host", host, "GET /held/TAG HTTP/1.1\r\n" + host + "\r\n\r\n");
    }
  }

  /// Requests that say they wait, and do not.
  private static void expectations(List<Smuggle> all) {
    for (String expect :
        List.of(
            "Expect: 100-continue",
            "expect: 100-Continue",
            "Expect: 100-continue ",
            "Expect:100-continue",
            "Expect : 100-continue",
            "Expect: y 100-continue",
            "Expect: 100-continue, x",
            "Expect: 100-continue\r\nExpect: 100-continue",
            "Expect: 200-ok",
            "Expect:",
            "Expect: x=y",
            "Expect:\r\n 100-continue",
            "Expect: 100-continue;q=1",
            "Expect: \"100-continue\"",
            "Expect: 100 continue",
            "Expect:\u000b100-continue",
            "Expect: 100-continue\u0000",
            "Expect_: 100-continue")) {
      for (String body : List.of(CANARY, PREFIX)) {
        add(all, "Expect", expect, post("/stream", expect + "\r\n" + length(body) + "\r\n", body));
        add(
            all,
            "0.CL by Expect",
            expect,
            "GET /none/TAG HTTP/1.1\r\n"
                + HOST
                + expect
                + "\r\n"
                + length(body)
                + "\r\n\r\n"
                + body);
        add(
            all,
            "Expect refused",
            expect,
            post("/nowhere", expect + "\r\n" + length(body) + "\r\n", body));
        add(
            all,
            "Expect without a body",
            expect,
            post("/stream", expect + "\r\nContent-Length: 0\r\n", body));
        add(
            all,
            "Expect in HTTP/1.0",
            expect,
            post("/stream", expect + "\r\n" + length(body) + "\r\n", body)
                .replace(
                    "HTTP/1.1\r\nHost: own.example\r\nContent-Type",
                    "HTTP/1.0\r\nHost: own.example\r\nContent-Type"));
      }
    }
  }

  /// Requests to switch protocols, which would make what follows invisible.
  private static void upgrades(List<Smuggle> all) {
    for (String upgrade :
        List.of(
            "Connection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            "Connection: Upgrade\r\nUpgrade: h2c",
            "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AA",
            "Upgrade: h2c",
            "Connection: HTTP2-Settings\r\nHTTP2-Settings: AA",
            "Connection: Upgrade\r\nUpgrade: TLS/1.0",
            "Connection: Upgrade\r\nUpgrade: websocket",
            "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 777\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Connection: Upgrade\r\nUpgrade: websocket, h2c",
            "Connection: upgrade\r\nUpgrade: HTTP/2.0",
            "Connection: Upgrade\r\nUpgrade: connect-udp",
            "Upgrade: websocket\r\nConnection: keep-alive, Upgrade",
            "Connection: Upgrade\r\nUpgrade:")) {
      add(
          all,
          "upgrade",
          upgrade,
          "GET /held/TAG HTTP/1.1\r\n" + HOST + upgrade + "\r\n\r\n" + CANARY);
      add(
          all,
          "upgrade",
          "with a body " + upgrade,
          post("/stream", upgrade + "\r\n" + length(CANARY) + "\r\n", CANARY));
      add(
          all,
          "upgrade",
          "preface " + upgrade,
          "GET /held/TAG HTTP/1.1\r\n"
              + HOST
              + upgrade
              + "\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
              + CANARY);
    }
  }

  /// Early answers, and pauses between head and body.
  private static void paused(List<Smuggle> all) {
    for (String path :
        List.of("/nowhere", "/stream", "/held", "/none", "/held/..;", "/con", "/held/%00")) {
      for (String body : List.of(CANARY, PREFIX)) {
        String head = "POST " + path + "/TAG HTTP/1.1\r\n" + HOST + TYPE;
        all.add(
            Smuggle.of("pause", "length " + path, head + length(body) + "\r\n\r\n", body + AFTER));
        all.add(
            Smuggle.of(
                "pause",
                "half " + path,
                head + length(body) + "\r\n\r\n" + body.substring(0, 9),
                body.substring(9) + AFTER));
        all.add(
            Smuggle.of(
                "pause",
                "chunk " + path,
                head + "Transfer-Encoding: chunked\r\n\r\n",
                "0\r\n\r\n" + AFTER));
        all.add(
            Smuggle.of(
                "pause",
                "in a chunk " + path,
                head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "lo\r\n0\r\n\r\n" + AFTER));
        all.add(
            Smuggle.of(
                "pause", "in the head " + path, head + "Content-", "Length: 0\r\n\r\n" + AFTER));
        all.add(
            Smuggle.of("pause", "given up " + path, head + length(body + body) + "\r\n\r\n", body));
        all.add(
            Smuggle.of(
                "early answer",
                "far too long " + path,
                head + "Content-Length: 1000000\r\n\r\n",
                CANARY.repeat(50)));
      }
    }
  }

  /// What follows a good first request on its connection.
  private static void states(List<Smuggle> all) {
    for (String second :
        List.of(
            "GET /canary/TAG HTTP/1.1\r\n" + HOST,
            "GET /held/TAG HTTP/1.1\r\nHost: evil.example\r\n",
            "GET http://evil.example/held/TAG HTTP/1.1\r\nHost: evil.example\r\n",
            "GET /held/TAG HTTP/1.1\r\n",
            "GET /held/TAG HTTP/1.0\r\n",
            "GET /held/TAG HTTP/1.0\r\n" + HOST,
            "TRACE /held/TAG HTTP/1.1\r\n" + HOST,
            "HEAD /held/TAG HTTP/1.1\r\n" + HOST,
            "GET /held/TAG HTTP/1.1\r\nhost: own.example\r\nX-Forwarded-Host: evil.example\r\n")) {
      all.add(Smuggle.of("state", second, BEFORE + second + "\r\n" + AFTER));
      all.add(Smuggle.of("state", "later " + second, BEFORE, second + "\r\n" + AFTER));
      all.add(
          Smuggle.of(
              "queue",
              "many " + second,
              BEFORE.repeat(8) + second + "\r\n" + BEFORE.repeat(8) + AFTER));
    }
    all.add(
        Smuggle.of(
            "queue",
            "HEAD and GET",
            ("HEAD /held/TAGh HTTP/1.1\r\n" + HOST + "\r\n" + BEFORE).repeat(10) + AFTER));
  }

  /// Alone, and between neighbours on its connection.
  private static void add(List<Smuggle> all, String family, String name, String bytes) {
    all.add(Smuggle.of(family, name, bytes + AFTER));
    if (Boolean.getBoolean("gatewarden.nightly")) {
      all.add(Smuggle.of(family, "behind a neighbour: " + name, BEFORE + bytes + AFTER));
      int half = bytes.length() / 2;
      while (bytes.startsWith("AG", half) || bytes.startsWith("G", half)) {
        half++;
      }
      all.add(
          Smuggle.of(
              family,
              "in two pieces: " + name,
              bytes.substring(0, half),
              bytes.substring(half) + AFTER));
    }
  }
}
