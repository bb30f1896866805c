package dev.gatewarden.core.canon;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a request stands in a distributed trace (W3C Trace Context, section 3.2).
///
/// @param traceId 32 lower-case hexadecimal digits, not all zero
/// @param parentId 16 lower-case hexadecimal digits, not all zero
/// @param flags the two lowest bits: sampled, and that the trace id is random
public record TraceParent(String traceId, String parentId, int flags) {
  private static final String ZERO = "00000000000000000000000000000000";

  /// What the `traceparent` lines of a request say, or null when they say nothing valid: there is
  /// none, more than one, or it is malformed. `tracestate` then counts for nothing either.
  public static @Nullable TraceParent read(List<String> lines) {
    return lines.size() == 1 ? read(lines.getFirst()) : null;
  }

  /// What a text says, or null when it is not valid. A later version is read as far as version 00
  /// goes.
  public static @Nullable TraceParent read(String text) {
    if (text.length() < 55
        || !isHex(text, 0, 2)
        || text.startsWith("ff")
        || text.charAt(2) != '-'
        || !isId(text, 3, 35)
        || text.charAt(35) != '-'
        || !isId(text, 36, 52)
        || text.charAt(52) != '-'
        || !isHex(text, 53, 55)) {
      return null;
    }
    boolean first = text.startsWith("00");
    if (text.length() > 55 && (first || text.charAt(55) != '-')) {
      return null;
    }
    int flags = Characters.hex(text.charAt(54)) & 3;
    return new TraceParent(text.substring(3, 35), text.substring(36, 52), flags);
  }

  /// The first of a trace.
  ///
  /// @param traceId 32 lower-case hexadecimal digits, not all zero
  /// @param parent 64 random bits
  public static TraceParent mint(String traceId, long parent) {
    return new TraceParent(traceId, span(parent), 2);
  }

  /// The same trace as seen from the next hop.
  ///
  /// @param parent 64 random bits that name this hop
  public TraceParent child(long parent) {
    return new TraceParent(traceId, span(parent), flags);
  }

  /// As the header has it, version 00.
  public String text() {
    return "00-" + traceId + "-" + parentId + "-0" + flags;
  }

  private static String span(long bits) {
    String hex = Long.toHexString(bits == 0 ? 1 : bits);
    return ZERO.substring(0, 16 - hex.length()) + hex;
  }

  private static boolean isId(String text, int from, int to) {
    return isHex(text, from, to) && !text.regionMatches(from, ZERO, 0, to - from);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
