package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.limit.Size;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What there is to say of one object of the file, said where it stands, with the checks that many
/// objects share.
///
/// @param at the object
record Remarks(Problems problems, Node.Obj at) {

  void add(String message, String advice) {
    problems.add(at.place(), message, advice);
  }

  /// Says it at a member, or at the object where that is not written.
  void add(String key, String message, String advice) {
    Node value = at.get(key);
    problems.add(value == null ? at.place() : value.place(), message, advice);
  }

  /// A member as it is written, or null.
  @Nullable Node get(String key) {
    return at.get(key);
  }

  void endpoint(@Nullable URI url) {
    if (url != null) {
      safe("url", url, "tokens sent over plain http are everybody's");
    }
  }

  void path(String key, String path) {
    boolean plain =
        path.startsWith("/")
            && (path.length() == 1 || !path.endsWith("/"))
            && !path.contains("//")
            && !path.contains("..")
            && path.chars()
                .allMatch(
                    c -> c < 0x7f && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0));
    if (!plain) {
      add(
          key,
          "`" + key + "` is `" + path + "`; it is a plain path and does not end with `/`",
          "write it as `/auth`");
    }
  }

  void size(String key, Size size, long least, long most) {
    if (size.bytes() < least || size.bytes() > most) {
      add(
          key,
          "`"
              + key
              + "` is "
              + size
              + "; it is between "
              + new Size(least)
              + " and "
              + new Size(most),
          "");
    }
  }

  void whole(String key, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      add(key, "`" + key + "` is " + value + "; it is between " + least + " and " + most, "");
    }
  }

  void port(int port) {
    if (port < 0 || port > 65_535) {
      add("port", "`port` is " + port + "; it is between 0 and 65535", "");
    }
  }

  void positive(String key, Duration duration) {
    if (duration.isZero()) {
      add(key, "`" + key + "` is zero", "write a duration such as `5s`");
    }
  }

  void pointer(String key, @Nullable String pointer) {
    if (pointer != null && (pointer.isEmpty() || Pointer.parse(pointer) == null)) {
      add(
          key,
          "`" + key + "` is `" + pointer + "`, which is no JSON pointer into the claims",
          "write it as `/" + pointer + "`");
    }
  }

  void safe(String key, URI url, String why) {
    boolean secure =
        url.getScheme().equals("https")
            || (url.getScheme().equals("http") && Networks.isLoopback(url));
    if (!secure) {
      add(key, "`" + url + "`: " + why, "use https; plain http only on loopback");
    }
  }
}
