package dev.gatewarden.gateway.state;

import dev.gatewarden.core.decision.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What is in force, kept in files below the state folder: one folder a name, one file a
/// generation.
///
/// A file is written aside and linked into its place, so that a reader sees it whole or not at all
/// and of two publishers, also in two processes, one wins. The newest sixteen generations are kept.
public final class FileSnapshots implements Snapshots {
  private static final int KEPT = 16;

  private final Path folder;
  private final InstantSource clock;

  /// @param folder is made when something is published
  public FileSnapshots(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Optional<Snapshot> newest(String name) {
    return generations(name).max().stream()
        .boxed()
        .findFirst()
        .flatMap(generation -> at(name, generation));
  }

  @Override
  public long generation(String name) {
    return generations(name).max().orElse(0);
  }

  @Override
  public Optional<Snapshot> at(String name, long generation) {
    try {
      byte[] file = Files.readAllBytes(place(name).resolve(Long.toString(generation)));
      int head = 0;
      while (file[head] != '\n') {
        head++;
      }
      Instant at = Instant.parse(new String(file, 0, head, StandardCharsets.US_ASCII));
      byte[] content = Arrays.copyOfRange(file, head + 1, file.length);
      return Optional.of(new Snapshot(name, generation, at, content));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Snapshot> publish(String name, long after, byte[] content) {
    long newest = generations(name).max().orElse(0);
    if (newest != after) {
      return Optional.empty();
    }
    Snapshot next = new Snapshot(name, after + 1, clock.instant(), content.clone());
    try {
      Path place = Files.createDirectories(place(name));
      if (!write(place, next)) {
        return Optional.empty();
      }
      forget(place, name, next.generation() - KEPT);
      return Optional.of(next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean write(Path place, Snapshot next) throws IOException {
    Path aside = Files.createTempFile(place, "new-", "");
    try {
      String head = next.at() + "\n";
      Files.write(aside, head.getBytes(StandardCharsets.US_ASCII));
      Files.write(aside, next.content(), StandardOpenOption.APPEND);
      try (FileChannel written = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.createLink(place.resolve(Long.toString(next.generation())), aside);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private void forget(Path place, String name, long upTo) throws IOException {
    for (long old : generations(name).filter(generation -> generation <= upTo).toArray()) {
      Files.deleteIfExists(place.resolve(Long.toString(old)));
    }
  }

  private LongStream generations(String name) {
    try (Stream<Path> files = Files.list(place(name))) {
      return LongStream.of(
          files
              .map(file -> file.getFileName().toString())
              .filter(FileSnapshots::isGeneration)
              .mapToLong(Long::parseLong)
              .toArray());
    } catch (NoSuchFileException e) {
      return LongStream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isGeneration(String file) {
    return file.length() < 19 && file.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The folder of a name: lower-case letters, digits and hyphens as they are, everything else in
  /// hexadecimal, so that no name leaves the folder and none is another's on any file system.
  private Path place(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-') {
        safe.append((char) b);
      } else {
        safe.append('_').append(Character.forDigit(b >> 4 & 15, 16));
        safe.append(Character.forDigit(b & 15, 16));
      }
    }
    return folder.resolve(safe.toString());
  }
}
