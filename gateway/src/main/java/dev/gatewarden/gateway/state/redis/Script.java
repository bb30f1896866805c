package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.GatewardenBug;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One step that Redis takes as a whole.
///
/// @param text what it does, in Lua
/// @param digest what Redis knows it by once it has seen it
record Script(String text, String digest) {

  /// The script of these files beside this class, one behind the other.
  static Script of(String... names) {
    StringBuilder text = new StringBuilder(read("clock"));
    for (String name : names) {
      text.append(read(name));
    }
    return new Script(text.toString(), digest(text.toString()));
  }

  private static String read(String name) {
    try (InputStream file = Script.class.getResourceAsStream(name + ".lua")) {
      if (file == null) {
        throw new GatewardenBug("there is no script `" + name + "`");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new GatewardenBug("the script `" + name + "` cannot be read", unreadable);
    }
  }

  /// Redis names scripts by SHA-1; nothing is secured by it.
  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-1", impossible);
    }
  }
}
