package dev.gatewarden.app.command;

import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.FirstConfiguration;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Place.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// A contract a command line names, read by itself: what is unclear about its objects is a warning.
final class ContractFile {
  private ContractFile() {}

  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with it
  static Contract read(Terminal terminal, Path contract, List<Path> overlays) {
    return Contracts.reader().read(files(terminal, contract, overlays), _ -> true);
  }

  /// As much of it as can be understood.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException when it is no OpenAPI document at all
  static ContractReader.Draft draft(Terminal terminal, Path contract, List<Path> overlays) {
    return Contracts.reader().draft(files(terminal, contract, overlays), _ -> true);
  }

  private static ContractFiles files(Terminal terminal, Path contract, List<Path> overlays) {
    return new ContractFiles(
        FirstConfiguration.nameOf(contract),
        origin(terminal, contract),
        overlays.stream().map(each -> origin(terminal, each)).toList(),
        Set.of());
  }

  private static Origin origin(Terminal terminal, Path file) {
    return new Origin(terminal.folder().resolve(file).normalize().toUri(), file.toString());
  }
}
