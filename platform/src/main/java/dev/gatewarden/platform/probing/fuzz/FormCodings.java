package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.probe.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Forms written in odd ways: other boundaries, names twice, file names in RFC 8187's coding.
final class FormCodings {
  private static final String ODD_BOUNDARY = "probe'()+_,-./:=?0";

  static final List<Coding> ALL =
      List.of(
          Coding.same("form-unreserved", FormCodings::unreserved),
          Coding.odd("form-broken-percent", draft -> form(draft, text -> text + "%zz")),
          Coding.odd("form-overlong", draft -> form(draft, text -> text + "%C1%9A")),
          Coding.same(
              "parts-boundary",
              draft ->
                  parts(
                      draft,
                      text -> text.replace(Bodies.BOUNDARY, ODD_BOUNDARY),
                      "\"" + ODD_BOUNDARY + "\"")),
          Coding.same(
              "parts-preamble",
              draft -> parts(draft, text -> "before\r\n" + text + "after\r\n", Bodies.BOUNDARY)),
          Coding.odd("parts-twice", draft -> parts(draft, FormCodings::twice, Bodies.BOUNDARY)),
          Coding.odd(
              "parts-file-name",
              draft ->
                  parts(
                      draft,
                      text ->
                          text.replaceAll(
                              "; filename=\"[^\"]*\"",
                              "; filename=\"a.txt\"; filename*=UTF-8''..%2F%E2%82%AC.html"),
                      Bodies.BOUNDARY)),
          Coding.odd(
              "parts-no-name",
              draft ->
                  parts(
                      draft, text -> text.replaceFirst("; name=\"[^\"]*\"", ""), Bodies.BOUNDARY)),
          Coding.odd("parts-other-boundary", draft -> parts(draft, text -> text, "other")),
          Coding.odd("parts-cut", draft -> parts(draft, FormCodings::cut, Bodies.BOUNDARY)));

  private FormCodings() {}

  private static @Nullable String text(Draft draft, String type) {
    byte[] bytes = draft.bytes();
    return bytes == null || !draft.mediaType().startsWith(type)
        ? null
        : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Draft form(Draft draft, UnaryOperator<String> change) {
    String text = text(draft, "application/x-www-form-urlencoded");
    return text == null
        ? null
        : draft.bytes(change.apply(text).getBytes(StandardCharsets.ISO_8859_1), draft.mediaType());
  }

  /// Letters and digits of the values in percent signs, in lower case.
  private static @Nullable Draft unreserved(Draft draft) {
    return form(
        draft,
        text -> {
          StringBuilder to = new StringBuilder();
          boolean value = false;
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            value = c == '=' || (value && c != '&');
            if (c == '%') {
              to.append(text, i, i + 3);
              i += 2;
            } else if (value && Character.isLetterOrDigit(c)) {
              to.append('%').append(Integer.toHexString(c));
            } else {
              to.append(c);
            }
          }
          return to.toString();
        });
  }

  private static @Nullable Draft parts(Draft draft, UnaryOperator<String> change, String boundary) {
    String text = text(draft, "multipart/form-data");
    String changed = text == null ? null : change.apply(text);
    return changed == null || (changed.equals(text) && !boundary.equals("other"))
        ? null
        : draft.bytes(
            changed.getBytes(StandardCharsets.ISO_8859_1),
            "multipart/form-data; boundary=" + boundary);
  }

  /// The first part once more.
  private static String twice(String text) {
    int next = text.indexOf("--" + Bodies.BOUNDARY, 2);
    return text.substring(0, next) + text;
  }

  /// Without the last boundary (RFC 2046, section 5.1.1).
  private static String cut(String text) {
    return text.substring(0, text.length() - Bodies.BOUNDARY.length() - 8);
  }
}
