package dev.gatewarden.acceptance.framing;

import java.util.ArrayList;
import java.util.List;

/// The published families of desynchronization that begin in HTTP/2 and work where a gate writes
/// HTTP/1.1 (J. Kettle, 2021: H2.CL, H2.TE, H2.0, injected lines, split requests; E. Anderson and
/// others: pseudo-fields).
final class H2Families {
  private static final List<String> ODD =
      List.of(
          "\r\n", "\n", "\r", "\u0000", " ", "\t", ":", "\"", ",", "\u000b", "\u007f", "\u0080",
          "\u00a0", "\u00ff");
  private static final String LINES = "\r\nTransfer-Encoding: chunked\r\nX: y";
  private static final String SPLIT = "\r\n\r\n" + Families.CANARY;

  private H2Families() {}

  /// One request.
  ///
  /// @param fields names and values as they are sent; `TAG` stands for a word of its own
  /// @param pieces of its body; a request without any ends with its head
  record Asked(String family, List<String[]> fields, List<String> pieces, List<String[]> trailers) {

    Asked tagged(String tag) {
      return new Asked(
          family,
          replaced(fields, tag),
          pieces.stream().map(piece -> piece.replace(Smuggle.TAG, tag)).toList(),
          replaced(trailers, tag));
    }

    private static List<String[]> replaced(List<String[]> from, String tag) {
      return from.stream()
          .map(
              field ->
                  new String[] {
                    field[0].replace(Smuggle.TAG, tag), field[1].replace(Smuggle.TAG, tag)
                  })
          .toList();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(family);
      fields.forEach(field -> text.append(" | ").append(field[0]).append(": ").append(field[1]));
      return text.toString();
    }
  }

  static List<Asked> all() {
    List<Asked> all = new ArrayList<>();
    for (String method : List.of("POST", "GET", "HEAD")) {
      lengths(method, all);
      if (method.equals("POST") || Boolean.getBoolean("gatewarden.nightly")) {
        codings(method, all);
      }
      injected(method, all);
    }
    pseudo(all);
    trailers(all);
    return all;
  }

  private static List<String[]> head(String method, String... more) {
    List<String[]> fields = new ArrayList<>();
    fields.add(new String[] {":method", method});
    fields.add(new String[] {":scheme", "http"});
    fields.add(new String[] {":authority", "own.example"});
    fields.add(new String[] {":path", "/stream/TAG"});
    fields.add(new String[] {"content-type", "application/octet-stream"});
    for (int i = 0; i < more.length; i += 2) {
      fields.add(new String[] {more[i], more[i + 1]});
    }
    return fields;
  }

  private static void add(List<Asked> all, String family, List<String[]> fields, String... pieces) {
    all.add(new Asked(family, fields, List.of(pieces), List.of()));
  }

  /// H2.CL and H2.0: a length that is not that of the frames.
  private static void lengths(String method, List<Asked> all) {
    for (String length :
        List.of(
            "0",
            "1",
            "4",
            "5",
            "6",
            "1000",
            "05",
            "+5",
            "-5",
            "5, 5",
            "5,6",
            " 5",
            "5 ",
            "0x5",
            "5.0",
            "",
            "5\r\nX: y",
            "18446744073709551621")) {
      add(all, "H2.CL", head(method, "content-length", length), "hello");
      add(all, "H2.CL", head(method, "content-length", length), "he", "llo", Families.CANARY);
      add(all, "H2.CL", head(method, "content-length", length));
      add(all, "H2.CL", head(method, "content-length", length, "content-length", "5"), "hello");
      add(all, "H2.CL", head(method, "Content-Length", length), "hello");
    }
    add(all, "H2.0", head(method), Families.CANARY);
    add(all, "H2.0", head(method), "", "", Families.CANARY, "");
    add(all, "H2.0", head(method, "expect", "100-continue"), Families.CANARY);
    add(all, "H2.0", head(method, "expect", "y 100-continue", "content-length", "5"), "hello");
  }

  /// H2.TE: a coding, in every dress.
  private static void codings(String method, List<Asked> all) {
    String body = "0\r\n\r\n" + Families.CANARY;
    for (String line : Obfuscations.codings()) {
      int colon = line.indexOf(':', 1);
      if (colon > 0) {
        String name = line.substring(0, colon);
        String value = line.substring(colon + 1);
        add(all, "H2.TE", head(method, name, value), body);
        add(
            all,
            "H2.TE",
            head(method, name.toLowerCase(java.util.Locale.ROOT), value.strip()),
            body);
      }
    }
    for (String name :
        List.of(
            "connection", "proxy-connection", "keep-alive", "upgrade", "te", "http2-settings")) {
      for (String value :
          List.of(
              "close",
              "transfer-encoding",
              "upgrade",
              "h2c",
              "trailers",
              "chunked",
              "trailers, chunked")) {
        add(all, "H2 connection fields", head(method, name, value), body);
      }
    }
  }

