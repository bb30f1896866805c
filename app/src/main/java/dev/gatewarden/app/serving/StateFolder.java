package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Reading;
import java.nio.file.Path;
import java.util.Map;

/// Where a gate keeps what it needs again.
public final class StateFolder {
  private StateFolder() {}

  /// The folder named by `GATEWARDEN_STATE`, else `.gatewarden` beside the configuration.
  public static Path of(Reading reading, Map<String, String> environment) {
    return of(reading.folder(), environment);
  }

  /// The same for a configuration in this folder.
  public static Path of(Path folder, Map<String, String> environment) {
    String named = environment.get("GATEWARDEN_STATE");
    return named == null || named.isEmpty()
        ? folder.resolve(".gatewarden")
        : Path.of(named).toAbsolutePath();
  }

  /// Where snapshots stand in it.
  public static Path snapshots(Path state) {
    return state.resolve("snapshots");
  }

  /// Where the pepper of API keys stands in it, for rings that name none.
  public static Path pepper(Path state) {
    return state.resolve("api-keys.pepper");
  }

  /// Where the token of operators stands in it, for configurations that name none.
  public static Path operatorToken(Path state) {
    return state.resolve("admin.token");
  }

  /// Where it is written in it what operators did.
  public static Path audit(Path state) {
    return state.resolve("audit.log");
  }
}
