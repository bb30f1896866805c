package dev.gatewarden.core.schema;

import java.nio.charset.StandardCharsets;

/// That an object has a member of some name, told from an object that was judged before.
final class Presence extends Rule {
  private final byte[] name;

  Presence(String name) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  int scan(Visit v, int start) {
    byte[] b = v.bytes;
    if (b[start] != '{') {
      return ~start;
    }
    int at = Scan.space(b, start + 1, v.to);
    while (b[at] != '}') {
      int quote = Skip.quote(b, at + 1);
      if (JsonText.says(b, at, quote + 1, name)) {
        return start;
      }
      int value = Scan.colon(b, quote + 1, v.to);
      at = Skip.next(v, Skip.judged(v, value));
    }
    return ~start;
  }
}
