package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Door;
import dev.gatewarden.app.admin.OperatorToken;
import dev.gatewarden.app.configuration.DecisionPort;
import dev.gatewarden.app.configuration.Listen;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.configuration.Setting;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.Tenants;
import dev.gatewarden.app.relations.RelationDesk;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.authzen.AuthzenGate;
import dev.gatewarden.gateway.conformity.Conformity;
import dev.gatewarden.gateway.recorder.Metrics;
import dev.gatewarden.gateway.recorder.Recorder;
import dev.gatewarden.gateway.walk.Era;
import dev.gatewarden.gateway.walk.GateSettings;
import dev.gatewarden.gateway.walk.OpenGate;
import dev.gatewarden.gateway.walk.Term;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes generations of one gate: all on the same ground, each of its own configuration.
///
/// @param url by which services know the gate
/// @param alive how many generations are not over
record Maker(
    Options options,
    Ground ground,
    Recorder recorder,
    Metrics metrics,
    Conformity conformity,
    Function<@Nullable DecisionPort, String> url,
    AtomicInteger alive) {

  /// The day (UTC) on which exceptions must hold.
  LocalDate today() {
    return LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC);
  }

  /// Makes one; when it cannot be made, nothing of it stays open.
  ///
  /// @param number which one it is since the gate started
  /// @param before the one it is to follow; null for the first
  /// @throws ProblemsException with everything that keeps it from serving
  Made make(
      Reading reading, Contracts contracts, InputFiles inputs, int number, @Nullable Made before) {
    Secrets secrets = new Secrets(reading.folder(), options.environment(), null, inputs::secret);
    Outside outside = new Outside(ground, before == null ? null : before.outside());
    try {
      Made made = make(reading, contracts, inputs, number, secrets, outside);
      outside.made();
      alive.incrementAndGet();
      return made;
    } catch (RuntimeException wrong) {
      outside.close();
      if (before != null) {
        ground.keep(before.outside().rings());
      }
      throw wrong;
    }
  }

  private Made make(
      Reading reading,
      Contracts contracts,
      InputFiles inputs,
      int number,
      Secrets secrets,
      Outside outside) {
    LocalDate today = today();
    Term term =
        new Term(
            () -> {
              outside.close();
              alive.decrementAndGet();
            });
    Assembly assembly = new Assembly(reading, contracts, secrets, outside, today);
    GateSettings shared =
        Shared.of(
            reading,
            options,
            recorder,
            metrics,
            conformity,
            ground.keeping().claims(),
            options.clock(),
            ground.transport().load()::level,
            new Era(number + "-" + inputs.name(reading.folder()), rules(reading, inputs), term));
    OpenGate gate = assembly.gate(shared);
    Door door = door(reading, secrets, outside);
    DecisionPort port = reading.configuration().listen().decisions();
    AuthzenGate asked = assembly.questions(shared, () -> url.apply(port));
    return new Made(
        reading,
        contracts,
        inputs,
        outside,
        gate,
        assembly.services(),
        asked,
        door,
        new Revocations(reading, outside.blocks(), options.clock()),
        new RelationDesk(outside.relations(), Tenants.rules(reading, contracts.byApi(), today)),
        options.clock().instant());
  }

  /// By API, what judges its callers: its contract, what is said of it, and what is said of nobody
  /// in particular.
  private static Map<String, String> rules(Reading reading, InputFiles inputs) {
    Map<String, String> rules = new TreeMap<>();
    for (String api : reading.configuration().apis().keySet()) {
      StringBuilder all = new StringBuilder(inputs.contract(api));
      for (Setting setting : reading.settings()) {
        String path = setting.path();
        boolean elsewhere =
            path.startsWith("listen.")
                || path.startsWith("limits.")
                || (path.startsWith("apis.") && !path.startsWith("apis." + api + "."));
        if (!elsewhere) {
          all.append(path).append('=').append(setting.value()).append('\n');
        }
      }
      rules.put(api, InputFiles.digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return rules;
  }

  private Door door(Reading reading, Secrets secrets, Outside outside) {
    Secret token = adminToken(reading, secrets);
    Listen.Operators operators = reading.configuration().listen().admin().identity();
    Door byToken = token == null ? (_, _) -> null : Door.of(token);
    return operators == null
        ? byToken
        : byToken.or(
            Operators.of(new Making(reading, secrets, outside, new ArrayList<>()), operators));
  }

  /// The token that operators bring: the one that is named, else one of the gate's own; none where
  /// an issuer vouches for them.
  private @Nullable Secret adminToken(Reading reading, Secrets secrets) {
    Listen.Admin settings = reading.configuration().listen().admin();
    SecretReference reference = settings.token();
    if (reference == null) {
      try {
        return settings.identity() == null
            ? OperatorToken.keptIn(StateFolder.operatorToken(ground.state()))
            : null;
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
    try {
      return secrets.read(reference);
    } catch (IOException absent) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  Places.nearest(reading.source(), "listen", "admin", "token").place(),
                  String.valueOf(absent.getMessage()))));
    }
  }
}
