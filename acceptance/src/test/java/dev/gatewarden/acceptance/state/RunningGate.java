package dev.gatewarden.acceptance.state;

import dev.gatewarden.acceptance.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/// A gate in a process of its own, which dies without a word.
public final class RunningGate implements AutoCloseable {
  private static final String GREETING = "gatewarden: http://";

  private final Process process;
  private final URI uri;

  private RunningGate(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /// Starts one over a folder with its configuration.
  public static RunningGate start(Path folder) throws IOException {
    Process process = Program.command(folder, Program.APP, "run").start();
    StringBuilder said = new StringBuilder();
    BufferedReader err = process.errorReader();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith(GREETING)) {
        String address = line.substring(GREETING.length(), line.indexOf(','));
        String port = address.substring(address.lastIndexOf(':') + 1);
        return new RunningGate(process, URI.create("http://127.0.0.1:" + port));
      }
      said.append(line).append('\n');
    }
    throw new IOException("the gate does not start: " + said);
  }

  /// Where callers reach it.
  public URI uri() {
    return uri;
  }

  int status(String path, String token) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri.resolve(path))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
