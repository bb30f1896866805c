package dev.gatewarden.app.command.diff;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.configuration.Versions;
import dev.gatewarden.app.contracts.FileSources;
import dev.gatewarden.core.change.VersionPolicy;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file that says what is promised about versions.
public final class PolicyFile {
  private static final Bounds BOUNDS = new Bounds(4 << 20, 32, 100_000);

  private PolicyFile() {}

  /// The policy in a `gatewarden.yaml`, or in a file with the key `versions` alone; null where it
  /// says nothing for that API.
  ///
  /// @param api the API's name, or null for the one with that contract
  /// @throws ProblemsException when it cannot be read or is not sound
  public static @Nullable VersionPolicy read(
      Path folder, Path file, @Nullable String api, Path contract) {
    Path found = folder.resolve(file).normalize();
    Node root = tree(found, file);
    if (!(root instanceof Node.Obj object)) {
      throw new ProblemsException(
          List.of(new Problem(root.place(), "a policy should be a map", "write `versions: {…}`")));
    }
    Versions versions =
        object.get("gatewarden") == null
            ? ConfigurationReader.versions(object)
            : of(configuration(folder, file, found), api, contract);
    return versions == null
        ? null
        : new VersionPolicy(
            versions.breaking() == Versions.Breaking.NEW_VERSION, versions.notice());
  }

  private static Node tree(Path found, Path named) {
    Place.Origin origin = new Place.Origin(found.toUri(), named.toString());
    try {
      return new DocumentReader(BOUNDS).read(origin, new FileSources().read(found.toUri()));
    } catch (IOException wrong) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  new Place(origin, 1, 1, Place.Path.ROOT),
                  "the file cannot be read: " + wrong.getMessage())));
    }
  }

  private static Reading configuration(Path folder, Path named, Path found) {
    boolean here = folder.equals(Path.of("").toAbsolutePath());
    return new ConfigurationReader(TunableGuards.all())
        .read(here ? named : found, LocalDate.now(ZoneOffset.UTC));
  }

  private static @Nullable Versions of(Reading reading, @Nullable String api, Path contract) {
    for (Map.Entry<String, Api> each : reading.configuration().apis().entrySet()) {
      Path its = each.getValue().contract().in(reading.folder());
      boolean meant =
          api == null
              ? its.equals(contract.toAbsolutePath().normalize())
              : api.equals(each.getKey());
      if (meant) {
        return each.getValue().versions();
      }
    }
    return null;
  }
}
