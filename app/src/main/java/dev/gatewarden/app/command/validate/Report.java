package dev.gatewarden.app.command.validate;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.schema.Violation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The verdicts on documents, one line each, for people or as one JSON object each.
public final class Report implements JsonLines.Each {
  private static final int WORTH_WRITING = 1 << 15;

  /// Where the violations of a document are seen, as `3:14`.
  @FunctionalInterface
  public interface Places {
    String of(Violation violation);
  }

  private final Judge judge;
  private final boolean json;
  private final PrintStream to;
  private final int longestLine;
  private final StringBuilder pending = new StringBuilder();
  private String stream = "";
  private long valid;
  private long invalid;

  /// @param json whether each verdict is a JSON object
  /// @param longestLine in bytes, for the message
  public Report(Judge judge, boolean json, PrintStream to, int longestLine) {
    this.judge = judge;
    this.json = json;
    this.to = to;
    this.longestLine = longestLine;
  }

  /// Names the stream whose lines come next.
  public void stream(String name) {
    stream = name;
  }

  public long valid() {
    return valid;
  }

  public long invalid() {
    return invalid;
  }

  /// The verdict on a document of its own, each violation on a line below it.
  public void document(String name, Judge.Found found, Places places) {
    count(found);
    if (json) {
      object(Map.of("document", name), found, places);
      return;
    }
    pending.append(name).append(found.valid() ? ": valid" : ": invalid").append('\n');
    found.violations().forEach(each -> below(each, places));
    found.undeclared().forEach(each -> below(each, places));
    written();
  }

  private void below(Violation violation, Places places) {
    pending.append("  ").append(places.of(violation)).append(' ');
    told(violation);
    if (!violation.keywordLocation().isEmpty()) {
      pending.append(", said at ").append(violation.keywordDocument());
      pending.append(violation.keywordLocation());
    }
    pending.append('\n');
  }

  private void told(Violation violation) {
    String at = violation.instanceLocation();
    pending.append(at.isEmpty() ? "the document" : at).append(": ");
    pending.append(violation.sentence()).append(" (").append(violation.error()).append(')');
  }

  @Override
  public void line(long number, byte[] text, int from, int to) {
    Judge.Found found = judge.judge(text, from, to);
    ToIntFunction<Violation> column = each -> each.offset() - from + 1;
    line(number, found, each -> number + ":" + column.applyAsInt(each));
  }

  @Override
  public void tooLong(long number) {
    Violation violation =
        new Violation("", "", "", "maxLine", "the line has more than " + longestLine + " bytes", 0);
    line(number, new Judge.Found(List.of(violation), List.of()), _ -> number + ":1");
  }

  private void line(long number, Judge.Found found, Places places) {
    count(found);
    if (json) {
      Map<String, Object> named = new LinkedHashMap<>();
      named.put("document", stream);
      named.put("line", number);
      object(named, found, places);
      return;
    }
    pending.append(number).append(found.valid() ? ": valid" : ": invalid");
    List<Violation> told = found.valid() ? found.undeclared() : found.violations();
    if (!told.isEmpty()) {
      pending.append(", ");
      told(told.getFirst());
    }
    if (told.size() > 1) {
      pending.append(", and ").append(told.size() - 1).append(" more");
    }
    pending.append('\n');
    written();
  }

  private void count(Judge.Found found) {
    if (found.valid()) {
      valid++;
    } else {
      invalid++;
    }
  }

  private void object(Map<String, Object> named, Judge.Found found, Places places) {
    Map<String, Object> object = new LinkedHashMap<>(named);
    object.put("verdict", found.valid() ? "valid" : "invalid");
    object.put("violations", told(found.violations(), places));
    if (!found.undeclared().isEmpty()) {
      object.put("undeclared", told(found.undeclared(), places));
    }
    pending.append(Json.line(object)).append('\n');
    written();
  }

  private static List<Object> told(List<Violation> violations, Places places) {
    List<Object> all = new ArrayList<>();
    for (Violation each : violations) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("instanceLocation", each.instanceLocation());
      one.put("keywordLocation", each.keywordLocation());
      one.put("keyword", each.error());
      one.put("sentence", each.sentence());
      one.put("keywordDocument", each.keywordDocument());
      one.put("at", places.of(each));
      all.add(one);
    }
    return all;
  }

  private void written() {
    if (pending.length() > WORTH_WRITING) {
      pause();
    }
  }

  @Override
  public void pause() {
    if (!pending.isEmpty()) {
      to.print(pending);
      to.flush();
      pending.setLength(0);
    }
  }
}
