package dev.gatewarden.demo;

import dev.gatewarden.app.admin.OperatorToken;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A gate in this process, as `gatewarden run` has it.
record OpenedGate(Gatewarden gate, URI uri, URI admin, String operatorToken)
    implements RunningGate {

  /// @param without a guard to leave out, or the empty text
  static OpenedGate open(Path configuration, StateFolder state, String without) throws IOException {
    Reading reading =
        new ConfigurationReader(TunableGuards.all())
            .read(configuration, LocalDate.now(ZoneOffset.UTC));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("GATEWARDEN_STATE", state.path().toString());
    Options options =
        Options.plain()
            .in(environment)
            .withoutControl(without.isEmpty() ? Set.of() : Set.of(without));
    Gatewarden gate = Gatewarden.start(reading, options);
    return new OpenedGate(
        gate,
        URI.create("http://127.0.0.1:" + gate.port()),
        URI.create("http://127.0.0.1:" + gate.adminPort()),
        token(state));
  }

  /// The one that the gate made for itself; none where its configuration says who operates it.
  private static String token(StateFolder state) throws IOException {
    Path file = dev.gatewarden.app.serving.StateFolder.operatorToken(state.path());
    return Files.exists(file)
        ? new String(OperatorToken.read(file).revealed(), StandardCharsets.UTF_8)
        : "";
  }

  @Override
  public void close() {
    gate.close();
  }
}
