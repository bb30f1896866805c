package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Everything one judgement writes down: reusable, owned by one thread, grown on demand and never
/// shrunk below its use.
///
/// What is read afterwards ([#spans()]) stays valid until the next judgement or [#reset()].
public final class Visit {
  private static final byte[] NOTHING = new byte[0];

  byte[] bytes = NOTHING;
  int from;
  int to;
  Bounds bounds = Bounds.DEFAULT;

  int depth;
  long steps;
  boolean exhausted;

  /// Whether marked values are written down now, or a branch is only tried.
  boolean recording;

  /// How many readers of this value come after the first, so that a span may be there already.
  int again;

  /// How many items are being read now that `contains` will read again.
  int awaited;

  /// How many values are being judged now that are read several times.
  int composites;

  /// Where the member or item being judged begins: the separator before it, and its name (-1 for
  /// items).
  int separator;

  int name;

  /// Of the name read last that was not expected: its number or -1, and its closing quote.
  int found;

  int quote;

  /// Of the string scanned last: its length in code points, and whether it holds an escape.
  int points;

  boolean escaped;

  /// Behind the value hashed last.
  int hashed;

  private long[] hashes = new long[16];
  private int hashCount;

  /// The string decoded last.
  byte[] text = new byte[256];

  int textLength;

  /// The significant digits of the number read last, without zeros at either end.
  byte[] digits = new byte[64];

  int digitCount;
  int scale;
  boolean negative;

  /// Whether looking ahead met something that is not JSON.
  boolean torn;

  /// Of the number scanned last: whether it is a whole literal of at most 18 digits, and which.
  boolean small;

  long value;

  private int[] levels = new int[64 * Skip.LEVEL];

  private long[] words = new long[64];
  int wordTop;

  final KeySet keys;
  final Memo memo = new Memo();
  final Spans spans = new Spans();
  @Nullable Explanation explanation;

  /// @param seed a number no caller can know, so that nobody can choose names that collide
  public Visit(long seed) {
    keys = new KeySet(seed);
  }

  /// Whether what is read now is read more often than this once.
  boolean severalTimes() {
    return (again | awaited | composites) > 0;
  }

  /// The marked values of the document judged last; meaningful when it was valid.
  public Spans spans() {
    return spans;
  }

  /// Forgets the document.
  public void reset() {
    bytes = NOTHING;
    from = 0;
    to = 0;
    depth = 0;
    exhausted = false;
    again = 0;
    awaited = 0;
    composites = 0;
    recording = true;
    separator = 0;
    name = -1;
    wordTop = 0;
    hashCount = 0;
    keys.release(0);
    memo.clear();
    spans.clear();
    explanation = null;
  }

  void begin(byte[] document, int start, int end, Bounds limits) {
    reset();
    bytes = document;
    from = start;
    to = end;
    separator = end;
    bounds = limits;
    steps = 1_000_000L + (long) limits.stepsPerByte() * (end - start);
  }

  /// A violation of a schema: the complement of the offset, or zero when an explanation goes on
  /// behind it.
  int fail(int at, @Nullable Node owner, Keyword word) {
    return fail(at, owner, word, "");
  }

  int fail(int at, @Nullable Node owner, Keyword word, String detail) {
    if (explanation == null) {
      return ~at;
    }
    return explanation.add(at, owner, word, detail) ? 0 : ~at;
  }

  /// A violation behind which nothing can be read.
  int broken(int at, Keyword word) {
    if (explanation != null) {
      explanation.add(at, null, word, "");
    }
    return ~at;
  }

  /// Tries a rule without leaving anything behind but its result.
  int attempt(Rule rule, int id, int at) {
    int known = memo.get(id, at);
    if (known != Memo.NONE) {
      return known;
    }
    if (exhausted) {
      return ~at;
    }
    int depthBefore = depth;
    int keysBefore = keys.top();
    int wordsBefore = wordTop;
    boolean recordingBefore = recording;
    Explanation explanationBefore = explanation;
    recording = false;
    explanation = null;
    int end = rule.scan(this, at);
    explanation = explanationBefore;
    recording = recordingBefore;
    depth = depthBefore;
    keys.release(keysBefore);
    wordTop = wordsBefore;
    spend((end < 0 ? ~end : end) - at + 8);
    memo.put(id, at, end);
    return end;
  }

  void spend(int amount) {
    steps -= amount;
    if (steps < 0) {
      exhausted = true;
    }
  }

  /// Room for what [Skip] notes of each object and array that is open.
  int[] levels() {
    if (levels.length < bounds.depth() * Skip.LEVEL) {
      levels = new int[bounds.depth() * Skip.LEVEL];
    }
    return levels;
  }

  /// Reserves zeroed words; the offset of the first, valid until [#wordTop] is set back to it.
  int reserve(int count) {
    int base = wordTop;
    if (base + count > words.length) {
      words = Arrays.copyOf(words, Math.max(words.length * 2, base + count));
    }
    Arrays.fill(words, base, base + count, 0);
    wordTop = base + count;
    return base;
  }

  long word(int index) {
    return words[index];
  }

  void word(int index, long value) {
    words[index] = value;
  }

  /// Keeps a hash until the document is forgotten; its number.
  int keep(long hash) {
    if (hashCount == hashes.length) {
      hashes = Arrays.copyOf(hashes, hashCount * 2);
    }
    hashes[hashCount] = hash;
    return hashCount++;
  }

  long kept(int number) {
    return hashes[number];
  }

  /// Room for the bytes of a decoded string.
  byte[] textOf(int length) {
    if (text.length < length) {
      text = new byte[Math.max(length, text.length * 2)];
    }
    return text;
  }
}
