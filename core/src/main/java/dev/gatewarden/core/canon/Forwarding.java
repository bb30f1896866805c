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

  /// What the caller spoke to the nearest forwarder, `https` or `http`; empty where no trusted one
  /// says so. Of several values the last counts, which that forwarder wrote.
  ///
  /// @param xForwardedProto the `X-Forwarded-Proto` lines, in order
  /// @param forwarded the `Forwarded` lines (RFC 7239, section 5.4), in order
  public static OneReading<String> scheme(
      Ip connection, List<Block> trusted, List<String> xForwardedProto, List<String> forwarded) {
    if ((xForwardedProto.isEmpty() && forwarded.isEmpty()) || !isTrusted(connection, trusted)) {
      return OneReading.of("");
    }
    List<String> listed = hops(xForwardedProto);
    List<String> named = hops(forwarded);
    String byList = listed.isEmpty() ? "" : scheme(listed.getLast());
    String byName = named.isEmpty() ? "" : scheme(parameter(named.getLast(), "proto="));
    boolean odd = !listed.isEmpty() && byList.isEmpty();
    boolean differ = !byList.isEmpty() && !byName.isEmpty() && !byList.equals(byName);
    return odd || differ
        ? OneReading.refused(Ambiguity.FORWARDING)
        : OneReading.of(byList.isEmpty() ? byName : byList);
  }

  /// Whether the other end of a connection is a forwarder whose word counts.
  public static boolean isTrusted(Ip ip, List<Block> trusted) {
    for (int i = 0; i < trusted.size(); i++) {
      if (trusted.get(i).contains(ip)) {
        return true;
      }
    }
    return false;
  }

  private static String scheme(String text) {
    if (text.equalsIgnoreCase("https")) {
      return "https";
    }
    return text.equalsIgnoreCase("http") ? "http" : "";
  }

  private static Ip walk(Ip connection, List<Block> trusted, List<String> lines, boolean named) {
    List<String> hops = hops(lines);
    Ip known = connection;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(known, trusted); i--) {
      Ip seen = address(named ? parameter(hops.get(i), "for=") : hops.get(i));
      if (seen == null) {
        return known;
      }
      known = seen;
    }
    return known;
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

  /// The value of the one parameter of a forwarded element that begins so, or the empty text.
  private static String parameter(String element, String with) {
    String value = "";
    for (String part : element.split(";", -1)) {
      String parameter = part.trim();
      if (parameter.regionMatches(true, 0, with, 0, with.length())) {
        if (!value.isEmpty()) {
          return "";
        }
        value = parameter.substring(with.length());
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
