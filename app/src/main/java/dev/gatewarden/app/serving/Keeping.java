package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Exposition;
import dev.gatewarden.app.configuration.Location;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.RedisAddress;
import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.configuration.State;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.gateway.state.LocalRelations;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.gateway.state.redis.Redis;
import dev.gatewarden.gateway.state.redis.RedisBlocks;
import dev.gatewarden.gateway.state.redis.RedisRelations;
import dev.gatewarden.gateway.state.redis.RedisSessions;
import dev.gatewarden.gateway.state.redis.RedisSettings;
import dev.gatewarden.gateway.state.redis.RedisSnapshots;
import dev.gatewarden.platform.store.SqliteBlocks;
import dev.gatewarden.platform.store.SqliteBookmark;
import dev.gatewarden.platform.store.SqliteRelations;
import dev.gatewarden.platform.store.SqliteSessions;
import dev.gatewarden.platform.store.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the gate remembers between requests, kept where the configuration says.
///
/// What is shut out is always kept in a file of the state folder, so that nothing that was revoked
/// comes back to life with a restart. Sessions are kept there too, unless Redis keeps them or the
/// configuration keeps nothing at all (`store: none`), and so is whose objects are whose. Ids that
/// were spent are kept in a file of their own, and what is used of quotas in another, unless Redis
/// keeps them.
///
/// @param answers what repeats of requests are answered, apart from the sessions: who has many
///     answers kept ends nobody's session, and no revocation finds its file full
/// @param logins who has logged in before, apart from both: nobody is driven out of it by either
/// @param steps which steps of business flows were done, apart from all else: who begins many flows
///     takes the room of nothing else
/// @param mostRelations of how many objects is known whose they are, at the most
/// @param files what outlives a restart
/// @param redis what is shared with other gates, or null
record Keeping(
    Counting counting,
    Sessions sessions,
    Sessions answers,
    Sessions logins,
    Sessions steps,
    Blocks blocks,
    Relations relations,
    long mostRelations,
    List<StateFile> files,
    @Nullable Redis redis) {
  private static final long MOST_FILE_BYTES = 2L << 30;
  private static final long MOST_RELATION_BYTES = 64L << 30;
  private static final long MOST_ANSWER_BYTES = 2L << 30;
  private static final long MOST_LOGIN_BYTES = 2L << 30;
  private static final long MOST_STEP_BYTES = 2L << 30;

  /// The most relations that are kept in memory alone.
  private static final int MOST_LOCAL = 1_000_000;

  /// The share of the heap that sessions may take.
  private static final int SESSION_SHARE = 8;

  /// The share of the heap that kept answers may take.
  private static final int ANSWER_SHARE = 16;

  /// The share of the heap that what is known of logins may take.
  private static final int LOGIN_SHARE = 16;

  /// The share of the heap that steps of business flows may take.
  private static final int STEP_SHARE = 16;

  /// @throws IOException when the state folder cannot be written
  static Keeping open(Reading reading, Secrets secrets, Path folder, InstantSource clock)
      throws IOException {
    State state = reading.configuration().state();
    RedisSettings shared = shared(reading, state, secrets);
    StateFile file = StateFile.open(folder.resolve("state.db"), MOST_FILE_BYTES);
    Blocks kept = new SqliteBlocks(file, new LocalBlocks(clock), clock);
    long most = reading.configuration().relations().most();
    if (shared == null) {
      List<StateFile> files = new ArrayList<>(List.of(file));
      // A gate that this one follows may still be ending what it was asked.
      Duration patience = reading.configuration().limits().drain().plusSeconds(5);
      Relations relations = relations(reading, folder, files, patience);
      Sessions sessions = sessions(reading, file, clock);
      Sessions answers =
          apart(
              reading, folder.resolve("answers.db"), MOST_ANSWER_BYTES, ANSWER_SHARE, files, clock);
      Sessions logins =
          apart(reading, folder.resolve("logins.db"), MOST_LOGIN_BYTES, LOGIN_SHARE, files, clock);
      Sessions steps =
          apart(reading, folder.resolve("flows.db"), MOST_STEP_BYTES, STEP_SHARE, files, clock);
      boolean lasting = reading.configuration().store().sqlite() != null;
      Counting counting = Counting.local(folder, clock, lasting);
      return new Keeping(
          counting, sessions, answers, logins, steps, kept, relations, most, files, null);
    }
    Redis redis = Redis.open(shared);
    return new Keeping(
        Counting.shared(redis, clock, state),
        new RedisSessions(redis),
        new RedisSessions(redis),
        new RedisSessions(redis),
        new RedisSessions(redis),
        new RedisBlocks(redis, kept, new SqliteBookmark(file, "blocks")),
        new RedisRelations(redis, most),
        most,
        List.of(file),
        redis);
  }

  Claims claims() {
    return counting.claims();
  }

  /// Where what several gates have in force is kept: in Redis, or in the files that are given.
  Snapshots shared(Snapshots files, InstantSource clock) {
    return redis == null ? files : new RedisSnapshots(redis, files, clock);
  }

  /// The Redis that the configuration names, for a command; null where there is none.
  public static @Nullable Redis redis(Reading reading, Secrets secrets) {
    RedisSettings shared = shared(reading, reading.configuration().state(), secrets);
    return shared == null ? null : Redis.open(shared);
  }

  /// Relations alone, and what has to be closed after them.
  record Shelf(Relations relations, List<StateFile> files, @Nullable Redis redis) {
    void close() {
      if (redis != null) {
        redis.close();
      }
      files.forEach(StateFile::close);
    }
  }

  /// Opens the relations of a gate that does not run.
  ///
  /// @throws IOException when they cannot be opened, or nothing of them is kept
  static Shelf shelf(Reading reading, Secrets secrets, Path folder) throws IOException {
    RedisSettings shared = shared(reading, reading.configuration().state(), secrets);
    if (shared != null) {
      Redis redis = Redis.open(shared);
      return new Shelf(
          new RedisRelations(redis, reading.configuration().relations().most()), List.of(), redis);
    }
    if (reading.configuration().store().sqlite() == null) {
      throw new IOException("with `store: none` relations end with the gate that learned them");
    }
    List<StateFile> files = new ArrayList<>();
    return new Shelf(relations(reading, folder, files, Duration.ofSeconds(2)), files, null);
  }

  /// Looks for what it would take, and opens nothing.
  static void rehearse(Reading reading, Secrets secrets) {
    var unused = shared(reading, reading.configuration().state(), secrets);
  }

  private static Sessions sessions(Reading reading, StateFile file, InstantSource clock) {
    return reading.configuration().store().sqlite() == null
        ? new LocalSessions(clock, Runtime.getRuntime().maxMemory() / SESSION_SHARE)
        : new SqliteSessions(file, clock);
  }

  /// A store of its own.
  ///
  /// @param most the most bytes of its file
  /// @param share the share of the heap that it may take where nothing outlives the gate
  /// @param files takes what is opened for it
  private static Sessions apart(
      Reading reading, Path file, long most, int share, List<StateFile> files, InstantSource clock)
      throws IOException {
    if (reading.configuration().store().sqlite() == null) {
      return new LocalSessions(clock, Runtime.getRuntime().maxMemory() / share);
    }
    StateFile own = StateFile.open(file, most);
    files.add(own);
    return new SqliteSessions(own, clock);
  }

  /// @param files takes what is opened for them
  /// @param patience how long to wait for a gate that holds them
  private static Relations relations(
      Reading reading, Path folder, List<StateFile> files, Duration patience) throws IOException {
    int most = reading.configuration().relations().most();
    if (reading.configuration().store().sqlite() == null) {
      return new LocalRelations(Math.min(most, MOST_LOCAL));
    }
    try {
      StateFile own = StateFile.own(folder.resolve("relations.db"), MOST_RELATION_BYTES, patience);
      files.add(own);
      return new SqliteRelations(own, most);
    } catch (IOException held) {
      files.forEach(StateFile::close);
      throw held;
    }
  }

  private static @Nullable RedisSettings shared(Reading reading, State state, Secrets secrets) {
    RedisAddress address = state.redis();
    if (address == null) {
      return null;
    }
    List<RedisSettings.Place> places = new ArrayList<>();
    for (RedisAddress.Place place : address.places()) {
      places.add(new RedisSettings.Place(place.host(), place.port()));
    }
    return new RedisSettings(
        places,
        address.primary(),
        address.tls() ? tls(reading, state.tls(), secrets) : null,
        address.database(),
        state.user(),
        secret(reading, state.password(), secrets, "password"),
        state.prefix(),
        RedisSettings.PATIENCE,
        state.nodes());
  }

  private static RedisSettings.Tls tls(
      Reading reading, State.@Nullable Encryption tls, Secrets secrets) {
    if (tls == null) {
      return new RedisSettings.Tls(null, null, null);
    }
    return new RedisSettings.Tls(
        file(reading, tls.trust(), "trust"),
        file(reading, tls.certificate(), "certificate"),
        secret(reading, tls.key(), secrets, "tls", "key"));
  }

  private static @Nullable Path file(Reading reading, @Nullable Location location, String key) {
    if (location == null) {
      return null;
    }
    Path file = location.in(reading.folder());
    if (!Files.isReadable(file)) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  Places.nearest(reading.source(), "state", "tls", key).place(),
                  "`" + location + "` cannot be read")));
    }
    return file;
  }

  private static @Nullable Secret secret(
      Reading reading, @Nullable SecretReference reference, Secrets secrets, String... keys) {
    if (reference == null) {
      return null;
    }
    try {
      return secrets.read(reference);
    } catch (IOException absent) {
      String[] path = new String[keys.length + 1];
      path[0] = "state";
      System.arraycopy(keys, 0, path, 1, keys.length);
      throw new ProblemsException(
          List.of(
              new Problem(
                  Places.nearest(reading.source(), path).place(),
                  String.valueOf(absent.getMessage()))));
    }
  }

  /// What an operator should see of it.
  void tell(Exposition text) {
    text.gauge(
        "gatewarden_blocks", "tokens, subjects and clients shut out now", blocks.all().size());
    text.gauge(
        "gatewarden_relations", "objects of which is known whose they are", relations.size());
    text.gauge("gatewarden_relations_most", "of how many that can be known", mostRelations);
    counting.tell(text);
    Redis shared = redis;
    if (shared != null) {
      text.gauge(
          "gatewarden_state_reachable",
          "whether the shared state answers now",
          shared.reachable() ? 1 : 0);
      text.counter(
          "gatewarden_state_failures_total",
          "times the shared state did not answer",
          shared.failures());
      text.gauge("gatewarden_state_gates", "gates that share the state", shared.nodes());
    }
  }

  void close() {
    if (redis != null) {
      redis.close();
    }
    counting.close();
    files.forEach(StateFile::close);
  }
}
