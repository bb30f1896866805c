package dev.gatewarden.core.canon;

import dev.gatewarden.core.address.Block;
import dev.gatewarden.core.address.Ip;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the caller's address behind forwarders that are trusted by configuration.
///
/// The fields are read from right to left, for each forwarder adds on the right: the address of the
/// connection counts until it is a trusted forwarder's, then the address that forwarder saw, and so
/// on. What stands left of the first address that is not trusted anybody may have written.
public final class Forwarding {
  private Forwarding() {}

  /// The caller's address.
  ///
  /// A forwarder that hides whom it saw (`unknown`, an obfuscated name, something unreadable) is
  /// itself the last that is known. With both fields present and telling different callers, there
  /// is no single reading.
  ///
  /// @param connection the other end of the connection
  /// @param trusted whose word counts; where it is empty the fields say nothing
  /// @param xForwardedFor the `X-Forwarded-For` lines, in order
  /// @param forwarded the `Forwarded` lines (RFC 7239), in order
  public static OneReading<Ip> caller(
      Ip connection, List<Block> trusted, List<String> xForwardedFor, List<String> forwarded) {
    if ((xForwardedFor.isEmpty() && forwarded.isEmpty()) || !isTrusted(connection, trusted)) {
      return OneReading.of(connection);
    }
    Ip byList = xForwardedFor.isEmpty() ? null : walk(connection, trusted, xForwardedFor, false);
    Ip byName = forwarded.isEmpty() ? null : walk(connection, trusted, forwarded, true);
    if (byList == null || byName == null) {
      return OneReading.of(byList != null ? byList : byName != null ? byName : connection);
    }
    return byList.equals(byName) ? OneReading.of(byList) : OneReading.refused(Ambiguity.FORWARDING);
  }

  private static Ip walk(Ip connection, List<Block> trusted, List<String> lines, boolean named) {
    List<String> hops = hops(lines);
    Ip known = connection;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(known, trusted); i--) {
      Ip seen = address(named ? forParameter(hops.get(i)) : hops.get(i));
      if (seen == null) {
        return known;
      }
      known = seen;
    }
    return known;
  }

  private static boolean isTrusted(Ip ip, List<Block> trusted) {
    for (int i = 0; i < trusted.size(); i++) {
      if (trusted.get(i).contains(ip)) {
        return true;
      }
    }
    return false;
  }

  /// The elements of a list field, parted at commas outside quotes.
  private static List<String> hops(List<String> lines) {
    List<String> hops = new ArrayList<>();
    for (String line : lines) {
      boolean quoted = false;
      int begin = 0;
      for (int i = 0; i <= line.length(); i++) {
        char c = i == line.length() ? ',' : line.charAt(i);
        quoted = (c == '"') != quoted;
        if (c == ',' && (!quoted || i == line.length())) {
          hops.add(line.substring(begin, i).trim());
          begin = i + 1;
        }
      }
    }
    return hops;
  }

  /// The value of the one `for` of a forwarded element, or the empty text.
  private static String forParameter(String element) {
    String value = "";
    for (String part : element.split(";", -1)) {
      String parameter = part.trim();
      if (parameter.regionMatches(true, 0, "for=", 0, 4)) {
        if (!value.isEmpty()) {
          return "";
        }
        value = parameter.substring(4);
      }
    }
    int last = value.length() - 1;
    boolean quoted = last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"';
    return quoted ? value.substring(1, last) : value;
  }

  /// The address of a node, with or without a port (RFC 7239, section 6), or null.
  private static @Nullable Ip address(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      boolean closed = end > 0 && (end + 1 == node.length() || node.charAt(end + 1) == ':');
      return closed ? Ip.parse(node.substring(1, end)) : null;
    }
    int colon = node.indexOf(':');
    boolean port = colon >= 0 && colon == node.lastIndexOf(':');
    return Ip.parse(port ? node.substring(0, colon) : node);
  }
}
