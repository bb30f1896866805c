package dev.gatewarden.core.schema.format;

/// Punycode (RFC 3492), as far as a label must be decoded to be judged.
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int MOST = 63;
  private static final int MOST_ENCODED = 128;

  private Punycode() {}

  /// Whether the text behind `xn--` decodes to a label that may stand in a host name.
  static boolean label(byte[] b, int from, int to) {
    int[] points = new int[MOST];
    int count = decode(b, from, to, points);
    if (count <= 0) {
      return false;
    }
    boolean wide = false;
    for (int i = 0; i < count; i++) {
      wide |= points[i] > 127;
    }
    return wide && Hostnames.label(points, count) && encodesTo(points, count, b, from, to);
  }

  /// One label has one encoding; another that decodes to it is a disguise.
  private static boolean encodesTo(int[] points, int count, byte[] b, int from, int to) {
    byte[] again = new byte[MOST_ENCODED];
    int length = encode(points, count, again);
    if (length != to - from) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int c = b[from + i] >= 'A' && b[from + i] <= 'Z' ? b[from + i] + 32 : b[from + i];
      if (again[i] != c) {
        return false;
      }
    }
    return true;
  }

  /// Encodes code points (section 6.3); the length, or -1 when there is no room.
  static int encode(int[] points, int count, byte[] to) {
    int length = 0;
    for (int i = 0; i < count; i++) {
      if (points[i] < 128) {
        to[length++] = (byte) points[i];
      }
    }
    int done = length;
    int basic = length;
    if (basic > 0) {
      to[length++] = '-';
    }
    int n = 128;
    long delta = 0;
    int bias = 72;
    while (done < count) {
      int next = Integer.MAX_VALUE;
      for (int i = 0; i < count; i++) {
        next = points[i] >= n ? Math.min(next, points[i]) : next;
      }
      delta += (long) (next - n) * (done + 1);
      n = next;
      for (int i = 0; i < count; i++) {
        delta += points[i] < n ? 1 : 0;
        if (points[i] != n) {
          continue;
        }
        length = put(delta, bias, to, length);
        if (length < 0) {
          return -1;
        }
        bias = adapt(delta, done + 1, done == basic);
        delta = 0;
        done++;
      }
      delta++;
      n++;
    }
    return length;
  }

  private static int put(long delta, int bias, byte[] to, int start) {
    int length = start;
    long q = delta;
    for (int k = BASE; ; k += BASE) {
      int t = k <= bias ? T_MIN : Math.min(T_MAX, k - bias);
      if (length == to.length) {
        return -1;
      }
      long digit = q < t ? q : t + (q - t) % (BASE - t);
      to[length++] = (byte) (digit < 26 ? 'a' + digit : '0' + digit - 26);
      if (q < t) {
        return length;
      }
      q = (q - t) / (BASE - t);
    }
  }

  /// Decodes into code points; how many, or -1 when it is no punycode (section 6.2).
  private static int decode(byte[] b, int from, int to, int[] points) {
    int count = 0;
    int at = from;
    for (int i = to - 1; i >= from; i--) {
      if (b[i] == '-') {
        for (int k = from; k < i; k++) {
          points[count++] = b[k] >= 'A' && b[k] <= 'Z' ? b[k] + 32 : b[k];
        }
        at = i + 1;
        break;
      }
    }
    int n = 128;
    long i = 0;
    int bias = 72;
    while (at < to) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < to ? digit(b[at++]) : -1;
        if (digit < 0) {
          return -1;
        }
        i += digit * weight;
        int t = k <= bias ? T_MIN : Math.min(T_MAX, k - bias);
        if (i > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
          return -1;
        }
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
      }
      bias = adapt(i - before, count + 1, before == 0);
      n += (int) (i / (count + 1));
      i %= count + 1;
      if (n > Character.MAX_CODE_POINT || n < 128 || count == MOST) {
        return -1;
      }
      System.arraycopy(points, (int) i, points, (int) i + 1, count - (int) i);
      points[(int) i++] = n;
      count++;
    }
    return count;
  }

  private static int digit(byte c) {
    if (c >= '0' && c <= '9') {
      return c - '0' + 26;
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'z' ? letter - 'a' : -1;
  }

  private static int adapt(long first, int count, boolean start) {
    long delta = start ? first / 700 : first / 2;
    delta += delta / count;
    int k = 0;
    while (delta > (BASE - T_MIN) * T_MAX / 2) {
      delta /= BASE - T_MIN;
      k += BASE;
    }
    return k + (int) ((BASE - T_MIN + 1) * delta / (delta + 38));
  }
}
