package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.DecisionsTo;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.gateway.recorder.LineSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where decision lines go, as the configuration says.
final class Sinks {
  private Sinks() {}

  /// A sink that is closed with the gate.
  record Open(LineSink sink, Closeable closing) {}

  /// @throws IOException when the file cannot be written
  static Open of(Reading reading, OutputStream standard) throws IOException {
    return switch (reading.configuration().decisions()) {
      case DecisionsTo.Stdout _ -> new Open(new ToStream(standard), standard::flush);
      case DecisionsTo.Nowhere _ -> new Open((_, _) -> {}, () -> {});
      case DecisionsTo.ToFile(var location) -> {
        OutputStream file = appending(location.in(reading.folder()));
        yield new Open(new ToStream(file), file);
      }
    };
  }

  private static OutputStream appending(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private record ToStream(OutputStream stream) implements LineSink {
    @Override
    public void write(byte[] lines, int length) throws IOException {
      stream.write(lines, 0, length);
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }
  }
}
