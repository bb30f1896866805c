package dev.gatewarden.gateway.transport.framing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the requests of a connection from one whole text, slowly and obviously.
final class ObviousReader {
  enum Outcome {
    CLEAN,
    INCOMPLETE,
    REFUSED
  }

  private static final Pattern BROKEN_LINE =
      Pattern.compile(
          "(?<!\r)\n|\r(?!\n|\\z)|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]", Pattern.DOTALL);
  private static final Pattern REQUEST_LINE =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\\x21\\x22\\x24-\\x7e]+) HTTP/1\\.([01])");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  final List<String> bodies = new ArrayList<>();
  private final String text;
  private int at;

  private ObviousReader(String text) {
    this.text = text;
  }

  static ObviousReader over(String text) {
    return new ObviousReader(text);
  }

  Outcome read() {
    while (at < text.length()) {
      Outcome one = message();
      if (one != Outcome.CLEAN) {
        return one;
      }
    }
    return Outcome.CLEAN;
  }

  private Outcome message() {
    int end = text.indexOf("\r\n\r\n", at);
    String head = end < 0 ? text.substring(at) : text.substring(at, end);
    if (broken(end < 0 ? head : head + "\r\n")) {
      return Outcome.REFUSED;
    }
    if (end < 0) {
      return Outcome.INCOMPLETE;
    }
    at = end + 4;
    String[] lines = head.split("\r\n", -1);
    Matcher first = REQUEST_LINE.matcher(lines[0]);
    if (!first.matches()) {
      return Outcome.REFUSED;
    }
    List<String[]> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      if (!field.matches()) {
        return Outcome.REFUSED;
      }
      fields.add(new String[] {field.group(1).toLowerCase(Locale.ROOT), field.group(2)});
    }
    if (!targetSound(first.group(1), first.group(2), fields)) {
      return Outcome.REFUSED;
    }
    return body(first.group(3).equals("0"), fields);
  }

  private static boolean broken(String part) {
    return BROKEN_LINE.matcher(part).find();
  }

  private static List<String> values(List<String[]> fields, String name) {
    return fields.stream().filter(f -> f[0].equals(name)).map(f -> f[1]).toList();
  }

  private static boolean targetSound(String method, String target, List<String[]> fields) {
    List<String> hosts = values(fields, "host");
    if (method.equals("CONNECT") || hosts.size() != 1 || !authority(hosts.getFirst())) {
      return false;
    }
    if (target.equals("*")) {
      return method.equals("OPTIONS");
    }
    if (target.startsWith("/")) {
      return true;
    }
    Matcher absolute = Pattern.compile("(?i)https?://([^/?]+).*").matcher(target);
    return absolute.matches() && absolute.group(1).equalsIgnoreCase(hosts.getFirst());
  }

  private static boolean authority(String host) {
    Matcher matcher = AUTHORITY.matcher(host);
    return matcher.matches()
        && (matcher.group(2) == null || Integer.parseInt(matcher.group(2).substring(1)) <= 65535);
  }

  private Outcome body(boolean old, List<String[]> fields) {
    List<String> lengths = values(fields, "content-length");
    List<String> codings = values(fields, "transfer-encoding");
    if (!values(fields, "expect").stream().allMatch(e -> e.equalsIgnoreCase("100-continue"))
        || lengths.size() + codings.size() > 1) {
      return Outcome.REFUSED;
    }
    if (!codings.isEmpty()) {
      return old || !codings.getFirst().equalsIgnoreCase("chunked") ? Outcome.REFUSED : chunks();
    }
    if (lengths.isEmpty()) {
      bodies.add("");
      return Outcome.CLEAN;
    }
    if (!lengths.getFirst().matches("[0-9]{1,18}")) {
      return Outcome.REFUSED;
    }
    long length = Long.parseLong(lengths.getFirst());
    if (length > text.length() - at) {
      at = text.length();
      return Outcome.INCOMPLETE;
    }
    bodies.add(text.substring(at, at + (int) length));
    at += (int) length;
    return Outcome.CLEAN;
  }

  private Outcome chunks() {
    StringBuilder body = new StringBuilder();
    while (true) {
      Matcher size = Pattern.compile("\\G([0-9A-Fa-f]{1,8})\r\n").matcher(text);
      if (!size.find(at)) {
        String left = text.substring(at);
        return left.matches("([0-9A-Fa-f]{1,8}\r?)?") && fits(left)
            ? Outcome.INCOMPLETE
            : Outcome.REFUSED;
      }
      long length = Long.parseLong(size.group(1), 16);
      if (length > Integer.MAX_VALUE) {
        return Outcome.REFUSED;
      }
      at = size.end();
      if (length == 0) {
        return trailers(body);
      }
      if (at + length > text.length()) {
        return Outcome.INCOMPLETE;
      }
      body.append(text, at, at + (int) length);
      at += (int) length;
      String end = text.substring(at, Math.min(text.length(), at + 2));
      if (!"\r\n".startsWith(end)) {
        return Outcome.REFUSED;
      }
      if (end.length() < 2) {
        return Outcome.INCOMPLETE;
      }
      at += 2;
    }
  }

  private static boolean fits(String left) {
    return !left.endsWith("\r") || Long.parseLong(left.trim(), 16) <= Integer.MAX_VALUE;
  }

  private Outcome trailers(StringBuilder body) {
    if (text.startsWith("\r\n", at)) {
      at += 2;
      bodies.add(body.toString());
      return Outcome.CLEAN;
    }
    int end = text.indexOf("\r\n\r\n", at);
    String part = end < 0 ? text.substring(at) : text.substring(at, end) + "\r\n";
    if (broken(part)) {
      return Outcome.REFUSED;
    }
    if (end < 0) {
      return Outcome.INCOMPLETE;
    }
    for (String line : text.substring(at, end).split("\r\n", -1)) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches() || !Fields.allowedInTrailer(field.group(1).toLowerCase(Locale.ROOT))) {
        return Outcome.REFUSED;
      }
    }
    at = end + 4;
    bodies.add(body.toString());
    return Outcome.CLEAN;
  }
}
