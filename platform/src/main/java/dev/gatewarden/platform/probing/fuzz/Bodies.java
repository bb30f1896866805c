package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Draft;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Objects as forms: a list is a name several times, what is deeper is JSON.
final class Bodies {
  static final String BOUNDARY = "probe-6f1c1f640d3a";

  /// The least that is a file of its type: what a service reads in it must be there.
  private static final Map<String, byte[]> FILES =
      Map.of(
          "image/png",
          Base64.getDecoder()
              .decode(
                  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
          "image/gif",
          Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
          "application/pdf",
          "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
              .getBytes(StandardCharsets.US_ASCII));

  private Bodies() {}

  /// `application/x-www-form-urlencoded`.
  static String form(Obj form) {
    StringBuilder text = new StringBuilder();
    for (Draft.Pair each : pairs(form)) {
      text.append(text.isEmpty() ? "" : "&")
          .append(Draft.encoded(each.name()))
          .append('=')
          .append(Draft.encoded(each.value()));
    }
    return text.toString();
  }

  static List<Draft.Pair> pairs(Obj form) {
    List<Draft.Pair> pairs = new ArrayList<>();
    for (Member each : form.entries()) {
      List<Node> all =
          each.value() instanceof Arr(var _, List<Node> items) ? items : List.of(each.value());
      all.forEach(one -> pairs.add(new Draft.Pair(each.name(), Writing.plain(one))));
    }
    return pairs;
  }

  /// `multipart/form-data` (RFC 7578).
  ///
  /// @param files the members that are files
  /// @param encoding what the contract says of each part, or null
  static byte[] parts(Obj form, List<String> files, @Nullable Node encoding, String boundary) {
    java.io.ByteArrayOutputStream to = new java.io.ByteArrayOutputStream();
    for (Member each : form.entries()) {
      List<Node> all =
          each.value() instanceof Arr(var _, List<Node> items) ? items : List.of(each.value());
      for (Node one : all) {
        part(
            each.name(),
            one,
            files.contains(each.name()),
            type(encoding, each.name()),
            boundary,
            to);
      }
    }
    to.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return to.toByteArray();
  }

  private static void part(
      String name,
      Node value,
      boolean file,
      String said,
      String boundary,
      java.io.ByteArrayOutputStream to) {
    StringBuilder head = new StringBuilder("--" + boundary + "\r\n");
    head.append("Content-Disposition: form-data; name=\"").append(name).append('"');
    byte[] content = Writing.plain(value).getBytes(StandardCharsets.UTF_8);
    if (file) {
      String type = said.isEmpty() ? "application/octet-stream" : said;
      head.append("; filename=\"probe.").append(ending(type)).append('"');
      head.append("\r\nContent-Type: ").append(type);
      content = FILES.getOrDefault(type, content);
    } else if (Json.scalar(value) == null) {
      head.append("\r\nContent-Type: application/json");
    }
    to.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    to.writeBytes(content);
    to.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static String ending(String type) {
    return switch (type) {
      case "application/octet-stream" -> "bin";
      case "text/plain" -> "txt";
      default -> type.substring(type.indexOf('/') + 1);
    };
  }

  /// The first type that the contract names for a part.
  private static String type(@Nullable Node encoding, String name) {
    String types =
        encoding == null ? null : Json.scalar(Json.at(encoding, List.of(name, "contentType")));
    String first = types == null ? "" : types.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
    return first.contains("*") ? "" : first;
  }
}
