package dev.gatewarden.core.canon;

import dev.gatewarden.core.exchange.Query;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a query as names and values, the way forms write them (WHATWG URL,
/// `application/x-www-form-urlencoded`).
///
/// Pairs are parted by `&` alone; a bare semicolon is refused, because some servers part at it too.
/// `+` and `%20` are a space and leave as `%20`. The first `=` parts name from value; a name
/// without one has the empty value. A comma that comes percent-encoded in a value stays so, because
/// lists are parted at the bare ones (RFC 3986, section 2.2). Empty pairs are dropped. A name that
/// occurs twice is kept twice: whether it may is the contract's question. Escapes are decoded once;
/// a value may hold what is itself percent-encoded (a return address does), a name may not.
/// Brackets and other characters that browsers leave bare are accepted and leave encoded.
final class QueryReader {
  /// The most parameters a query may have: what many servers allow, and quadratic look-ups bear.
  static final int MOST = 1000;

  private final String raw;
  private final int most;
  private final boolean form;
  private final List<Query.Pair> pairs = new ArrayList<>(4);
  private @Nullable Ambiguity fault;

  /// The canonical text; null while it is the raw text.
  private @Nullable StringBuilder text;

  private QueryReader(String raw, int most, boolean form) {
    this.raw = raw;
    this.most = most;
    this.form = form;
  }

  static OneReading<Query> read(String raw, int from, int most) {
    return new QueryReader(raw, most, false).pairs(from);
  }

  /// The fields of a form that came as a body. What people type into one need not be NFC.
  static OneReading<Query> form(String raw, int most) {
    return new QueryReader(raw, most, true).pairs(0);
  }

  private OneReading<Query> pairs(int from) {
    int begin = from;
    while (begin <= raw.length()) {
      int end = raw.indexOf('&', begin);
      end = end < 0 ? raw.length() : end;
      if (end > begin) {
        pair(from, begin, end);
      } else {
        rewrite(from, begin);
      }
      if (fault != null) {
        return OneReading.refused(fault);
      }
      begin = end + 1;
    }
    if (pairs.isEmpty()) {
      return OneReading.of(Query.NONE);
    }
    return OneReading.of(new Query(text == null ? raw.substring(from) : text.toString(), pairs));
  }

  private void pair(int from, int begin, int end) {
    int equals = raw.indexOf('=', begin);
    boolean valued = equals >= 0 && equals < end;
    int nameEnd = valued ? equals : end;
    if (nameEnd == begin) {
      fault = Ambiguity.EMPTY_NAME;
      return;
    }
    if (pairs.size() == most) {
      fault = Ambiguity.TOO_MANY_PARAMETERS;
      return;
    }
    boolean plainName = isPlain(begin, nameEnd, false);
    boolean plainValue = !valued || isPlain(nameEnd + 1, end, true);
    if (fault != null) {
      return;
    }
    if (!plainName || !plainValue) {
      rewrite(from, begin);
    }
    String name = plainName ? raw.substring(begin, nameEnd) : decode(begin, nameEnd, true);
    String value =
        !valued
            ? ""
            : plainValue ? raw.substring(nameEnd + 1, end) : decode(nameEnd + 1, end, false);
    pairs.add(new Query.Pair(name, value));
    if (text != null && fault == null) {
      append(name, valued, nameEnd + 1, end);
    }
  }

  /// From here on the canonical text differs from the raw one.
  private void rewrite(int from, int upTo) {
    if (text == null) {
      int kept = upTo > from && raw.charAt(upTo - 1) == '&' ? upTo - 1 : upTo;
      text = new StringBuilder(raw.length() + 16).append(raw, from, kept);
    }
  }

  private void append(String name, boolean valued, int from, int to) {
    StringBuilder out = java.util.Objects.requireNonNull(text);
    if (!out.isEmpty()) {
      out.append('&');
    }
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      write(b, false, out);
    }
    if (valued) {
      out.append('=');
      value(from, to, out);
    }
  }

  private void value(int from, int to, StringBuilder out) {
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        write((byte) (c == '+' ? ' ' : c), true, out);
        continue;
      }
      byte b = PercentBytes.at(raw, i);
      i += 2;
      if (b == ',') {
        Characters.escape(b, out);
      } else {
        write(b, true, out);
      }
    }
  }

  /// Whether a stretch is its own canonical form; notes a character that may not stand there.
  private boolean isPlain(int from, int to, boolean value) {
    boolean plain = true;
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (Characters.isQuery(c) || (value && c == '=')) {
        continue;
      }
      plain = false;
      if (c == ';') {
        fault = Ambiguity.QUERY_SEPARATOR;
      } else if (c == '#') {
        fault = Ambiguity.FRAGMENT;
      } else if (c <= ' ' || c > '~') {
        fault = Ambiguity.ILLEGAL_CHARACTER;
      }
    }
    return plain;
  }

  private String decode(int from, int to, boolean name) {
    PercentBytes bytes = new PercentBytes(raw, from, to, true);
    String decoded = bytes.text();
    Ambiguity why =
        bytes.broken
            ? Ambiguity.BROKEN_ESCAPE
            : decoded == null ? Ambiguity.NOT_UTF8 : judge(decoded, name);
    fault = fault == null ? why : fault;
    return decoded == null ? "" : decoded;
  }

  private @Nullable Ambiguity judge(String text, boolean name) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (name && Character.isISOControl(c))) {
        return Ambiguity.CONTROL_CHARACTER;
      }
      if (name && c == '%' && Characters.isEscape(text, i)) {
        return Ambiguity.DOUBLE_ENCODING;
      }
      if (name && c > 127 && Lookalikes.isInvisible(text.codePointAt(i))) {
        return Ambiguity.INVISIBLE;
      }
    }
    return (form && !name) || Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? null
        : Ambiguity.NOT_NORMALIZED;
  }

  private static void write(byte b, boolean value, StringBuilder to) {
    if (b >= 0 && (Characters.isQuery((char) b) || (value && b == '='))) {
      to.append((char) b);
    } else {
      Characters.escape(b, to);
    }
  }
}
