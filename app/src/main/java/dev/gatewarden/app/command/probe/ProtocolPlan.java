package dev.gatewarden.app.command.probe;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.platform.probing.Report;
import dev.gatewarden.platform.probing.protocol.Promised;
import dev.gatewarden.platform.probing.protocol.Protocol;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would be fuzzed of a service that has a schema of its own, and whether it was met.
public final class ProtocolPlan {
  private ProtocolPlan() {}

  /// What would be called.
  public static String of(Protocol protocol, List<Operation> operations, Terminal terminal) {
    StringBuilder text = new StringBuilder(terminal.strong("operations")).append('\n');
    for (Operation each : operations) {
      String why = protocol.unsent(each);
      text.append("  ").append(each.id().name());
      text.append(why == null ? "" : "  (not called: " + why + ")").append('\n');
    }
    return text.toString();
  }

  /// Where credentials of a recording would come from: there is none beside such a schema.
  public static Casting.Recorded recorded() {
    return file -> {
      throw new ProblemsException(
          List.of(
              new Problem(
                  Promised.at(new Place.Origin(file.toUri(), file.toString()), 1, 1),
                  "what a recording presents is for OpenAPI contracts",
                  "give the identity a `token`, a `login` or one of the others")));
    };
  }

  /// Why a run says nothing about a service: none of its operations was met; else null.
  public static @Nullable String doubt(Report report, URI target) {
    if (report.attempts().isEmpty()) {
      return null;
    }
    if (report.attempts().stream().allMatch(each -> each.status() == 0)) {
      return "no answer came from `" + target + "`: nothing listens there that speaks this";
    }
    boolean met =
        !report.found().isEmpty()
            || report.withstood().values().stream().anyMatch(each -> !each.isEmpty());
    return met || report.untested().isEmpty()
        ? null
        : "no operation could be called at `" + target + "`: " + report.untested().getFirst().why();
  }
}
