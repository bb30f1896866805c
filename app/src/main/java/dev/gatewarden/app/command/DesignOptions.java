package dev.gatewarden.app.command;

import dev.gatewarden.app.command.design.Sheet;
import dev.gatewarden.app.command.design.Writing;
import dev.gatewarden.app.contracts.FileSources;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.design.OwnerRules;
import dev.gatewarden.core.design.Owners;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.platform.inputs.Inputs;
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

  @Option(
      names = "--owners",
      paramLabel = "<file>",
      description =
          "Rules that say who answers for which operations: `owners: [{path: …, tag: …, operation:"
              + " …, owner: …}]`; the last that meets an operation counts.")
  private @Nullable Path owners;

  @Option(
      names = "--codeowners",
      paramLabel = "<file>",
      description =
          "The CODEOWNERS file of the contract's repository: who owns its path answers for what"
              + " nobody else does.")
  private @Nullable Path codeowners;

  /// The contract, as the audit reads it.
  Audited read(Terminal terminal) {
    return read(file(terminal, Inputs.Told.NOTHING));
  }

  Audited read(ContractFile file) {
    ContractReader.Draft draft = file.draft(new FileSources());
    return new Audited(draft.contract(), draft.problems(), ConfigurationFile.today());
  }

  /// The file itself.
  ///
  /// @param told what the user says of it, should it be a collection or a recording
  ContractFile file(Terminal terminal, Inputs.Told told) {
    return ContractFile.open(terminal, Objects.requireNonNull(contract), overlays, told);
  }

  /// Who answers for its operations.
  Owners owners(Terminal terminal, Audited read) throws IOException, Refusal {
    List<String> files =
        codeowners == null
            ? List.of()
            : OwnedPath.of(terminal, codeowners, Objects.requireNonNull(contract)).owners();
    OwnerRules rules = OwnersFile.read(terminal, owners);
    OwnersFile.tell(terminal, rules, read.contract());
    return new Owners(read, rules, files);
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
