package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Listen;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a configuration says that its gate is operated, and by what.
///
/// @param folder where the configuration stands
/// @param token what operators bring; null where none is named
/// @param identity whether an issuer vouches for operators
record AdminPlace(Path folder, URI base, @Nullable SecretReference token, boolean identity) {
  private static final Bounds BOUNDS = new Bounds(4 << 20, 32, 100_000);
  private static final int USUAL_PORT = 8081;
  private static final String USUAL_BIND = "127.0.0.1";
  private static final String INSTEAD =
      "name the gate with `--admin` and `--admin-token`, such as `--admin http://127.0.0.1:8081"
          + " --admin-token file:.gatewarden/admin.token`";

  /// As a sound configuration says it.
  static AdminPlace of(Reading reading) {
    Listen.Admin said = reading.configuration().listen().admin();
    return new AdminPlace(
        reading.folder(), base(said.bind(), said.port()), said.token(), said.identity() != null);
  }

  /// As far as a file can be read in which something else is wrong: the gate that it belongs to
  /// runs, and can say what.
  ///
  /// @throws Refusal where it cannot be read so far
  static AdminPlace asWritten(Path file) throws Refusal {
    try {
      Node root =
          new DocumentReader(BOUNDS)
              .read(new Origin(file.toUri(), file.toString()), Files.readAllBytes(file));
      Node admin = below(below(root, "listen"), "admin");
      Node token = below(admin, "token");
      Path folder = file.toAbsolutePath().normalize().getParent();
      return new AdminPlace(
          folder == null ? Path.of("") : folder,
          base(bind(below(admin, "bind")), port(below(admin, "port"))),
          token == null ? null : SecretReference.parse(text(token)),
          below(admin, "identity") != null);
    } catch (IOException | ProblemsException | IllegalArgumentException unreadable) {
      throw new Refusal("`" + file + "` cannot be read as far as the admin port; " + INSTEAD);
    }
  }

  private static @Nullable Node below(@Nullable Node node, String name) {
    if (node == null || (node instanceof Node.Obj object && object.get(name) == null)) {
      return null;
    }
    if (node instanceof Node.Obj object) {
      return object.get(name);
    }
    throw new IllegalArgumentException(name);
  }

  private static String text(Node node) {
    return switch (node) {
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case Node.Obj _, Node.Arr _, Node.Bool _, Node.Null _ ->
          throw new IllegalArgumentException("no text");
    };
  }

  private static String bind(@Nullable Node said) {
    return said == null ? USUAL_BIND : text(said);
  }

  /// A port that is any free one stands nowhere.
  private static int port(@Nullable Node said) {
    int port = said == null ? USUAL_PORT : Integer.parseInt(text(said));
    if (port < 1) {
      throw new IllegalArgumentException("any port");
    }
    return port;
  }

  private static URI base(String bind, int port) {
    String host = bind.equals("0.0.0.0") ? "127.0.0.1" : bind;
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + port);
  }
}
