package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that lead to a running gate's admin port, and what is asked there.
final class AdminPort {
  private static final int PATIENCE = 15_000;
  private static final int CONNECTING = 2_000;
  private static final int MOST_BYTES = 64 << 20;

  @Mixin private final ConfigurationFile configuration = new ConfigurationFile();

  @Option(
      names = "--admin",
      paramLabel = "<url>",
      description =
          "A gate's admin port, such as http://127.0.0.1:8081, in place of the one the"
              + " configuration names.")
  private @Nullable URI admin;

  @Option(
      names = "--admin-token",
      paramLabel = "<env:NAME|file:path>",
      description = "Where the token for `--admin` is kept.")
  private @Nullable String token;

  /// What a path of the admin port tells.
  Node told(Terminal terminal, String path) throws IOException, Refusal {
    return exchange(terminal, path, null);
  }

  /// Asks for something to be done.
  Node done(Terminal terminal, String path, Map<String, String> fields)
      throws IOException, Refusal {
    return exchange(terminal, path, Json.line(fields));
  }

  /// The configuration that names the port; null where the port itself was named.
  @Nullable Reading reading(Terminal terminal) {
    return admin == null ? configuration.read(terminal) : null;
  }

  private Node exchange(Terminal terminal, String path, @Nullable String body)
      throws IOException, Refusal {
    URI base;
    String bearer;
    if (admin != null) {
      base = admin;
      bearer = token == null ? null : secret(terminal, terminal.folder(), reference(token));
    } else {
      Reading reading = configuration.read(terminal);
      var listen = reading.configuration().listen().admin();
      String host = listen.bind().equals("0.0.0.0") ? "127.0.0.1" : listen.bind();
      String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      base = URI.create("http://" + shown + ":" + listen.port());
      bearer =
          listen.token() != null
              ? secret(terminal, reading.folder(), listen.token())
              : listen.identity() == null ? null : TokenCommand.of(terminal);
    }
    return sent(base, path, body, bearer);
  }

  private static SecretReference reference(String text) throws Refusal {
    try {
      return SecretReference.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal("`--admin-token`: " + wrong.getMessage());
    }
  }

  private static String secret(Terminal terminal, Path folder, SecretReference reference)
      throws Refusal {
    try {
      return new String(
          new Secrets(folder, terminal.environment()).read(reference).revealed(),
          StandardCharsets.UTF_8);
    } catch (IOException absent) {
      throw new Refusal("the admin token cannot be read: " + absent.getMessage());
    }
  }

  private static Node sent(URI base, String path, @Nullable String body, @Nullable String bearer)
      throws IOException, Refusal {
    HttpURLConnection connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
    connection.setConnectTimeout(CONNECTING);
    connection.setReadTimeout(PATIENCE);
    connection.setInstanceFollowRedirects(false);
    if (bearer != null) {
      connection.setRequestProperty("Authorization", "Bearer " + bearer);
    }
    try {
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      try (InputStream answer =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] text = answer == null ? new byte[0] : answer.readNBytes(MOST_BYTES);
        if (status != 200) {
          throw new Refusal(refused(base, status, text));
        }
        return parsed(text);
      }
    } catch (ConnectException | SocketTimeoutException stopped) {
      throw new Refusal.NoGate(base);
    } finally {
      connection.disconnect();
    }
  }

  private static String refused(URI base, int status, byte[] text) {
    try {
      if (parsed(text) instanceof Node.Obj problem
          && problem.get("detail") instanceof Node.Text detail) {
        return status == 400 ? detail.value() : detail.value() + " (" + status + ")";
      }
    } catch (ProblemsException noJson) {
      return "the admin port at `" + base + "` answers " + status;
    }
    return "the admin port at `" + base + "` answers " + status;
  }

  private static Node parsed(byte[] text) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(new Origin(URI.create("gatewarden:answer.json"), "answer"), text);
  }
}
