package dev.gatewarden.app.serving;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Who listens on a port of this machine, as far as `/proc` tells.
public final class PortHolder {
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /// A process as `java (pid 4711)`, or the empty text where nobody can tell.
  public static String of(int port) {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      String inode = inode(Path.of(table), port);
      if (!inode.isEmpty()) {
        return process("socket:[" + inode + "]");
      }
    }
    return "";
  }

  private static String inode(Path table, int port) {
    String wanted = String.format(Locale.ROOT, ":%04X", port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split(" +", -1);
        if (columns.length > 9 && columns[1].endsWith(wanted) && columns[3].equals(LISTENING)) {
          return columns[9];
        }
      }
    } catch (IOException noSuchSystem) {
      return "";
    }
    return "";
  }

  private static String process(String socket) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, socket)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return name + " (pid " + process.getFileName() + ")";
        }
      }
    } catch (IOException gone) {
      return "";
    }
    return "";
  }

  private static boolean holds(Path process, String socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException notOurs) {
      return false;
    }
    return false;
  }
}
