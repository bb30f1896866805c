package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.serving.StoppedRelations;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Relations as the commands `gatewarden relations …` find them: at the admin port of a running
/// gate, else where a gate that does not run keeps them.
final class RelationsAt implements AutoCloseable {
  private final Terminal terminal;
  private final AdminPort port;
  private @Nullable StoppedRelations stopped;

  RelationsAt(Terminal terminal, AdminPort port) {
    this.terminal = terminal;
    this.port = port;
  }

  /// Does what these fields ask for.
  Node done(Map<String, String> fields) throws IOException, Refusal {
    StoppedRelations open = stopped;
    if (open == null) {
      try {
        return port.done(terminal, "/relations", fields);
      } catch (Refusal.NoGate none) {
        Reading reading = port.reading(terminal);
        if (reading == null) {
          throw new Refusal("no gate answers there");
        }
        open = StoppedRelations.open(reading, terminal.environment());
        stopped = open;
      }
    }
    try {
      return new DocumentReader(Bounds.DEFAULT)
          .read(
              new Origin(URI.create("gatewarden:answer.json"), "answer"),
              open.act(fields).json().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(String.valueOf(wrong.getMessage()));
    }
  }

  /// The text of a member; empty where it has none.
  static String text(Node answer, String name) {
    return answer instanceof Node.Obj object && object.get(name) instanceof Node.Text text
        ? text.value()
        : "";
  }

  /// Whether a member says yes.
  static boolean says(Node answer, String name) {
    return answer instanceof Node.Obj object
        && object.get(name) instanceof Node.Bool said
        && said.value();
  }

  @Override
  public void close() {
    if (stopped != null) {
      stopped.close();
    }
  }
}