  /// Lines within names, values and pseudo-fields.
  private static void injected(String method, List<Asked> all) {
    for (String odd : ODD) {
      add(
          all,
          "H2 in a value",
          head(method, "x", "a" + odd + "Transfer-Encoding: chunked"),
          "0\r\n\r\n");
      add(all, "H2 in a value", head(method, "x", odd + "b"), "hello");
      add(all, "H2 in a value", head(method, "x", "a" + odd), "hello");
      add(
          all,
          "H2 in a name",
          head(method, "x" + odd + "transfer-encoding", "chunked"),
          "0\r\n\r\n");
      add(all, "H2 in a name", head(method, odd + "x", "y"), "hello");
      add(all, "H2 in a name", head(method, "x" + odd, "y"), "hello");
      add(
          all,
          "H2 in a name",
          head(method, "transfer-encoding" + odd + " chunked", "y"),
          "0\r\n\r\n");
      for (String pseudo : List.of(":method", ":path", ":authority", ":scheme")) {
        for (String with :
            List.of(odd, odd + LINES, odd + SPLIT, " HTTP/1.1" + LINES, " HTTP/1.1" + SPLIT)) {
          List<String[]> fields = head(method);
          fields.replaceAll(
              field -> field[0].equals(pseudo) ? new String[] {pseudo, field[1] + with} : field);
          add(all, "H2 in " + pseudo, fields, "hello");
        }
      }
    }
    add(all, "H2 split", head(method, "x", "y" + SPLIT), "hello");
    add(all, "H2 split", head(method, "x", "y\r\nContent-Length: 3" + SPLIT), "hello");
    add(all, "H2 split", head(method, "x: y\r\nz", "y"), "hello");
    add(all, "H2 split", head(method, "cookie", "a=b" + LINES, "cookie", "c=d" + SPLIT), "hello");
  }

  /// Pseudo-fields that are missing, repeated, unknown or out of place.
  private static void pseudo(List<Asked> all) {
    for (int i = 0; i < 4; i++) {
      List<String[]> missing = head("POST");
      missing.remove(i);
      add(all, "H2 missing", missing, "hello");
      List<String[]> twice = head("POST");
      twice.add(i, twice.get(i));
      add(all, "H2 twice", twice, "hello");
      List<String[]> late = head("POST");
      late.add(late.remove(i));
      add(all, "H2 late", late, "hello");
      List<String[]> empty = head("POST");
      empty.set(i, new String[] {empty.get(i)[0], ""});
      add(all, "H2 empty", empty, "hello");
    }
    for (String[] extra :
        new String[][] {
          {":status", "200"},
          {":protocol", "websocket"},
          {":foo", "bar"},
          {":", "x"},
          {"", "x"},
          {":path", "/canary/TAG"},
          {":method", "GET"},
          {":authority", "evil.example"},
          {"host", "evil.example"},
          {"host", "own.example"},
          {"Host", "own.example"},
          {"x:y", "z"},
          {"UPPER", "x"},
          {"x-forwarded-host", "evil.example"},
          {"x-original-url", "/canary/TAG"},
          {"x-http-method-override", "DELETE"}
        }) {
      List<String[]> fields = head("POST", extra[0], extra[1]);
      add(all, "H2 extra", fields, "hello");
      List<String[]> first = head("POST");
      first.addFirst(extra);
      add(all, "H2 extra", first, "hello");
    }
    for (String path :
        List.of(
            "*",
            "",
            "held/TAG",
            "http://own.example/held/TAG",
            "//evil.example/TAG",
            "/canary/TAG",
            "/held/TAG#x",
            "/held/TAG HTTP/1.1",
            "/held/\u00e9TAG",
            "?x",
            "/held/TAG?x=%0d%0a")) {
      List<String[]> fields = head("POST");
      fields.set(3, new String[] {":path", path});
      add(all, "H2 path", fields, "hello");
    }
    for (String method :
        List.of(
            "CONNECT",
            "connect",
            "TRACE",
            "PRI",
            "POST GET",
            "POST /canary/TAG HTTP/1.1\r\nHost: x\r\n\r\n",
            "x".repeat(40))) {
      List<String[]> fields = head(method);
      add(all, "H2 method", fields, "hello");
    }
  }

  private static void trailers(List<Asked> all) {
    for (String[] trailer :
        new String[][] {
          {"content-length", "40"},
          {"transfer-encoding", "chunked"},
          {":path", "/canary/TAG"},
          {":method", "GET"},
          {"x", "y\r\nz: w"},
          {"x\r\n", "y"},
          {"host", "evil.example"},
          {"x-sum", "1"},
          {"authorization", "Bearer x"},
          {"X-Upper", "y"},
          {"connection", "close"},
          {"te", "trailers"},
          {"x-request-id", "mine"},
          {"x-forwarded-for", "10.0.0.1"}
        }) {
      List<String[]> last = new ArrayList<>();
      last.add(trailer);
      all.add(new Asked("H2 trailers", head("POST"), List.of("hello"), last));
      all.add(
          new Asked("H2 trailers", head("POST", "content-length", "9"), List.of("hello"), last));
      all.add(new Asked("H2 trailers", head("POST"), List.of(), last));
    }
  }
}
