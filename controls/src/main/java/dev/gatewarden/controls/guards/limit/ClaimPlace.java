package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.core.document.Pointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in what a proof claims, written `/plan`.
public record ClaimPlace(Pointer at) {

  /// The place a text names.
  ///
  /// @throws IllegalArgumentException when it names none, with a message for the user
  public static ClaimPlace parse(String text) {
    Pointer at = Pointer.parse(text);
    if (at == null || at.tokens().isEmpty()) {
      throw new IllegalArgumentException(
          "`" + text + "` is no place in a proof, which is written like `/plan` or `/flags/bulk`");
    }
    return new ClaimPlace(at);
  }

  /// What is claimed there, null where nothing is.
  @Nullable Object in(Map<String, Object> claims) {
    Object value = claims;
    for (String token : at.tokens()) {
      value = member(value, token);
    }
    return value;
  }

  /// Whether one of some texts is claimed there, or is an item of the list that is.
  boolean says(Map<String, Object> claims, List<String> some) {
    Object value = in(claims);
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (isOne(list.get(i), some)) {
          return true;
        }
      }
      return false;
    }
    return isOne(value, some);
  }

  private static boolean isOne(@Nullable Object value, List<String> some) {
    return value != null
        && !(value instanceof Map)
        && !(value instanceof List)
        && some.contains(value.toString());
  }

  private static @Nullable Object member(@Nullable Object around, String token) {
    if (around instanceof List<?> list) {
      int index = Pointer.index(token);
      return index >= 0 && index < list.size() ? list.get(index) : null;
    }
    return around instanceof Map<?, ?> map ? map.get(token) : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String token : at.tokens()) {
      text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
