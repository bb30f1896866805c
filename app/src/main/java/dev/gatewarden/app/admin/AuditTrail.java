package dev.gatewarden.app.admin;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What reading an audit log came to.
///
/// @param entries how many whole lines it has
/// @param head the digest of the last one; that of nothing where there is none
/// @param torn whether its end is the beginning of a line that was never finished
/// @param fault what shows that somebody else changed it; empty where nothing does
public record AuditTrail(long entries, String head, boolean torn, String fault) {
  /// What stands as the digest before the first line.
  public static final String NOTHING = "0".repeat(64);

  private static final String SEAL = ",\"digest\":\"";
  private static final int LONGEST = 64 << 10;

  /// Reads the whole file.
  ///
  /// @throws IOException when it cannot be read
  public static AuditTrail read(Path file) throws IOException {
    return read(file, _ -> {});
  }

  /// Reads the whole file and hands on each whole line.
  ///
  /// A line that was begun and never finished, because the program ended or the disk was full, is
  /// passed over: the next whole one goes on from the one before it, so that nothing is missing.
  ///
  /// @throws IOException when it cannot be read
  public static AuditTrail read(Path file, Consumer<Node.Obj> lines) throws IOException {
    long entries = 0;
    String head = NOTHING;
    long at = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 << 10)) {
      while (true) {
        Line line = next(in);
        if (line.text().isEmpty() && !line.whole()) {
          return new AuditTrail(entries, head, false, "");
        }
        at++;
        Node.Obj entry = line.whole() ? entry(line.text()) : null;
        if (entry == null) {
          if (!line.whole()) {
            return new AuditTrail(entries, head, true, "");
          }
          continue;
        }
        String fault = fault(line.text(), entry, entries + 1, head);
        if (!fault.isEmpty()) {
          return new AuditTrail(entries, head, false, "line " + at + " " + fault);
        }
        entries++;
        head = text(entry, "digest");
        lines.accept(entry);
      }
    }
  }

  private static String fault(String line, Node.Obj entry, long number, String head) {
    String digest = text(entry, "digest");
    int seal = line.lastIndexOf(SEAL);
    String said = line.substring(0, seal) + "}";
    if (!digest(said).equals(digest) || !sealed(said, digest).equals(line)) {
      return "is not what was written";
    }
    if (!text(entry, "previous").equals(head)) {
      return "does not go on from the line before it";
    }
    return entry.get("number") instanceof Node.Num written
            && written.literal().equals(Long.toString(number))
        ? ""
        : "is not number " + number;
  }

  /// The digest that seals a line.
  static String digest(String said) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new GatewardenBug("this Java knows no SHA-256", never);
    }
  }

  /// A line with its digest.
  static String sealed(String said, String digest) {
    return said.substring(0, said.length() - 1) + SEAL + digest + "\"}";
  }

  /// A sealed line as what it says; null where it is none.
  private static Node.@Nullable Obj entry(String line) {
    try {
      Node node =
          new DocumentReader(Bounds.DEFAULT)
              .read(
                  new Origin(URI.create("gatewarden:audit.json"), "audit"),
                  line.getBytes(StandardCharsets.UTF_8));
      return node instanceof Node.Obj entry
              && line.contains(SEAL)
              && !text(entry, "digest").isEmpty()
              && !text(entry, "previous").isEmpty()
          ? entry
          : null;
    } catch (ProblemsException torn) {
      return null;
    }
  }

  private static String text(Node.Obj entry, String name) {
    return entry.get(name) instanceof Node.Text text ? text.value() : "";
  }

  /// @param whole whether a newline ended it
  private record Line(String text, boolean whole) {}

  private static Line next(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return new Line(line.toString(StandardCharsets.UTF_8), true);
      }
      if (line.size() < LONGEST) {
        line.write(c);
      }
    }
    return new Line(line.toString(StandardCharsets.UTF_8), false);
  }
}
