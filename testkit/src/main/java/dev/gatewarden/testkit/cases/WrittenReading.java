package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a case says that reading a body found.
///
/// @param bytes the body
/// @param explain what is wrong with it; it conforms where nothing is
/// @param marks the values the contract says something about
/// @param complete whether its inside was read to its end
/// @param breach which kind of promise is broken
public record WrittenReading(
    Bytes bytes, List<Detail> explain, List<Mark> marks, boolean complete, Breach breach)
    implements Reading {

  @Override
  public boolean conforms() {
    return explain.isEmpty();
  }

  /// `{body, wrong: [/pointer], breach: missing-parameter, writable: {role: [role:admin]},
  /// readable: {…}}`; a marked value is
  /// the member of that name, wherever it stands.
  static Reading of(Words said) {
    String body = said.text("body", "");
    List<Detail> wrong =
        said.texts("wrong").stream()
            .map(at -> new Detail(at, "", "is not what is promised"))
            .toList();
    List<Mark> marks = new ArrayList<>();
    Words writable = said.object("writable");
    for (String name : writable.said().keySet()) {
      mark(marks, body, name, new Meaning.Writable(name, Promises.grants(writable.texts(name))));
    }
    Words readable = said.object("readable");
    for (String name : readable.said().keySet()) {
      mark(marks, body, name, new Meaning.Readable(name, Promises.grants(readable.texts(name))));
    }
    for (String name : said.texts("count")) {
      mark(marks, body, name, new Meaning.Part(0, Role.COUNT, name));
    }
    for (String name : said.texts("undeclared")) {
      mark(marks, body, name, new Meaning.Undeclared());
    }
    return body.isEmpty() && wrong.isEmpty()
        ? Reading.NONE
        : new WrittenReading(
            Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
            wrong,
            marks,
            said.is("complete", true),
            breach(said, wrong));
  }

  private static Breach breach(Words said, List<Detail> wrong) {
    String kind = said.text("breach", wrong.isEmpty() ? "none" : "schema");
    return Breach.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static void mark(List<Mark> marks, String body, String name, Meaning meaning) {
    String quoted = "\"" + name + "\"";
    for (int at = body.indexOf(quoted); at >= 0; at = body.indexOf(quoted, at + 1)) {
      int from = body.indexOf(':', at) + 1;
      marks.add(new Mark(meaning, at, from, end(body, from)));
    }
  }

  /// Behind the value that begins there.
  private static int end(String body, int from) {
    int depth = 0;
    for (int i = from; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '{' || c == '[') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return i;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return body.length();
  }
}
