package dev.gatewarden.app.serving;

import dev.gatewarden.app.contracts.FileSources;
import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.document.Sources;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The files that one generation was made of, and what each of them said.
///
/// A file is read through whatever links lead to it, so that one that is replaced, and a folder to
/// which a link is turned, are seen like one that is written to.
final class InputFiles {
  private static final String ABSENT = "absent";

  /// What a file says of which two readings were not the same.
  private static final String TORN = "torn";

  private static final int NAME_DIGITS = 12;

  private final FileSources files = new FileSources();
  private final Map<Path, String> said = new ConcurrentSkipListMap<>();
  private final Map<String, Map<Path, String>> byApi = new ConcurrentSkipListMap<>();
  private final Map<Path, String> secret = new ConcurrentSkipListMap<>();

  /// What a file says.
  byte[] read(Path file) throws IOException {
    return read(file.toAbsolutePath().toUri(), said);
  }

  /// Notes the configuration, which was read a moment ago.
  void configuration(Path file) {
    said.put(file.toAbsolutePath().normalize(), now(file));
  }

  /// Where the contract of an API is read from.
  Sources of(String api) {
    Map<Path, String> own = byApi.computeIfAbsent(api, _ -> new ConcurrentSkipListMap<>());
    return address -> {
      try {
        return read(address, own);
      } finally {
        own.forEach((file, text) -> said.merge(file, text, InputFiles::one));
      }
    };
  }

  private byte[] read(URI address, Map<Path, String> noted) throws IOException {
    try {
      byte[] text = files.read(address);
      note(noted, Path.of(address), text);
      return text;
    } catch (IOException absent) {
      if ("file".equals(address.getScheme())) {
        note(noted, Path.of(address), null);
      }
      throw absent;
    }
  }

  /// What stands in the contract of an API: a digest.
  String contract(String api) {
    return digest(
        byApi.getOrDefault(api, new TreeMap<>()).toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Notes what stood in the file of a secret; null for one that is not there.
  void secret(Path file, byte @Nullable [] text) {
    note(secret, file, text);
  }

  /// Notes a file that was read elsewhere, as it is now.
  void look(Path file) {
    secret.put(file.toAbsolutePath().normalize(), now(file));
  }

  private static void note(Map<Path, String> to, Path file, byte @Nullable [] text) {
    to.merge(
        file.toAbsolutePath().normalize(), text == null ? ABSENT : digest(text), InputFiles::one);
  }

  private static String one(String before, String now) {
    return before.equals(now) ? now : TORN;
  }

  /// A file that was read more than once and said something else each time; null where there is
  /// none.
  @Nullable Path torn() {
    for (Map.Entry<Path, String> each : said.entrySet()) {
      if (each.getValue().equals(TORN)) {
        return each.getKey();
      }
    }
    return null;
  }

  /// How many there are.
  int count() {
    return said.size() + secret.size();
  }

  /// Whether others say something else than these.
  boolean differ(InputFiles others) {
    return !said.equals(others.said) || !secret.equals(others.secret);
  }

  /// The first file that says something else now; null where none does.
  @Nullable Path changed() {
    Path changed = changed(said);
    return changed == null ? changed(secret) : changed;
  }

  private @Nullable Path changed(Map<Path, String> noted) {
    for (Map.Entry<Path, String> each : noted.entrySet()) {
      if (!now(each.getKey()).equals(each.getValue())) {
        return each.getKey();
      }
    }
    return null;
  }

  private String now(Path file) {
    try {
      return digest(files.read(file.toAbsolutePath().toUri()));
    } catch (IOException absent) {
      return ABSENT;
    }
  }

  /// What tells one state of all of them from another; the same while nobody writes them.
  String state() {
    StringBuilder state = new StringBuilder();
    said.keySet().forEach(file -> state(file, state));
    secret.keySet().forEach(file -> state(file, state));
    return state.toString();
  }

  private static void state(Path file, StringBuilder state) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      state.append(now.lastModifiedTime()).append(' ').append(now.size()).append(' ');
      state.append(now.fileKey()).append('\n');
    } catch (IOException gone) {
      state.append("gone\n");
    }
  }

  /// A short digest of what they say, by which two gates can be compared. No secret has a part in
  /// it, for it is written to logs.
  ///
  /// @param folder where the configuration stands
  String name(Path folder) {
    StringBuilder all = new StringBuilder();
    said.forEach(
        (file, text) -> {
          String place =
              file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
          all.append(place).append('\n').append(text).append('\n');
        });
    return digest(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
  }

  /// A digest of texts, in hexadecimal digits.
  static String digest(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new GatewardenBug("this Java has no SHA-256", impossible);
    }
  }
}
