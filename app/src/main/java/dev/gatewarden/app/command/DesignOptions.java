package dev.gatewarden.app.command;

import dev.gatewarden.app.command.design.Sheet;
import dev.gatewarden.app.command.design.Writing;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.design.Owners;
import dev.gatewarden.core.finding.Audited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What every command takes that writes a table for a design review.
final class DesignOptions {
  @Parameters(paramLabel = "<contract>", description = "The OpenAPI or Swagger document.")
  private @Nullable Path contract;

  @Option(
      names = "--overlay",
      paramLabel = "<file>",
      description = "Laid over it; as often as needed, in order.")
  private List<Path> overlays = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "<format>",
      defaultValue = "markdown",
      description = "markdown, csv, html or json.")
  private Writing.Form format = Writing.Form.MARKDOWN;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "The file to write; standard output where it is not said.")
  private @Nullable Path out;

  /// The contract, as the audit reads it.
  Audited read(Terminal terminal) {
    ContractReader.Draft draft =
        ContractFile.draft(terminal, Objects.requireNonNull(contract), overlays);
    return new Audited(draft.contract(), draft.problems(), ConfigurationFile.today());
  }

  /// Who answers for its operations.
  ///
  /// @param codeowners the CODEOWNERS file of the repository that the contract stands in, or null
  Owners owners(Terminal terminal, Audited read, @Nullable Path codeowners)
      throws IOException, Refusal {
    if (codeowners == null) {
      return new Owners(read, List.of());
    }
    return new Owners(
        read, OwnedPath.of(terminal, codeowners, Objects.requireNonNull(contract)).owners());
  }

  void write(Terminal terminal, Sheet sheet) throws IOException {
    String text = Writing.of(sheet, format);
    if (out == null) {
      terminal.out().print(text);
      terminal.out().flush();
    } else {
      Files.writeString(terminal.folder().resolve(out), text);
      terminal.out().println(out);
    }
  }
}
