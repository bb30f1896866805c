package dev.gatewarden.app.command;

import dev.gatewarden.app.admin.OperatorToken;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.serving.StateFolder;
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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    Answer answer = answer(terminal, path, body);
    if (answer.status == 400) {
      throw new Refusal.Wrong(refused(answer));
    }
    if (answer.status != 200) {
      throw new Refusal(refused(answer));
    }
    return parsed(answer.text);
  }

  /// What a path of the admin port tells, as it is; empty where nothing is there.
  ///
  /// @throws Refusal.NoGate where nobody answers
  Optional<String> text(Terminal terminal, String path) throws IOException, Refusal {
    Answer answer = answer(terminal, path, null);
    return switch (answer.status) {
      case 200 -> Optional.of(new String(answer.text, StandardCharsets.UTF_8));
      case 404 -> Optional.empty();
      default -> throw new Refusal(refused(answer));
    };
  }

  private Answer answer(Terminal terminal, String path, @Nullable String body)
      throws IOException, Refusal {
    if (admin != null) {
      if (admin.getHost() == null
          || !("http".equals(admin.getScheme()) || "https".equals(admin.getScheme()))) {
        throw new Refusal("`--admin` is an address such as `http://127.0.0.1:8081`");
      }
      String bearer = token == null ? null : secret(terminal, terminal.folder(), reference(token));
      return sent(admin, path, body, bearer);
    }
    AdminPlace place = place(terminal);
    return sent(place.base(), path, body, bearer(terminal, place));
  }

  /// What keeps a configuration from being in force need not keep anybody from asking its gate.
  private AdminPlace place(Terminal terminal) throws Refusal {
    try {
      return AdminPlace.of(configuration.read(terminal));
    } catch (ProblemsException unsound) {
      return AdminPlace.asWritten(terminal.folder().resolve(configuration.file()));
    }
  }

  /// What lets in: the token that the configuration names, that of a login where an issuer vouches
  /// for operators, else the one that the gate made for itself.
  private static String bearer(Terminal terminal, AdminPlace place) throws IOException, Refusal {
    if (place.token() != null) {
      return secret(terminal, place.folder(), place.token());
    }
    if (place.identity()) {
      return TokenCommand.of(terminal);
    }
    try {
      Path file = StateFolder.operatorToken(StateFolder.of(place.folder(), terminal.environment()));
      return new String(OperatorToken.read(file).revealed(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException neverStarted) {
      throw new Refusal.NoGate(place.base());
    }
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

  private static Answer sent(URI base, String path, @Nullable String body, @Nullable String bearer)
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
        return new Answer(base, status, text);
      }
    } catch (ConnectException | SocketTimeoutException stopped) {
      throw new Refusal.NoGate(base);
    } finally {
      connection.disconnect();
    }
  }

  private static String refused(Answer answer) {
    String otherwise = "the admin port at `" + answer.base + "` answers " + answer.status;
    try {
      return parsed(answer.text) instanceof Node.Obj problem
              && problem.get("detail") instanceof Node.Text detail
          ? detail.value() + (answer.status == 400 ? "" : " (" + answer.status + ")")
          : otherwise;
    } catch (ProblemsException noJson) {
      return otherwise;
    }
  }

  private static Node parsed(byte[] text) {
    return new DocumentReader(Bounds.DEFAULT)
        .read(new Origin(URI.create("gatewarden:answer.json"), "answer"), text);
  }

  /// The configuration's file.
  Path file() {
    return configuration.file();
  }

  /// Whether the port itself was named.
  boolean named() {
    return admin != null;
  }

  /// What came back.
  private record Answer(URI base, int status, byte[] text) {}
}
