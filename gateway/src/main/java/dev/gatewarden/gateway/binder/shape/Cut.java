package dev.gatewarden.gateway.binder.shape;

import dev.gatewarden.core.contract.Parameter.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts one text into the items of a list or the members of an object (OpenAPI, "Style Values").
///
/// A percent-encoded comma is data, a bare one parts (RFC 6570, section 3.2.1). Services that
/// decode before they part see it otherwise, so a text that holds one is cut both ways, and has to
/// be good in both. Empty items are refused: some services keep and some drop them.
public final class Cut {
  private final Style style;
  private final boolean explode;
  private final String name;
  private final Decoding decoding;
  private final boolean escapes;

  /// How the text between two delimiters is decoded.
  @FunctionalInterface
  public interface Decoding {
    /// The text stands for itself.
    Decoding NONE = raw -> raw;

    /// The decoded text, or null where it has none.
    @Nullable String of(String raw);
  }

  public Cut(Style style, boolean explode, String name, Decoding decoding) {
    this.style = style;
    this.explode = explode;
    this.name = name;
    this.decoding = decoding;
    this.escapes = ",".equals(decoding.of("%2C"));
  }

  /// How the values of a style must be written, for who wrote them otherwise.
  public String advice(boolean list) {
    String first = list ? "a" : "k,v";
    return switch (style) {
      case LABEL -> explode ? list ? "write `.a.b`" : "write `.k=v`" : "write `." + first + "`";
      case MATRIX ->
          explode && !list
              ? "write `;k=v`"
              : "write `;" + name + "=" + first + "`, and no item empty";
      case SPACE_DELIMITED -> "part the values by `%20`, and leave none empty";
      case PIPE_DELIMITED -> "part the values by `%7C`, and leave none empty";
      case SIMPLE, FORM, DEEP_OBJECT, COOKIE ->
          explode && !list
              ? "write `k=v`, parted by bare commas"
              : "part the values by bare commas, and leave none empty";
    };
  }

  /// Whether the text might be cut in a second way.
  public boolean doubtful(String raw) {
    return escapes && (raw.contains("%2C") || raw.contains("%2c"));
  }

  /// One value, not a list; null where it is not written in its style.
  public @Nullable String scalar(String raw) {
    String inside =
        switch (style) {
          case LABEL -> raw.startsWith(".") ? raw.substring(1) : null;
          case MATRIX -> matrix(raw);
          case SIMPLE, FORM, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT, COOKIE -> raw;
        };
    return inside == null ? null : decoding.of(inside);
  }

  private @Nullable String matrix(String raw) {
    String head = ";" + name;
    return raw.equals(head)
        ? ""
        : raw.startsWith(head + "=") ? raw.substring(head.length() + 1) : null;
  }

  /// A list; null where the text is no list of that style.
  ///
  /// @param decodedFirst whether to read it as a service does that decodes first
  public @Nullable Piece items(String raw, boolean decodedFirst) {
    List<String> parts = parts(raw, true, decodedFirst);
    if (parts == null) {
      return null;
    }
    List<Piece> items = new ArrayList<>(parts.size());
    for (String part : parts) {
      items.add(new Piece.Text(part));
    }
    return new Piece.Items(items);
  }

  /// An object; null where the text is none of that style, or has a name twice.
  public @Nullable Piece members(String raw, boolean decodedFirst) {
    List<String> parts = parts(raw, false, decodedFirst);
    boolean pairs = explode && style != Style.SPACE_DELIMITED && style != Style.PIPE_DELIMITED;
    if (parts == null || (!pairs && parts.size() % 2 != 0)) {
      return null;
    }
    Map<String, Piece> members = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i += pairs ? 1 : 2) {
      String part = parts.get(i);
      int equals = pairs ? part.indexOf('=') : part.length();
      if (equals <= 0) {
        return null;
      }
      String value = pairs ? part.substring(equals + 1) : parts.get(i + 1);
      if (members.put(part.substring(0, equals), new Piece.Text(value)) != null) {
        return null;
      }
    }
    return new Piece.Members(members);
  }

  /// The decoded texts between the delimiters.
  private @Nullable List<String> parts(String raw, boolean list, boolean decodedFirst) {
    String inside = inside(raw);
    if (inside == null) {
      return null;
    }
    String text = decodedFirst ? decoding.of(inside) : inside;
    if (text == null) {
      return null;
    }
    char delimiter = delimiter();
    String item = style == Style.MATRIX && explode && list ? name + "=" : "";
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf(delimiter, from);
      end = end < 0 ? text.length() : end;
      if (!text.startsWith(item, from) || (!decodedFirst && end <= from + item.length())) {
        return null;
      }
      String part = text.substring(from + item.length(), end);
      String decoded = decodedFirst ? part : decoding.of(part);
      if (decoded == null) {
        return null;
      }
      parts.add(decoded);
      from = end + 1;
    }
    return parts;
  }

  private @Nullable String inside(String raw) {
    return switch (style) {
      case LABEL -> raw.startsWith(".") ? raw.substring(1) : null;
      case MATRIX -> explode ? raw.startsWith(";") ? raw.substring(1) : null : matrix(raw);
      // both delimiters can only be percent-encoded in a query, so that nothing tells data from
      // them
      case SPACE_DELIMITED, PIPE_DELIMITED -> decoding.of(raw);
      case SIMPLE, FORM, DEEP_OBJECT, COOKIE -> raw;
    };
  }

  private char delimiter() {
    return switch (style) {
      case LABEL -> explode ? '.' : ',';
      case MATRIX -> explode ? ';' : ',';
      case SPACE_DELIMITED -> ' ';
      case PIPE_DELIMITED -> '|';
      case SIMPLE, FORM, DEEP_OBJECT, COOKIE -> ',';
    };
  }
}
