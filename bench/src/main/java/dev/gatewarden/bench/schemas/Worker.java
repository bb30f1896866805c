package dev.gatewarden.bench.schemas;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A contender's side of the comparison: a process that judges documents when it is told to, and
/// says what that cost its thread.
///
/// It depends on nothing but the JDK, so that each contender brings its own libraries. Lines in:
/// `load NAME SCHEMA DOCUMENT`, `run NAME MILLISECONDS`. Lines out: `ok`, or nanoseconds and bytes
/// per document.
public final class Worker {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BATCH = 64;

  /// Prepares for one schema.
  @FunctionalInterface
  public interface Contender {
    Judge prepare(byte[] schema) throws Exception;
  }

  /// Judges documents against the schema it was made for; a parser only reads them.
  @FunctionalInterface
  public interface Judge {
    boolean passes(byte[] document) throws Exception;
  }

  private record Loaded(Judge judge, byte[] document) {}

  private final Contender contender;
  private final Map<String, Loaded> loaded = new HashMap<>();

  private Worker(Contender contender) {
    this.contender = contender;
  }

  /// Answers lines until there are no more.
  public static void serve(Contender contender) throws Exception {
    Worker worker = new Worker(contender);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(worker.answer(line.split(" ", 4)));
    }
  }

  private String answer(String[] words) throws Exception {
    if (words[0].equals("load")) {
      return load(words[1], Path.of(words[2]), Path.of(words[3]));
    }
    Loaded one = loaded.get(words[1]);
    return one == null ? "nothing of that name" : run(one, Long.parseLong(words[2]) * 1_000_000);
  }

  private String load(String name, Path schema, Path document) throws Exception {
    try {
      Loaded one = new Loaded(contender.prepare(bytes(schema)), bytes(document));
      loaded.put(name, one);
      return one.judge().passes(one.document()) ? "ok" : "refuses " + name;
    } catch (RuntimeException wrong) {
      return "cannot prepare " + name + ": " + String.valueOf(wrong.getMessage()).lines().toList();
    }
  }

  /// Runs until the thread has used so much CPU time, or twice that has passed.
  private static String run(Loaded one, long nanos) throws Exception {
    long documents = 0;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    long until = System.nanoTime() + 2 * nanos;
    long used = 0;
    while (used < nanos && System.nanoTime() < until) {
      for (int i = 0; i < BATCH; i++) {
        if (!one.judge().passes(one.document())) {
          return "another verdict than before";
        }
      }
      documents += BATCH;
      used = THREADS.getCurrentThreadCpuTime() - start;
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    return (double) used / documents + " " + (double) allocated / documents;
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
