package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a string must obey: length in code points, a list of values, patterns, formats.
final class StringRule extends Rule {

  /// A limit of the length.
  record Length(Node owner, Keyword word, int limit) {
    boolean holds(int points) {
      return word == Keyword.MAX_LENGTH ? points <= limit : points >= limit;
    }
  }

  /// Texts of which the value must be one.
  record OneOf(Node owner, Keyword word, Names texts) {}

  /// Something the decoded text must be.
  ///
  /// @param glance tells the usual case from the raw bytes, where there is one
  record Content(Node owner, Keyword word, TextTest test, @Nullable Glance glance) {

    Content(Node owner, Keyword word, TextTest test) {
      this(owner, word, test, null);
    }
  }

  /// A judgement over decoded UTF-8.
  @FunctionalInterface
  interface TextTest {
    boolean holds(byte[] text, int from, int to);
  }

  /// A first look at the raw bytes behind an opening quote.
  @FunctionalInterface
  interface Glance {

    /// The closing quote of a text that is as it must be, plain ASCII without escapes; or -1 when
    /// that takes a closer look.
    int quote(byte[] bytes, int from, int to);
  }

  private final Length[] lengths;
  private final OneOf[] lists;
  private final Content[] contents;
  private final @Nullable Glance glance;
  private final int least;
  private final int most;

  StringRule(List<Length> lengths, List<OneOf> lists, List<Content> contents) {
    this.lengths = lengths.toArray(new Length[0]);
    this.lists = lists.toArray(new OneOf[0]);
    this.contents = contents.toArray(new Content[0]);
    glance = lists.isEmpty() && contents.size() == 1 ? contents.getFirst().glance() : null;
    int low = 0;
    int high = Integer.MAX_VALUE;
    for (Length length : lengths) {
      if (length.word() == Keyword.MAX_LENGTH) {
        high = Math.min(high, length.limit());
      } else {
        low = Math.max(low, length.limit());
      }
    }
    least = low;
    most = high;
  }

  @Override
  int scan(Visit v, int at) {
    if (at >= v.to || v.bytes[at] != '"') {
      return otherwise.scan(v, at);
    }
    if (glance != null) {
      int quote = glance.quote(v.bytes, at + 1, v.to);
      int length = quote - at - 1;
      if (length >= least && length <= most && length <= v.bounds.stringBytes()) {
        return quote + 1;
      }
    }
    int quote = Scan.string(v, at + 1);
    if (quote < 0) {
      return quote;
    }
    int bad = v.points < least || v.points > most ? length(v, at) : 0;
    if (bad >= 0 && lists.length + contents.length > 0) {
      bad = text(v, at, quote);
    }
    return bad < 0 ? bad : quote + 1;
  }

  private int length(Visit v, int at) {
    for (Length length : lengths) {
      if (!length.holds(v.points)) {
        int bad = v.fail(at, length.owner(), length.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    return 0;
  }

  private int text(Visit v, int at, int quote) {
    byte[] text = v.bytes;
    int from = at + 1;
    int to = quote;
    if (v.escaped) {
      Scan.decode(v, from, to);
      text = v.text;
      from = 0;
      to = v.textLength;
    }
    for (OneOf list : lists) {
      if (list.texts().find(text, from, to) < 0) {
        int bad = v.fail(at, list.owner(), list.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    for (Content content : contents) {
      if (!content.test().holds(text, from, to)) {
        int bad = v.fail(at, content.owner(), content.word());
        if (bad < 0) {
          return bad;
        }
      }
    }
    return 0;
  }
}
