package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Upload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a case says that reading a body found.
///
/// @param bytes the body
/// @param explain what is wrong with it; it conforms where nothing is
/// @param marks the values the contract says something about
/// @param complete whether its inside was read to its end
/// @param breach which kind of promise is broken
/// @param uploads the files that are told of
/// @param mend what has to go so that it conforms
public record WrittenReading(
    Bytes bytes,
    List<Detail> explain,
    List<Mark> marks,
    boolean complete,
    Breach breach,
    List<Upload> uploads,
    List<Gap> mend)
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
      mark(marks, body, name, Promises.writable(writable.get(name)));
    }
    Words readable = said.object("readable");
    for (String name : readable.said().keySet()) {
      mark(marks, body, name, Promises.readable(readable.get(name)));
    }
    Words classified = said.object("classified");
    for (String name : classified.said().keySet()) {
      mark(marks, body, name, new Meaning.Classified(classified.text(name, "")));
    }
    Words identity = said.object("identity");
    for (String name : identity.said().keySet()) {
      Role role = Role.valueOf(identity.text(name, "").toUpperCase(Locale.ROOT));
      mark(marks, body, name, new Meaning.Identity(0, role, name));
    }
    Words stray = said.object("stray");
    for (String name : stray.said().keySet()) {
      mark(marks, body, name, new Meaning.Stray(name, stray.text(name, "")));
    }
    for (String name : said.texts("unread")) {
      mark(marks, body, name, new Meaning.Unread());
    }
    for (String name : said.texts("broken")) {
      broken(marks, body, name);
    }
    for (String name : said.texts("count")) {
      mark(marks, body, name, new Meaning.Part(0, Role.COUNT, name));
    }
    for (String name : said.texts("owner")) {
      mark(marks, body, name, new Meaning.Part(0, Role.OWNER, name));
    }
    for (String name : said.texts("tenant")) {
      mark(marks, body, name, new Meaning.Part(0, Role.TENANT, name));
    }
    for (String name : said.texts("undeclared")) {
      mark(marks, body, name, new Meaning.Undeclared());
    }
    List<Upload> uploads = said.objects("files").stream().map(WrittenReading::file).toList();
    return body.isEmpty() && wrong.isEmpty() && uploads.isEmpty()
        ? Reading.NONE
        : new WrittenReading(
            Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
            wrong,
            marks,
            said.is("complete", true),
            breach(said, wrong),
            uploads,
            gaps(said, body));
  }

  /// `{part: photo, name: a.png, type: image/png, promised: true, text: …, hex: …}`; the bytes are
  /// the text and then what `hex` says.
  private static Upload file(Words said) {
    said.only(Set.of("part", "name", "type", "promised", "text", "hex"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(said.text("text", "").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(HexFormat.of().parseHex(said.text("hex", "").replace(" ", "")));
    return new Upload(
        "/" + said.text("part", "file"),
        said.text("name"),
        said.text("type", ""),
        said.is("promised", false),
        Bytes.of(bytes.toByteArray()));
  }

  private static List<Gap> gaps(Words said, String body) {
    List<Mark> found = new ArrayList<>();
    for (String name : said.texts("mends")) {
      mark(found, body, name, new Meaning.Broken());
    }
    return found.stream()
        .map(mark -> new Gap(mark.nameFrom(), mark.from(), mark.to(), false))
        .toList();
  }

  private static Breach breach(Words said, List<Detail> wrong) {
    String kind = said.text("breach", wrong.isEmpty() ? "none" : "schema");
    return Breach.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static void broken(List<Mark> marks, String body, String name) {
    List<Mark> found = new ArrayList<>();
    mark(found, body, name, new Meaning.Broken());
    for (Mark each : found) {
      marks.add(new Mark(each.meaning(), each.from(), each.from(), each.from()));
    }
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
