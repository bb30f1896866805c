package dev.gatewarden.app.contracts;

import dev.gatewarden.core.document.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Documents in files of this machine; nothing is ever fetched.
public final class FileSources implements Sources {
  private static final int MOST_BYTES = 64 << 20;

  @Override
  public byte[] read(URI address) throws IOException {
    if (!"file".equals(address.getScheme())) {
      throw new IOException("only files are read, and `" + address + "` is none");
    }
    Path file = Path.of(address);
    try (InputStream text = Files.newInputStream(file)) {
      byte[] bytes = text.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("`" + file + "` is larger than 64 MiB");
      }
      return bytes;
    } catch (NoSuchFileException absent) {
      throw new IOException("there is no such file", absent);
    }
  }
}
