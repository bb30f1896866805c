package dev.gatewarden.core.schema;

import dev.gatewarden.core.schema.format.Tokens;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What `contentEncoding` and `contentMediaType` promise where they are promises (JSON Schema draft
/// 7 validation, section 8): base64, and JSON.
final class Contents {

  private Contents() {}

  static StringRule.@Nullable TextTest encoding(@Nullable String name) {
    return "base64".equals(name) ? Tokens::base64 : null;
  }

  static StringRule.@Nullable TextTest media(@Nullable String type, @Nullable String encoding) {
    if (!"application/json".equals(type)) {
      return null;
    }
    return encoding == null ? Contents::json : "base64".equals(encoding) ? Contents::coded : null;
  }

  private static boolean coded(byte[] text, int from, int to) {
    if (!Tokens.base64(text, from, to)) {
      return false;
    }
    byte[] coded = new byte[to - from];
    System.arraycopy(text, from, coded, 0, coded.length);
    byte[] json = Base64.getDecoder().decode(coded);
    return json(json, 0, json.length);
  }

  private static boolean json(byte[] text, int from, int to) {
    Visit visit = new Visit(System.identityHashCode(text) * 0x9E3779B97F4A7C15L);
    return new Schema(BasicRules.Anything.RULE, Bounds.DEFAULT).judge(text, from, to, visit)
        == Schema.VALID;
  }
}
