package dev.gatewarden.gateway.session;

import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.gateway.identity.Base64Url;
import dev.gatewarden.gateway.state.Sealing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where sessions are kept: under a digest of the cookie, sealed under another.
///
/// Whoever reads the store can neither make a cookie out of what stands there nor read the tokens:
/// what opens them is with the browser alone.
final class SessionStore {
  private static final int SLOTS = 1 << 12;

  /// A session as it was read last.
  ///
  /// @param cookie what it was opened with
  record Held(String cookie, String key, long version, Session session) {
    /// No token, and nothing that opens one.
    @Override
    public String toString() {
      return "Held[" + version + "]";
    }
  }

  private final Sessions sessions;
  private final SessionSettings settings;
  private final RandomGenerator random;
  private final AtomicReferenceArray<@Nullable Held> recent = new AtomicReferenceArray<>(SLOTS);

  SessionStore(Sessions sessions, SessionSettings settings, RandomGenerator random) {
    this.sessions = sessions;
    this.settings = settings;
    this.random = random;
  }

  /// Keeps a new session.
  ///
  /// @return the value of its cookie, or null when there is no room
  @Nullable String create(Session session, Instant now) {
    String cookie = FlowState.secret(random);
    Duration absolute = Duration.between(now, session.until());
    byte[] sealed = session.sealed(sealing(cookie), random);
    return sealed.length <= Sessions.MOST_BYTES
            && sessions.create(key(cookie), sealed, settings.idle(), absolute)
        ? cookie
        : null;
  }

  /// The session of a cookie, or null where there is none. On an event loop it may have to wait.
  @Nullable Held find(String cookie) {
    return read(cookie, sessions::find);
  }

  /// The same, while its idle time goes on.
  @Nullable Held look(String cookie) {
    return read(cookie, sessions::look);
  }

  private @Nullable Held read(
      String cookie, Function<String, Optional<Sessions.Versioned>> reading) {
    int slot = cookie.hashCode() & (SLOTS - 1);
    Held last = recent.get(slot);
    boolean same = last != null && last.cookie().equals(cookie);
    String key = same ? last.key() : key(cookie);
    Optional<Sessions.Versioned> found = reading.apply(key);
    if (found.isEmpty()) {
      if (same) {
        recent.set(slot, null);
      }
      return null;
    }
    if (same && last.version() == found.get().version()) {
      return last;
    }
    Session session = Session.open(found.get().value(), sealing(cookie));
    if (session == null) {
      return null;
    }
    Held held = new Held(cookie, key, found.get().version(), session);
    recent.set(slot, held);
    return held;
  }

  /// Puts renewed tokens in place; false when somebody else was faster.
  boolean replace(Held held, Session renewed) {
    byte[] sealed = renewed.sealed(sealing(held.cookie()), random);
    return sealed.length <= Sessions.MOST_BYTES
        && sessions.replace(held.key(), held.version(), sealed);
  }

  void end(String cookie) {
    recent.set(cookie.hashCode() & (SLOTS - 1), null);
    sessions.end(key(cookie));
  }

  /// Whether nobody holds a name yet; it is held for a time.
  boolean first(String what, String name, Duration time) {
    return sessions.create(settings.name() + "/" + what + "/" + name, new byte[] {1}, time, time);
  }

  void release(String what, String name) {
    sessions.end(settings.name() + "/" + what + "/" + name);
  }

  private String key(String cookie) {
    return settings.name() + "/" + Base64Url.encode(Sealing.digest("gatewarden session", cookie));
  }

  private static Sealing sealing(String cookie) {
    return new Sealing(Sealing.digest("gatewarden session key", cookie), "session");
  }
}
