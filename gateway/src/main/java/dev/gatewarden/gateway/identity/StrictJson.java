package dev.gatewarden.gateway.identity;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the JSON objects of tokens, keys and metadata (RFC 8259, RFC 7493) to plain values: Map,
/// List, String, Long, BigDecimal, Boolean.
///
/// A repeated member name, a lone surrogate, a byte order mark, anything behind the object and
/// anything deeper than sixteen levels is refused. A member that is null is absent.
public final class StrictJson {
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 100;

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  /// The object that the bytes spell, or null when they spell none.
  public static @Nullable Map<String, Object> object(byte[] utf8) {
    try {
      String text = text(utf8);
      StrictJson reader = new StrictJson(text);
      reader.space();
      reader.expect('{');
      Map<String, Object> object = reader.members(1);
      reader.space();
      return reader.at == text.length() ? object : null;
    } catch (CharacterCodingException | NotJson e) {
      return null;
    }
  }

  private static String text(byte[] utf8) throws CharacterCodingException {
    for (byte each : utf8) {
      if (each < 0) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      }
    }
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }

  private @Nullable Object value(int depth) throws NotJson {
    if (depth > DEEPEST) {
      throw NotJson.INSTANCE;
    }
    char c = peek();
    switch (c) {
      case '{':
        at++;
        return members(depth);
      case '[':
        at++;
        return items(depth);
      case '"':
        at++;
        return string();
      case 't':
        return word("true", true);
      case 'f':
        return word("false", false);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, Object> members(int depth) throws NotJson {
    Map<String, Object> members = new LinkedHashMap<>();
    Set<String> absent = Set.of();
    space();
    if (peek() == '}') {
      at++;
      return Map.of();
    }
    while (true) {
      expect('"');
      String name = string();
      space();
      expect(':');
      space();
      Object value = value(depth + 1);
      if (value == null) {
        absent = with(absent, name);
      } else if (members.put(name, value) != null) {
        throw NotJson.INSTANCE;
      }
      if (!another('}')) {
        return distinct(members, absent);
      }
    }
  }

  /// The members that are null are absent, and repeated they are as wrong as others.
  private static Set<String> with(Set<String> absent, String name) throws NotJson {
    Set<String> more = absent.isEmpty() ? new HashSet<>() : absent;
    if (!more.add(name)) {
      throw NotJson.INSTANCE;
    }
    return more;
  }

  private static Map<String, Object> distinct(Map<String, Object> members, Set<String> absent)
      throws NotJson {
    if (!absent.isEmpty() && !Collections.disjoint(absent, members.keySet())) {
      throw NotJson.INSTANCE;
    }
    return Collections.unmodifiableMap(members);
  }

  private List<Object> items(int depth) throws NotJson {
    List<Object> items = new ArrayList<>();
    space();
    if (peek() == ']') {
      at++;
      return List.of();
    }
    while (true) {
      Object item = value(depth + 1);
      // A null among items means nothing to any claim; a text that equals nothing keeps its place.
      items.add(Objects.requireNonNullElse(item, false));
      if (!another(']')) {
        return Collections.unmodifiableList(items);
      }
    }
  }

  private boolean another(char end) throws NotJson {
    space();
    char c = next();
    if (c != ',' && c != end) {
      throw NotJson.INSTANCE;
    }
    space();
    return c == ',';
  }

  private String string() throws NotJson {
    int from = at;
    while (true) {
      char c = next();
      if (c == '"') {
        return text.substring(from, at - 1);
      }
      if (c == '\\') {
        return escaped(from);
      }
      if (c < ' ') {
        throw NotJson.INSTANCE;
      }
    }
  }

  private String escaped(int from) throws NotJson {
    StringBuilder value = new StringBuilder().append(text, from, at - 1);
    at--;
    while (true) {
      char c = next();
      if (c == '"') {
        return paired(value);
      }
      if (c < ' ') {
        throw NotJson.INSTANCE;
      }
      value.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws NotJson {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
          char digit = next();
          int value = digit < 128 ? Character.digit(digit, 16) : -1;
          if (value < 0) {
            throw NotJson.INSTANCE;
          }
          unit = unit << 4 | value;
        }
        yield (char) unit;
      }
      default -> throw NotJson.INSTANCE;
    };
  }

  private static String paired(StringBuilder value) throws NotJson {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          throw NotJson.INSTANCE;
        }
        i++;
      }
    }
    return value.toString();
  }

  private Object number() throws NotJson {
    int from = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    boolean integer = true;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
      integer = false;
    }
    if (at < text.length() && (text.charAt(at) | 32) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      int exponent = at;
      digits();
      integer = false;
      if (at - exponent > 3) {
        throw NotJson.INSTANCE;
      }
    }
    if (at - from > LONGEST_NUMBER) {
      throw NotJson.INSTANCE;
    }
    String literal = text.substring(from, at);
    return integer && literal.length() <= 18 ? Long.valueOf(literal) : new BigDecimal(literal);
  }

  private void digits() throws NotJson {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (from == at) {
      throw NotJson.INSTANCE;
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) throws NotJson {
    if (!text.startsWith(word, at)) {
      throw NotJson.INSTANCE;
    }
    at += word.length();
    return value;
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private void expect(char c) throws NotJson {
    if (next() != c) {
      throw NotJson.INSTANCE;
    }
  }

  private char next() throws NotJson {
    char c = peek();
    at++;
    return c;
  }

  private char peek() throws NotJson {
    if (at >= text.length()) {
      throw NotJson.INSTANCE;
    }
    return text.charAt(at);
  }

  /// The way out of the recursion; never leaves this file.
  private static final class NotJson extends Exception {
    static final NotJson INSTANCE = new NotJson();

    private NotJson() {
      super("not json", null, false, false);
    }
  }
}
