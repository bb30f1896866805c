package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Draft;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON bodies written in odd ways: other charsets, broken UTF-8, escapes, cut short.
final class JsonCodings {
  /// What stands in a free text, so that it can be recognised in answers.
  static final String NAME = "Zo\u00eb probe";

  private static final byte[] OVERLONG = {(byte) 0xC1, (byte) 0x9A};
  private static final byte[] SURROGATE = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

  static final List<Coding> ALL =
      List.of(
          Coding.right("json-escaped", JsonCodings::escaped),
          Coding.right("json-spaced", JsonCodings::spaced),
          Coding.same("charset-utf-16", draft -> charset(draft, StandardCharsets.UTF_16, "utf-16")),
          Coding.same(
              "charset-latin-1",
              draft -> charset(draft, StandardCharsets.ISO_8859_1, "iso-8859-1")),
          Coding.same("charset-utf-7", draft -> said(draft, "utf-7")),
          Coding.odd("charset-unknown", draft -> said(draft, "x-probe")),
          Coding.odd("json-mark", JsonCodings::marked),
          Coding.odd("json-name-twice", JsonCodings::twice),
          Coding.odd("json-deep", JsonCodings::deep),
          Coding.wrong("utf-8-overlong", Rule.NO_TEXT, draft -> broken(draft, OVERLONG)),
          Coding.wrong("utf-8-surrogate", Rule.NO_TEXT, draft -> broken(draft, SURROGATE)),
          Coding.wrong("json-cut", Rule.CUT, JsonCodings::cut),
          Coding.wrong("json-more", Rule.NO_JSON, JsonCodings::more),
          Coding.wrong("json-empty", Rule.NO_BODY, JsonCodings::empty),
          Coding.wrong("media-type", Rule.MEDIA_TYPE, JsonCodings::otherType));

  private JsonCodings() {}

  private static @Nullable String text(Draft draft) {
    boolean json =
        draft.bytes() == null && draft.body() != null && draft.mediaType().contains("json");
    return json ? new String(Writing.bytes(draft), StandardCharsets.UTF_8) : null;
  }

  private static Draft utf8(Draft draft, String text) {
    return draft.bytes(text.getBytes(StandardCharsets.UTF_8), draft.mediaType());
  }

  private static @Nullable Draft charset(Draft draft, Charset charset, String name) {
    String text = text(draft);
    return text == null || !charset.newEncoder().canEncode(text)
        ? null
        : draft.bytes(text.getBytes(charset), draft.mediaType() + "; charset=" + name);
  }

  private static @Nullable Draft said(Draft draft, String charset) {
    String text = text(draft);
    return text == null
        ? null
        : draft.bytes(
            text.getBytes(StandardCharsets.UTF_8), draft.mediaType() + "; charset=" + charset);
  }

  /// Each character of each text as a number (RFC 8259, section 7).
  private static @Nullable Draft escaped(Draft draft) {
    String text = text(draft);
    if (text == null || !(draft.body() instanceof Obj)) {
      return null;
    }
    StringBuilder to = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        to.append(c).append(text.charAt(++i));
      } else if (c == '"') {
        inside = !inside;
        to.append(c);
      } else if (inside && Character.isLetterOrDigit(c)) {
        to.append("\\u").append(String.valueOf(Integer.toHexString(c | 0x10000)).substring(1));
      } else {
        to.append(c);
      }
    }
    return utf8(draft, to.toString());
  }

  private static @Nullable Draft spaced(Draft draft) {
    String text = text(draft);
    return text == null || text.isEmpty() || "{[".indexOf(text.charAt(0)) < 0
        ? null
        : utf8(draft, "\r\n\t " + text.charAt(0) + "\n  " + text.substring(1) + " \n");
  }

  private static @Nullable Draft marked(Draft draft) {
    String text = text(draft);
    return text == null ? null : utf8(draft, "\ufeff" + text);
  }

  private static @Nullable Draft twice(Draft draft) {
    if (text(draft) == null
        || !(draft.body() instanceof Obj object)
        || object.entries().isEmpty()) {
      return null;
    }
    Node.Member first = object.entries().iterator().next();
    String member = Json.text(Json.of(first.name())) + ":" + Json.text(first.value());
    return utf8(draft, "{" + member + "," + Json.text(object).substring(1));
  }

  private static @Nullable Draft deep(Draft draft) {
    return text(draft) == null ? null : utf8(draft, "[".repeat(5_000) + "]".repeat(5_000));
  }

  /// With bytes that no UTF-8 has in place of a letter.
  private static @Nullable Draft broken(Draft draft, byte[] letter) {
    String text = text(draft);
    int at = text == null ? -1 : text.indexOf(NAME);
    if (text == null || at < 0) {
      return null;
    }
    byte[] before = text.substring(0, at).getBytes(StandardCharsets.UTF_8);
    byte[] after = text.substring(at + 1).getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[before.length + letter.length + after.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(letter, 0, all, before.length, letter.length);
    System.arraycopy(after, 0, all, before.length + letter.length, after.length);
    return draft.bytes(all, draft.mediaType());
  }

  private static @Nullable Draft cut(Draft draft) {
    String text = text(draft);
    return text == null || text.length() < 2 || "{[\"".indexOf(text.charAt(0)) < 0
        ? null
        : utf8(draft, text.substring(0, text.length() - 1));
  }

  private static @Nullable Draft more(Draft draft) {
    String text = text(draft);
    return text == null ? null : utf8(draft, text + "}");
  }

  private static @Nullable Draft empty(Draft draft) {
    RequestBody body = draft.operation().body();
    return text(draft) == null || body == null || !body.required()
        ? null
        : draft.bytes(new byte[0], draft.mediaType());
  }

  private static @Nullable Draft otherType(Draft draft) {
    RequestBody body = draft.operation().body();
    Content content = body == null ? Content.NONE : body.content();
    return text(draft) == null || content.of("application/x-probe") != null
        ? null
        : draft.bytes(Writing.bytes(draft), "application/x-probe");
  }
}
