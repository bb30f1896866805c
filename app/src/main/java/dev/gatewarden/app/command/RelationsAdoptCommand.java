package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatewarden relations adopt`.
@Command(
    name = "gatewarden relations adopt",
    description = {
      "Says who vouches for the owners that were learned while one issuer alone named callers.",
      "Where several do, such an owner is nobody until this is said.",
      "Asks the running gate, or writes where a gate that does not run keeps them."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  gatewarden relations adopt --issuer corp",
      "  gatewarden relations adopt --issuer corp --api shop",
      "",
      "Exit code: 0 none is left without, 2 it could not be done."
    })
final class RelationsAdoptCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final AdminPort port = new AdminPort();

  @Option(
      names = "--issuer",
      paramLabel = "<name>",
      required = true,
      description = "Who named them, by the name in the configuration.")
  private String issuer = "";

  @Option(
      names = "--api",
      paramLabel = "<name>",
      description = "The API by its name in the configuration; not needed where there is one.")
  private @Nullable String api;

  RelationsAdoptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, Refusal {
    long adopted = 0;
    try (RelationsAt relations = new RelationsAt(terminal, port)) {
      String from = "";
      do {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("do", "adopt");
        fields.put("issuer", issuer);
        fields.put("from", from);
        if (api != null) {
          fields.put("api", api);
        }
        Node page = relations.done(fields);
        if (page instanceof Node.Obj object && object.get("adopted") instanceof Node.Num some) {
          adopted += some.value().longValue();
        }
        from = RelationsAt.text(page, "next");
      } while (!from.isEmpty());
    }
    terminal
        .err()
        .println(
            adopted
                + (adopted == 1 ? " owner is" : " owners are")
                + " of `"
                + issuer
                + "` from now on");
    return Commands.CLEAN;
  }
}
