package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object whose branch one member names.
final class Tagged extends Rule {
  private final Node owner;
  private final Keyword word;
  private final byte[] name;
  private final String missing;
  private final Names values;
  private final @Nullable Rule[] rules;
  private final @Nullable Rule fallback;
  private final @Nullable Rule untagged;

  /// @param refused  texts that are refused whatever else would judge them
  /// @param fallback what judges where the member says something else, or null
  /// @param untagged what judges where it is missing, or null
  Tagged(
      Node owner,
      Keyword word,
      String name,
      Map<String, Rule> cases,
      Set<String> refused,
      @Nullable Rule fallback,
      @Nullable Rule untagged) {
    this.owner = owner;
    this.word = word;
    this.name = name.getBytes(StandardCharsets.UTF_8);
    missing = "tag " + name;
    this.fallback = fallback;
    this.untagged = untagged;
    List<String> texts = new ArrayList<>(cases.keySet());
    texts.addAll(refused);
    values = new Names(texts);
    rules = new @Nullable Rule[texts.size()];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = cases.get(texts.get(i));
    }
  }

  @Override
  int scan(Visit v, int start) {
    int separator = v.separator;
    int name = v.name;
    int tag = find(v, start);
    if (v.torn) {
      return tag;
    }
    v.separator = separator;
    v.name = name;
    int quote = tag >= 0 && v.bytes[tag] == '"' ? Scan.string(v, tag + 1) : -1;
    int index = quote < 0 ? -1 : values.find(v, tag + 1, quote);
    Rule chosen = index >= 0 ? rules[index] : tag < 0 ? untagged : fallback;
    return chosen == null ? untold(v, start, tag) : chosen.scan(v, start);
  }

  /// No alternative is named. Who reads on takes it for every one of them.
  private int untold(Visit v, int start, int tag) {
    Explanation explanation = v.explanation;
    if (explanation == null) {
      return ~Math.max(start, tag);
    }
    int separator = v.separator;
    int outer = v.name;
    int bad =
        tag < 0
            ? v.fail(start, owner, word, missing + Sentences.SPLIT + listed())
            : v.fail(tag, owner, word, "value " + listed());
    for (int i = 0; i < rules.length && bad >= 0 && explanation.readsOn(); i++) {
      v.separator = separator;
      v.name = outer;
      Rule rule = rules[i];
      if (rule == null) {
        continue;
      }
      int end = v.exhausted ? ~start : rule.scan(v, start);
      v.spend(8 + Math.max(0, end - start));
      bad = Math.min(0, end);
    }
    return bad < 0 ? bad : Skip.value(v, start);
  }

  private String listed() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      texts.add(values.text(i));
    }
    return Sentences.list(texts);
  }

  /// Skips a value that stands before the tag and is judged later: whoever looks for a tag in it
  /// finds its ends again.
  private static int before(Visit v, int value) {
    v.depth++;
    v.composites++;
    int end = Skip.value(v, value);
    v.composites--;
    v.depth--;
    return end;
  }

  /// Where the value of the tag begins; a negative number when there is none, or when the visit is
  /// broken before it.
  private int find(Visit v, int start) {
    byte[] b = v.bytes;
    int to = v.to;
    int at = Scan.space(b, start + 1, to);
    v.torn = false;
    while (at < to && b[at] == '"') {
      int quote = Scan.string(v, at + 1);
      if (quote < 0) {
        v.torn = true;
        return quote;
      }
      boolean found = JsonText.says(b, at, quote + 1, this.name);
      int value = Scan.colon(b, quote + 1, to);
      if (found && value > 0 && value < to) {
        return value;
      }
      int end = value < 0 ? v.broken(~value, Keyword.SYNTAX) : before(v, value);
      if (end < 0) {
        v.torn = true;
        return end;
      }
      at = Scan.space(b, end, to);
      if (at < to && b[at] == ',') {
        at = Scan.space(b, at + 1, to);
      }
    }
    return -1;
  }
}
