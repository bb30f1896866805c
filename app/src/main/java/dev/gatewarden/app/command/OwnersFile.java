package dev.gatewarden.app.command;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Extensions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.design.OwnerRule;
import dev.gatewarden.core.design.OwnerRules;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of owner rules that a command line names.
final class OwnersFile {
  /// What the rules are called where they are left out.
  private static final String CONTROL = "owner-rules";

  private OwnersFile() {}

  /// Reads it.
  ///
  /// @param file no rules where it is null
  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with it
  static OwnerRules read(Terminal terminal, @Nullable Path file) throws IOException {
    if (file == null || terminal.without().contains(CONTROL)) {
      return OwnerRules.NONE;
    }
    Path path = terminal.folder().resolve(file).normalize();
    return OwnerRules.read(
        new DocumentReader(Bounds.DEFAULT)
            .read(new Place.Origin(path.toUri(), file.toString()), Files.readAllBytes(path)));
  }

  /// Tells which rules a contract leaves nothing to.
  static void tell(Terminal terminal, OwnerRules rules, Contract contract) {
    terminal.err().print(Problems.text(rules.idle(contract), terminal));
    terminal.err().flush();
  }

  /// Writes what they say at each operation that says nobody itself; none where they leave one out.
  static List<Remedy> remedies(OwnerRules rules, Audited contract) {
    List<Remedy.Change> changes = new ArrayList<>();
    for (Operation each : contract.operations()) {
      if (each.extensions().get("owner") != null) {
        continue;
      }
      OwnerRule rule = rules.of(each);
      if (rule == null) {
        return List.of();
      }
      List<String> owners = rule.owners().stream().map(Json::quoted).toList();
      changes.add(
          new Remedy.Change.Add(
              each.source().place(),
              Extensions.PREFIX + "owner",
              owners.size() == 1 ? owners.getFirst() : "[" + String.join(", ", owners) + "]"));
    }
    return changes.isEmpty()
        ? List.of()
        : List.of(
            new Remedy.Edit(
                "write `x-gatewarden-owner` at each operation, as the owner rules say",
                changes,
                true));
  }
}
