package dev.gatewarden.app.contracts;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Location;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractFiles;
import dev.gatewarden.core.contract.ContractReader;
import dev.gatewarden.core.contract.OperationId;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.Sources;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The contracts a configuration names, each by the name of its API.
///
/// @param warnings what is odd in them but leaves their promises clear
public record Contracts(Map<String, Contract> byApi, List<Problem> warnings) {
  /// The guard whose exceptions let an operation load without saying whose objects it touches.
  public static final String OBJECTS = "object-owner";

  public Contracts {
    byApi = Collections.unmodifiableMap(new LinkedHashMap<>(byApi));
    warnings = List.copyOf(warnings);
  }

  /// Reads all of them and holds them against the configuration.
  ///
  /// @param today the day (UTC) on which exceptions must hold
  /// @throws ProblemsException with everything that is wrong with any of them
  public static Contracts read(Reading reading, LocalDate today) {
    return read(reading, today, _ -> new FileSources());
  }

  /// The same, from what other sources hold.
  ///
  /// @param sources by API
  /// @throws ProblemsException with everything that is wrong with any of them
  public static Contracts read(
      Reading reading, LocalDate today, Function<String, Sources> sources) {
    List<Problem> problems = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    Map<String, Contract> byApi = new LinkedHashMap<>();
    reading
        .configuration()
        .apis()
        .forEach(
            (name, api) -> {
              ContractFiles files = files(reading, name, api);
              try {
                Contract contract =
                    reader(sources.apply(name)).read(files, id -> excused(reading, id, today));
                warnings.addAll(contract.warnings());
                byApi.put(name, contract);
                new Agreement(reading, name, api, contract, problems, today).check();
                new Tenants(reading, name, api, contract, today).check(problems, warnings);
              } catch (ProblemsException wrong) {
                problems.addAll(wrong.problems());
                agreementAllTheSame(
                    reading, name, api, files, problems, today, sources.apply(name));
              }
            });
    new VersionCheck(reading, byApi, today).check(problems, warnings);
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Contracts(byApi, warnings);
  }

  /// Where only object bindings are missing, the rest is checked in the same go.
  private static void agreementAllTheSame(
      Reading reading,
      String name,
      Api api,
      ContractFiles files,
      List<Problem> problems,
      LocalDate today,
      Sources sources) {
    try {
      new Agreement(reading, name, api, reader(sources).read(files, id -> true), problems, today)
          .check();
    } catch (ProblemsException known) {
      return;
    }
  }

  /// A reader of files on this machine.
  public static ContractReader reader() {
    return reader(new FileSources());
  }

  /// A reader of what these sources hold.
  public static ContractReader reader(Sources sources) {
    return new ContractReader(sources, Bounds.DEFAULT);
  }

  private static ContractFiles files(Reading reading, String name, Api api) {
    List<Origin> overlays = new ArrayList<>();
    Location overlay = api.overlay();
    if (overlay != null) {
      overlays.add(origin(reading, overlay));
    }
    return new ContractFiles(
        name, origin(reading, api.contract()), overlays, new HashSet<>(api.refs()));
  }

  private static Origin origin(Reading reading, Location location) {
    Path given = reading.file().getParent();
    Path shown = given == null ? Path.of(location.written()) : location.in(given);
    return new Origin(location.in(reading.folder()).toUri(), shown.toString());
  }

  private static boolean excused(Reading reading, OperationId id, LocalDate today) {
    return reading.configuration().excuse(OBJECTS, id.api(), id.name(), today) != null;
  }
}
