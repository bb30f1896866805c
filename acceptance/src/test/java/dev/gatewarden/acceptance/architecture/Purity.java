package dev.gatewarden.acceptance.architecture;

import java.util.List;
import java.util.Set;

/// What core and controls may not touch: the world outside, its clocks, its chance, its threads.
final class Purity {

  private static final Set<String> HARMLESS =
      Set.of(
          "java.io.Serializable",
          "java.io.IOException",
          "java.io.UncheckedIOException",
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.Reader",
          "java.io.StringReader",
          "java.io.StringWriter",
          "java.net.URI",
          "java.net.URISyntaxException",
          "java.net.URLDecoder",
          "java.net.IDN");

  private static final List<String> FORBIDDEN_PACKAGES =
      List.of(
          "java.io",
          "java.net",
          "java.nio.file",
          "java.nio.channels",
          "java.sql",
          "java.util.logging");

  private static final Set<String> FORBIDDEN_CLASSES =
      Set.of(
          "java.lang.Thread",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.util.Timer",
          "java.util.Random",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.ThreadLocalRandom",
          "java.security.SecureRandom");

  private static final Set<String> FORBIDDEN_CALLS =
      Set.of(
          "java.lang.System.in",
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.setProperty",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  private Purity() {}

  static boolean forbidsClass(String packageName, String className) {
    if (HARMLESS.contains(className)) {
      return false;
    }
    String outer = className.replaceAll("\\$.*", "");
    return FORBIDDEN_CLASSES.contains(outer)
        || FORBIDDEN_PACKAGES.stream()
            .anyMatch(p -> packageName.equals(p) || packageName.startsWith(p + "."));
  }

  static boolean forbidsCall(String owner, String method) {
    boolean readsTheClock = owner.startsWith("java.time.") && method.equals("now");
    boolean isTheClock = owner.equals("java.time.Clock") && method.startsWith("system");
    return readsTheClock || isTheClock || FORBIDDEN_CALLS.contains(owner + "." + method);
  }
}
