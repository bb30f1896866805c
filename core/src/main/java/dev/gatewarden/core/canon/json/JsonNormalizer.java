package dev.gatewarden.core.canon.json;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings a JSON document into the form that a contract declares. What is not declared keeps its
/// bytes; a document that is in its form already is returned as it is.
public final class JsonNormalizer {
  private static final int DEEPEST = 1_000;

  private final JsonLexer lexer;
  private final int from;
  private @Nullable JsonOut out;

  /// Up to where the document was copied.
  private int copied;

  private boolean changed;

  private JsonNormalizer(Bytes json) {
    this.lexer = new JsonLexer(json.array(), json.to());
    this.from = json.from();
    this.copied = json.from();
  }

  /// The document in its form; null where it is no JSON, which is the schema's business to refuse.
  public static @Nullable Bytes apply(NormalForm form, Bytes json) {
    JsonNormalizer normalizer = new JsonNormalizer(json);
    int end = normalizer.value(form, normalizer.lexer.space(json.from()), DEEPEST);
    if (end < 0 || normalizer.lexer.space(end) != json.to()) {
      return null;
    }
    return normalizer.changed ? normalizer.rest() : json;
  }

  private Bytes rest() {
    JsonOut all = copiedUpTo(lexer.to);
    return new Bytes(all.bytes, 0, all.length);
  }

  private JsonOut copiedUpTo(int place) {
    JsonOut here = out;
    if (here == null) {
      // room behind the end, for whoever reads words at once
      here = new JsonOut(lexer.to - from + 16);
      out = here;
    }
    here.put(lexer.bytes, copied, place);
    copied = place;
    return here;
  }

  private int value(@Nullable NormalForm form, int at, int depth) {
    if (form == null || at >= lexer.to || depth < 0) {
      return lexer.value(at, depth);
    }
    return switch (lexer.bytes[at]) {
      case '"' -> text(form, at);
      case '{' -> object(form, at, depth);
      case '[' -> array(form, at, depth);
      default -> lexer.value(at, depth);
    };
  }

  private int text(NormalForm form, int at) {
    int close = lexer.quote(at);
    if (close < 0) {
      return -1;
    }
    if (!form.text.isEmpty()) {
      String before = lexer.text(at, close);
      String after = form.text.of(before);
      if (!after.equals(before)) {
        copiedUpTo(at).quoted(after);
        copied = close + 1;
        changed = true;
      }
    }
    return close + 1;
  }

  private int object(NormalForm form, int from, int depth) {
    int at = lexer.space(from + 1);
    if (lexer.is(at, '}')) {
      return at + 1;
    }
    while (true) {
      int close = lexer.quote(at);
      int value = close < 0 ? -1 : lexer.behindName(at);
      if (value < 0) {
        return -1;
      }
      NormalForm member = form.ofMembers() ? form.member(lexer.text(at, close)) : null;
      at = value(member, value, depth - 1);
      if (at < 0) {
        return -1;
      }
      at = lexer.space(at);
      if (lexer.is(at, '}')) {
        return at + 1;
      }
      if (!lexer.is(at, ',')) {
        return -1;
      }
      at = lexer.space(at + 1);
    }
  }

  private int array(NormalForm form, int from, int depth) {
    int at = lexer.space(from + 1);
    if (lexer.is(at, ']')) {
      return at + 1;
    }
    Set<String> seen = form.uniqueItems ? new HashSet<>() : Set.of();
    int separator = at;
    for (int i = 0; ; i++) {
      NormalForm item = i < form.prefix.size() ? form.prefix.get(i) : form.items;
      int mark = form.uniqueItems ? copiedUpTo(separator).length : 0;
      int start = at;
      at = value(item, start, depth - 1);
      if (at < 0) {
        return -1;
      }
      if (form.uniqueItems) {
        leaveOut(seen, mark, start - separator, at, depth);
      }
      at = lexer.space(at);
      if (lexer.is(at, ']')) {
        return at + 1;
      }
      if (!lexer.is(at, ',')) {
        return -1;
      }
      separator = at;
      at = lexer.space(at + 1);
    }
  }

  /// Takes an item back that was there before.
  ///
  /// @param mark where the item and its comma begin in what was copied
  /// @param lead how long comma and white space are
  private void leaveOut(Set<String> seen, int mark, int lead, int end, int depth) {
    JsonOut all = copiedUpTo(end);
    byte[] form = CanonicalJson.comparable(all.bytes, mark + lead, all.length, depth);
    if (form != null && !seen.add(new String(form, StandardCharsets.ISO_8859_1))) {
      all.length = mark;
      changed = true;
    }
  }
}
