package dev.gatewarden.app.command.audit;

import dev.gatewarden.app.contracts.SeenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs something again whenever one of the files that it read says something else.
///
/// Folders are watched rather than files, since editors put a new file in the place of the old
/// one. What was touched and says the same is passed over.
public final class Watch {
  /// Editors write in several steps; how long nothing has to happen until they are through.
  private static final long QUIET_MILLIS = 40;

  private final WatchService service;
  private final Run run;
  private final Map<Path, WatchKey> folders = new HashMap<>();

  private Watch(WatchService service, Run run) {
    this.service = service;
    this.run = run;
  }

  /// What is run.
  public interface Run {
    /// Runs it once, and remembers which files it read.
    ///
    /// @param changed the files that say something else than the last time; none the first time
    void once(SeenFiles files, List<Path> changed) throws IOException;
  }

  /// Runs until the thread is interrupted.
  public static void of(FileSystem system, Run run) throws IOException {
    try (WatchService service = system.newWatchService()) {
      new Watch(service, run).runs();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void runs() throws IOException, InterruptedException {
    Map<Path, Optional<ByteBuffer>> known = ran(List.of());
    while (true) {
      if (changed(known).isEmpty()) {
        settle(service.take());
      }
      settle(service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS));
      List<Path> changed = changed(known);
      if (!changed.isEmpty()) {
        known = ran(changed);
      }
    }
  }

  private Map<Path, Optional<ByteBuffer>> ran(List<Path> changed) throws IOException {
    SeenFiles files = new SeenFiles();
    run.once(files, changed);
    for (Path each : files.seen().keySet()) {
      register(each.getParent());
    }
    return files.seen();
  }

  /// Watches the folder, or the nearest one above that is there.
  private void register(@Nullable Path folder) throws IOException {
    Path there = folder;
    while (there != null && !Files.isDirectory(there)) {
      there = there.getParent();
    }
    if (there != null && !folders.containsKey(there)) {
      folders.put(
          there,
          there.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    }
  }

  private static List<Path> changed(Map<Path, Optional<ByteBuffer>> known) {
    SeenFiles now = new SeenFiles();
    known.keySet().forEach(now::look);
    return now.seen().entrySet().stream()
        .filter(each -> !each.getValue().equals(known.get(each.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /// Waits until nothing happens any more.
  private void settle(@Nullable WatchKey first) throws InterruptedException {
    WatchKey key = first;
    while (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        folders.values().remove(key);
      }
      key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
