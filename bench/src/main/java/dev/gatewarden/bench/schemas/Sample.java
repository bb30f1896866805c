package dev.gatewarden.bench.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A document of the comparison and the schema it obeys, as files that every contender can read.
record Sample(String name, String title, Path schema, Path document, long bytes) {

  static Sample write(Path folder, String name, String title, String schema, String document)
      throws IOException {
    Path schemaFile = Files.writeString(folder.resolve(name + ".schema.json"), schema);
    Path file = Files.writeString(folder.resolve(name + ".json"), document);
    return new Sample(name, title, schemaFile, file, Files.size(file));
  }
}
