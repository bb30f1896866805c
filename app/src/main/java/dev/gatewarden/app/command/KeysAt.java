package dev.gatewarden.app.command;

import dev.gatewarden.app.configuration.KeyRing;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.serving.KeptKeys;
import dev.gatewarden.app.serving.StateFolder;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.gateway.keys.KeyStore;
import dev.gatewarden.gateway.keys.Pepper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The keys of a configuration as the commands `gatewarden keys …` find them: in the state folder
/// or
/// in Redis, whether a gate is running or not.
record KeysAt(Terminal terminal, Reading reading, KeptKeys kept, Path state)
    implements AutoCloseable {

  static KeysAt of(Terminal terminal, Reading reading) throws IOException, Refusal {
    if (reading.configuration().apiKeys().isEmpty()) {
      throw new Refusal(
          "`"
              + reading.file()
              + "` has no ring of keys; write `api-keys: {partners: {environment: live}}`");
    }
    Path state = StateFolder.of(reading, terminal.environment());
    Secrets secrets = new Secrets(reading.folder(), terminal.environment());
    return new KeysAt(terminal, reading, KeptKeys.of(reading, secrets, state), state);
  }

  KeyStore store() {
    return kept.store();
  }

  /// Does something to a key, and writes down that it did.
  <T> T act(String action, String subject, Audited.Act<T> act) throws IOException, Refusal {
    return Audited.act(StateFolder.audit(state), action, subject, act);
  }

  @Override
  public void close() {
    kept.close();
  }

  /// The name of the ring that is meant: the one that is named, else the only one there is.
  String ring(@Nullable String named) throws Refusal {
    Map<String, KeyRing> rings = reading.configuration().apiKeys();
    if (named != null && rings.containsKey(named)) {
      return named;
    }
    if (named == null && rings.size() == 1) {
      return rings.keySet().iterator().next();
    }
    throw new Refusal(
        (named == null ? "say which ring is meant" : "there is no ring `" + named + "`")
            + "; `--ring` is one of "
            + rings.keySet());
  }

  /// What the configuration says of a key's ring.
  KeyRing settings(ApiKey key) throws Refusal {
    KeyRing ring = reading.configuration().apiKeys().get(key.ring());
    if (ring == null) {
      throw new Refusal(
          "`" + key.id() + "` belongs to the ring `" + key.ring() + "`, which is no longer there");
    }
    return ring;
  }

  Pepper pepper(KeyRing ring) throws IOException, Refusal {
    SecretReference reference = ring.pepper();
    if (reference == null) {
      return Pepper.keptIn(StateFolder.pepper(state));
    }
    try {
      return Pepper.of(new Secrets(reading.folder(), terminal.environment()).read(reference));
    } catch (IllegalArgumentException tooShort) {
      throw new Refusal("`" + reference + "`: " + tooShort.getMessage());
    }
  }

  /// A key for machines, without anything of its text.
  static Map<String, Object> json(ApiKey key) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", key.id());
    all.put("ring", key.ring());
    all.put("environment", key.environment());
    all.put("name", key.name());
    all.put("owner", key.owner());
    all.put("operations", key.operations());
    all.put("scopes", new java.util.ArrayList<>(new TreeSet<>(key.scopes())));
    all.put("roles", new java.util.ArrayList<>(new TreeSet<>(key.roles())));
    all.put("tenant", key.tenant());
    all.put("created", key.created().toString());
    all.put("expires", key.expires().toString());
    all.put("successor", key.successor());
    return all;
  }

  /// Prints a key that was just made: its text alone on standard output, the rest beside it.
  void issued(KeyStore.Issued made, Format format, String more) {
    switch (format) {
      case JSON -> {
        Map<String, Object> all = json(made.key());
        all.put("key", made.text().text());
        terminal.out().print(dev.gatewarden.app.text.Json.text(all));
      }
      case TEXT -> {
        terminal.out().println(made.text().text());
        terminal
            .err()
            .println(
                "this is shown once; key "
                    + made.key().id()
                    + " of `"
                    + made.key().name()
                    + "` ends on "
                    + made.key().expires().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                    + more);
      }
    }
  }
}
