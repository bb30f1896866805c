package dev.gatewarden.core.schema.format;

/// Host names with characters beyond ASCII (RFC 5890 to 5893).
public final class Hostnames {
  private static final int MOST = 256;

  /// What a label may take behind `xn--`.
  private static final int MOST_LABEL = 59;

  private Hostnames() {}

  /// Whether every label may be registered; the four full stops of IDNA separate them.
  public static boolean international(byte[] b, int from, int to) {
    return named(b, from, to, true);
  }

  /// The same for the domain of an address, whose normal form is the sender's business (RFC 6531,
  /// section 3.2).
  static boolean domain(byte[] b, int from, int to) {
    return named(b, from, to, false);
  }

  private static boolean named(byte[] b, int from, int to, boolean composed) {
    if (from == to) {
      return false;
    }
    boolean rightToLeft = false;
    for (int at = from; at < to; ) {
      int point = Utf8.point(b, at);
      rightToLeft |= Bidi.rightToLeft(point);
      at += Utf8.length(point);
    }
    int[] points = new int[MOST];
    int count = 0;
    int ascii = 0;
    for (int at = from; at <= to; ) {
      int point = at < to ? Utf8.point(b, at) : '.';
      at += at < to ? Utf8.length(point) : 1;
      if (point == '.' || point == 0x3002 || point == 0xFF0E || point == 0xFF61) {
        boolean right =
            labelled(points, count, composed) && (!rightToLeft || Bidi.holds(points, count));
        if (!right) {
          return false;
        }
        ascii += count + 1;
        count = 0;
      } else if (count == MOST) {
        return false;
      } else {
        points[count++] = point;
      }
    }
    return ascii - 1 <= 253;
  }

  private static boolean labelled(int[] points, int count, boolean composed) {
    boolean wide = false;
    for (int i = 0; i < count; i++) {
      wide |= points[i] > 127;
    }
    if (wide) {
      int length = Punycode.encode(points, count, new byte[MOST_LABEL]);
      boolean free = !composed && !Contexts.composed(points, count);
      return length >= 0 && (free || label(points, count));
    }
    byte[] text = new byte[count];
    for (int i = 0; i < count; i++) {
      text[i] = (byte) points[i];
    }
    return Addresses.hostname(text, 0, count);
  }

  /// Whether code points form a U-label (RFC 5891, section 4.2).
  static boolean label(int[] points, int count) {
    if (count == 0 || points[0] == '-' || points[count - 1] == '-') {
      return false;
    }
    if (count > 3 && points[2] == '-' && points[3] == '-') {
      return false;
    }
    if (mark(points[0])) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!Contexts.allowed(points, count, i)) {
        return false;
      }
    }
    return Contexts.digitsAgree(points, count)
        && Contexts.composed(points, count)
        && (!Bidi.rightToLeft(points, count) || Bidi.holds(points, count));
  }

  private static boolean mark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
