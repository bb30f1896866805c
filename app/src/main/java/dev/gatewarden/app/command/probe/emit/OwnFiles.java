package dev.gatewarden.app.command.probe.emit;

import dev.gatewarden.core.GatewardenBug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Files that are written again as long as nobody changed them: each ends in a line with the digest
/// of the rest. What somebody wrote or changed is left alone, and nothing is deleted.
final class OwnFiles {
  private static final String MARK = "written by gatewarden probe --emit-tests, sha256 ";

  private OwnFiles() {}

  /// Writes files into a folder, which is made where it is missing.
  ///
  /// @param texts by the name of the file
  /// @return the names of those that were left as they are
  static List<String> write(Path folder, Map<String, String> texts) throws IOException {
    Files.createDirectories(folder);
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, String> each : texts.entrySet()) {
      Path file = folder.resolve(each.getKey());
      String text = signed(each.getKey(), each.getValue());
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isOurs(each.getKey(), file)) {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      } else {
        left.add(each.getKey());
      }
    }
    return left;
  }

  /// What leads elsewhere, or is no text of ours, is somebody else's.
  private static boolean isOurs(String name, Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.isWritable(file)
        && isOurs(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  private static boolean isOurs(String name, String text) {
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    return signed(name, text.substring(0, last)).equals(text);
  }

  private static String signed(String name, String text) {
    String mark = MARK + digest(text);
    return text + (name.endsWith(".md") ? "<!-- " + mark + " -->\n" : "# " + mark + "\n");
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
              0,
              16);
    } catch (NoSuchAlgorithmException wrong) {
      throw new GatewardenBug("no SHA-256", wrong);
    }
  }
}
