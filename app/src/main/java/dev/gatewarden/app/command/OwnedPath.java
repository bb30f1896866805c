package dev.gatewarden.app.command;

import dev.gatewarden.core.design.CodeOwners;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Who owns the path of a contract, by the CODEOWNERS file of its repository.
///
/// @param owners as the file writes them, none where it says nothing of the path
record OwnedPath(List<String> owners) {
  /// Folders in which a CODEOWNERS file speaks of what stands beside them.
  private static final Set<String> HOMES = Set.of(".github", ".gitlab", "docs");

  OwnedPath {
    owners = List.copyOf(owners);
  }

  /// @throws Refusal when the file does not speak of the contract
  static OwnedPath of(Terminal terminal, Path codeowners, Path contract)
      throws IOException, Refusal {
    Path file = absolute(terminal, codeowners);
    Path top = Objects.requireNonNull(file.getParent());
    if (top.getParent() != null && HOMES.contains(String.valueOf(top.getFileName()))) {
      top = Objects.requireNonNull(top.getParent());
    }
    Path given = absolute(terminal, contract);
    if (!given.startsWith(top)) {
      throw new Refusal(
          "`"
              + codeowners
              + "` does not speak of `"
              + contract
              + "`, which stands outside `"
              + top
              + "`");
    }
    String path = top.relativize(given).toString().replace('\\', '/');
    return new OwnedPath(CodeOwners.read(Files.readString(file)).of(path));
  }

  /// Writes the first of them at the top of the contract.
  List<Remedy> remedies(Audited contract) {
    if (owners.isEmpty()) {
      return List.of();
    }
    String owner = owners.getFirst();
    return List.of(
        new Remedy.Edit(
            "write `x-gatewarden-owner: " + owner + "`, as CODEOWNERS says",
            List.of(
                new Remedy.Change.Add(
                    contract.source().place(), "x-gatewarden-owner", Json.quoted(owner))),
            true));
  }

  private static Path absolute(Terminal terminal, Path path) {
    return terminal.folder().resolve(path).toAbsolutePath().normalize();
  }
}
