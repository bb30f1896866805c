package dev.gatewarden.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the kernel says a process and its children have used (proc(5)).
final class Cost {
  /// `sysconf(_SC_CLK_TCK)` on Linux.
  private static final double TICKS = 100;

  private Cost() {}

  /// User and system time of a process and its children, in microseconds.
  static double cpuMicros(long pid) throws IOException {
    double ticks = 0;
    for (long each : family(pid)) {
      String stat = Files.readString(Path.of("/proc", Long.toString(each), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks / TICKS * 1e6;
  }

  /// The resident memory of a process and its children, in MiB; what they share counts once
  /// (`Pss`).
  static double memoryMiB(long pid) throws IOException {
    double kib = 0;
    for (long each : family(pid)) {
      for (String line :
          Files.readAllLines(Path.of("/proc", Long.toString(each), "smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          kib += Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    }
    return kib / 1024;
  }

  private static List<Long> family(long pid) {
    List<Long> all = new ArrayList<>();
    all.add(pid);
    ProcessHandle.of(pid)
        .ifPresent(process -> process.descendants().forEach(child -> all.add(child.pid())));
    return all;
  }
}
