package dev.gatewarden.gateway.login;

import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.login.Regulars;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Those who logged in before, in a store of their own, by digests alone.
///
/// Of one account a few places are kept, those that came last, and few new ones a day, so that
/// nobody
/// fills the store out of one account, or drives anybody's place out of it from outside.
public final class KeptRegulars implements Regulars {
  /// How often a change is tried again that another was faster than.
  private static final int TRIES = 4;

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final byte[] HERE = {1};

  private final Sessions store;
  private final UnaryOperator<String> digests;
  private final InstantSource clock;

  /// @param digests a keyed digest of a text
  public KeptRegulars(Sessions store, UnaryOperator<String> digests, InstantSource clock) {
    this.store = store;
    this.digests = digests;
    this.clock = clock;
  }

  @Override
  public String digest(String name) {
    return digests.apply(name);
  }

  @Override
  public boolean knows(String account, List<String> places) {
    Optional<Sessions.Versioned> found = store.look(account(account));
    return found.isPresent() && Haunts.of(found.get().value()).any(places, hour());
  }

  @Override
  public boolean knows(String source) {
    return store.look(source(source)).isPresent();
  }

  @Override
  public void welcome(String account, List<String> places, String source, Duration lasting) {
    if (remember(account(account), places, lasting)) {
      String key = source(source);
      if (store.find(key).isEmpty()) {
        // Where there is no room, it is a stranger the next time.
        var unused = store.create(key, HERE, lasting, LONGEST);
      }
    }
  }

  /// @return whether the account has room for where it was logged in from
  private boolean remember(String key, List<String> places, Duration lasting) {
    long hour = hour();
    for (int i = 0; i < TRIES; i++) {
      Optional<Sessions.Versioned> found = store.look(key);
      Haunts before = found.isEmpty() ? Haunts.NONE : Haunts.of(found.get().value());
      Haunts after = before.with(places, hour, lasting.toHours());
      if (after == before) {
        return before.any(places, hour);
      }
      boolean kept =
          found.isEmpty()
              ? store.create(key, after.bytes(), lasting, LONGEST)
              : store.replace(key, found.get().version(), after.bytes());
      if (kept) {
        return after.any(places, hour);
      }
    }
    return false;
  }

  @Override
  public void begin(String pending, Begun login, Duration lasting) {
    String key = pending(pending);
    byte[] value =
        (login.account() + "\n" + String.join("\n", login.counted()))
            .getBytes(StandardCharsets.UTF_8);
    store.end(key);
    // Where there is no room, the second step is counted by itself.
    var unused = store.create(key, value, lasting, lasting);
  }

  @Override
  public @Nullable Begun begun(String pending) {
    Optional<Sessions.Versioned> found = store.look(pending(pending));
    if (found.isEmpty()) {
      return null;
    }
    List<String> lines = new String(found.get().value(), StandardCharsets.UTF_8).lines().toList();
    return new Begun(lines.getFirst(), lines.subList(1, lines.size()));
  }

  private long hour() {
    return clock.instant().getEpochSecond() / 3600;
  }

  private static String account(String digest) {
    return "login/account/" + digest;
  }

  private static String source(String digest) {
    return "login/source/" + digest;
  }

  private static String pending(String digest) {
    return "login/pending/" + digest;
  }
}
