package dev.gatewarden.controls.guards.webhook;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Finds one text among the members of the object that a JSON body is, without reading the rest.
///
/// It says nothing, rather than guess, about a body that is no object, a name that stands there
/// twice or is written with escapes, and a value that is
/// no plain text: who asks then takes the whole body for its own name.
final class TopMember {
  private final byte[] json;
  private final int end;
  private int at;

  private TopMember(Bytes body) {
    this.json = body.array();
    this.at = body.from();
    this.end = body.to();
  }

  /// The text of the one member of that name, or null.
  static @Nullable String text(Bytes body, String name) {
    return new TopMember(body).find(name.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable String find(byte[] name) {
    String found = null;
    boolean twice = false;
    skipSpace();
    if (!take('{')) {
      return null;
    }
    while (true) {
      skipSpace();
      if (peek() != '"') {
        break;
      }
      int from = at + 1;
      if (!skipString()) {
        return null;
      }
      boolean named = equal(name, from, at - 1);
      skipSpace();
      if (!take(':')) {
        return null;
      }
      skipSpace();
      int value = at;
      if (!skipValue()) {
        return null;
      }
      if (named) {
        twice |= found != null;
        found = plain(value, at);
        if (found == null) {
          return null;
        }
      }
      skipSpace();
      if (!take(',')) {
        break;
      }
    }
    return twice || !take('}') ? null : found;
  }

  private @Nullable String plain(int from, int to) {
    if (to - from < 3 || json[from] != '"') {
      return null;
    }
    for (int i = from + 1; i < to - 1; i++) {
      if (json[i] == '\\' || json[i] < 0x20) {
        return null;
      }
    }
    return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
  }

  private boolean skipValue() {
    if (peek() == '"') {
      return skipString();
    }
    int depth = 0;
    int from = at;
    while (at < end) {
      int c = json[at];
      if (c == '"') {
        if (!skipString()) {
          return false;
        }
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          break;
        }
        depth--;
      } else if (c == ',' && depth == 0) {
        break;
      }
      at++;
    }
    return at > from && depth == 0;
  }

  private boolean skipString() {
    at++;
    while (at < end) {
      int c = json[at++];
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        return true;
      }
    }
    return false;
  }

  private boolean equal(byte[] name, int from, int to) {
    return java.util.Arrays.equals(json, from, Math.max(from, to), name, 0, name.length);
  }

  private void skipSpace() {
    while (at < end
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }

  private int peek() {
    return at < end ? json[at] : -1;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }
}
