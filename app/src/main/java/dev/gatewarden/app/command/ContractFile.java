package dev.gatewarden.app.command;

import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.FileSources;
import dev.gatewarden.app.contracts.FirstConfiguration;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Sources;
import dev.gatewarden.platform.inputs.Inferred;
import dev.gatewarden.platform.inputs.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A contract a command line names, read by itself: what is unclear about its objects is a warning.
///
/// A Postman collection or an HTTP Archive stands for the contract that it shows.
final class ContractFile {
  private final Terminal terminal;
  private final Path file;
  private final List<Path> overlays;
  private final Node document;
  private final @Nullable Inferred inferred;

  private ContractFile(
      Terminal terminal,
      Path file,
      List<Path> overlays,
      Node document,
      @Nullable Inferred inferred) {
    this.terminal = terminal;
    this.file = file;
    this.overlays = overlays;
    this.document = document;
    this.inferred = inferred;
  }

  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with it
  static Contract read(Terminal terminal, Path contract, List<Path> overlays) {
    return open(terminal, contract, overlays, Inputs.Told.NOTHING).read();
  }

  /// As much of it as can be understood.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException when it is no OpenAPI document at all
  static ContractReader.Draft draft(Terminal terminal, Path contract, List<Path> overlays) {
    return draft(terminal, contract, overlays, new FileSources());
  }

  /// As much of it as can be understood.
  ///
  /// @param sources what it refers to is read from
  /// @throws dev.gatewarden.core.document.ProblemsException when it is no OpenAPI document at all
  static ContractReader.Draft draft(
      Terminal terminal, Path contract, List<Path> overlays, Sources sources) {
    return open(terminal, contract, overlays, Inputs.Told.NOTHING).draft(sources);
  }

  /// As much of it as can be understood.
  ///
  /// @param sources what it refers to is read from
  /// @throws dev.gatewarden.core.document.ProblemsException when it is no OpenAPI document at all
  ContractReader.Draft draft(Sources sources) {
    return reader(sources).draft(files(List.of()), _ -> true);
  }

  /// The file itself, before it is read as a contract.
  ///
  /// @param told what the user says of it, should it be a collection or a recording
  /// @throws dev.gatewarden.core.document.ProblemsException where it is no document
  static ContractFile open(
      Terminal terminal, Path contract, List<Path> overlays, Inputs.Told told) {
    Node document = document(terminal, contract);
    boolean off =
        terminal.without().contains(Inputs.kind(document).name().toLowerCase(Locale.ROOT));
    return new ContractFile(
        terminal, contract, overlays, document, off ? null : Inputs.inferred(document, told));
  }

  /// The same with answers that the API itself gave.
  ContractFile meeting(Inputs.Told told, List<Inputs.Met> met) {
    return new ContractFile(
        terminal, file, overlays, document, Inputs.inferred(document, told, met));
  }

  /// Any document of YAML or JSON.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException where it is none
  static Node document(Terminal terminal, Path file) {
    return new Documents(new FileSources(), Bounds.DEFAULT, origin(terminal, file), Set.of())
        .root();
  }

  /// @throws dev.gatewarden.core.document.ProblemsException with everything that is wrong with it
  Contract read() {
    return read(new FileSources(), List.of());
  }

  /// The contract with more laid over it.
  ///
  /// @param sources where that is read from, and all others are
  Contract read(Sources sources, List<Origin> laid) {
    return reader(sources).read(files(laid), _ -> true);
  }

  private ContractReader reader(Sources sources) {
    ContractReader reader = Contracts.reader(sources);
    if (inferred != null) {
      return reader.of(inferred.contract());
    }
    return document instanceof Node.Obj written ? reader.of(written) : reader;
  }

  /// What the contract was inferred from, or null where the file says itself what it promises.
  @Nullable Inferred inferred() {
    return inferred;
  }

  /// What stands in the file.
  Node document() {
    return document;
  }

  Path file() {
    return file;
  }

  private ContractFiles files(List<Origin> laid) {
    List<Origin> all = new ArrayList<>();
    overlays.forEach(each -> all.add(origin(terminal, each)));
    all.addAll(laid);
    return new ContractFiles(
        FirstConfiguration.nameOf(file), origin(terminal, file), all, Set.of());
  }

  private static Origin origin(Terminal terminal, Path file) {
    return new Origin(terminal.folder().resolve(file).normalize().toUri(), file.toString());
  }
}
