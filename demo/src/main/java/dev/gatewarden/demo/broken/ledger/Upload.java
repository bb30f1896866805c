package dev.gatewarden.demo.broken.ledger;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one file of a `multipart/form-data` body (RFC 7578).
///
/// @param name as the sender calls it
record Upload(String name, byte[] bytes) {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]{1,70})\"?");
  private static final Pattern FILE =
      Pattern.compile(
          "content-disposition: *form-data;[^\\r\\n]*filename=\"([^\"\\r\\n]*)\"",
          Pattern.CASE_INSENSITIVE);
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] PDF = {'%', 'P', 'D', 'F', '-'};

  /// @throws Refused when there is none
  static Upload of(Ask ask) {
    String type = ask.header("content-type");
    Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
    if (!ask.type().equals("multipart/form-data") || !boundary.find()) {
      throw new Refused(415, "the body should be multipart/form-data");
    }
    String body = new String(ask.request().body(), StandardCharsets.ISO_8859_1);
    for (String part : body.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      int blank = part.indexOf("\r\n\r\n");
      Matcher file = FILE.matcher(blank < 0 ? "" : part.substring(0, blank));
      if (file.find() && part.endsWith("\r\n") && blank + 4 <= part.length() - 2) {
        byte[] bytes =
            part.substring(blank + 4, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1);
        return new Upload(file.group(1), bytes);
      }
    }
    throw new Refused(400, "there is no file in it");
  }

  /// The type that the name ends with; empty for one that is not taken.
  String typeByName() {
    return name.endsWith(".png") ? "image/png" : name.endsWith(".pdf") ? "application/pdf" : "";
  }

  /// Whether the bytes are of the type that the name ends with.
  boolean honest() {
    return switch (typeByName()) {
      case "image/png" -> begins(PNG);
      case "application/pdf" -> begins(PDF);
      default -> false;
    };
  }

  private boolean begins(byte[] magic) {
    return bytes.length > magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }
}
