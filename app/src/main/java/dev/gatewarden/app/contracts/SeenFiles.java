package dev.gatewarden.app.contracts;

import dev.gatewarden.core.document.Sources;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Files of this machine, and which of them were read or asked for, with what they said.
public final class SeenFiles implements Sources {
  private final Sources files = new FileSources();
  private final Map<Path, Optional<ByteBuffer>> seen = new LinkedHashMap<>();

  @Override
  public byte[] read(URI address) throws IOException {
    try {
      byte[] text = files.read(address);
      seen.put(Path.of(address), Optional.of(ByteBuffer.wrap(text)));
      return text;
    } catch (IOException absent) {
      if ("file".equals(address.getScheme())) {
        seen.put(Path.of(address), Optional.empty());
      }
      throw absent;
    }
  }

  /// Reads a file as it is now, present or not.
  public void look(Path file) {
    try {
      read(file.toUri());
    } catch (IOException absent) {
      seen.put(file, Optional.empty());
    }
  }

  /// What was read, by the file; empty for one that was not there or could not be read.
  public Map<Path, Optional<ByteBuffer>> seen() {
    return Map.copyOf(seen);
  }
}
