package dev.gatewarden.gateway.keys;

import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.core.decision.Snapshots.Snapshot;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.core.identity.KeyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where issued keys are kept and changed, with or without a running gate: each change publishes
/// the next generation of the whole book, and of two who change it at once both succeed, one behind
/// the other.
///
/// The text of a key is returned once, when it is made, and is kept nowhere.
public final class KeyStore {
  /// The most keys there may be.
  public static final int MOST = 20_000;

  static final String BOOK = "api-keys";
  static final String USES = "api-keys-used";

  private static final Duration REMEMBERED = Duration.ofDays(365);
  private static final int TRIES = 50;

  private final Snapshots snapshots;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public KeyStore(Snapshots snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /// What a new key is for.
  ///
  /// @param like id, creation, expiry and state are replaced
  /// @param life how long it lives
  public record Wish(ApiKey like, Duration life) {}

  /// A new key, and its text, which is shown once.
  public record Issued(ApiKey key, KeyText text) {}

  /// A key with the time it was last used; null when it never was.
  public record Listed(ApiKey key, @org.jspecify.annotations.Nullable Instant used) {}

  /// Issues a key.
  ///
  /// @throws IOException when the store cannot be changed, or a key of that name lives in the ring
  public Issued issue(Wish wish, Pepper pepper) throws IOException {
    Issued made = made(wish);
    change(
        book -> {
          for (KeyBook.Entry entry : book.entries().values()) {
            ApiKey key = entry.key();
            if (key.ring().equals(wish.like().ring())
                && key.name().equals(wish.like().name())
                && key.state() == ApiKey.State.ACTIVE
                && key.expires().isAfter(clock.instant())) {
              throw new IOException(
                  "`"
                      + key.name()
                      + "` has the key `"
                      + key.id()
                      + "` already; rotate it, or take another name");
            }
          }
          return book.with(entry(made, pepper));
        });
    return made;
  }

  /// Makes a successor of a key, which ends after an overlap; one that leaked or was revoked stays
  /// ended at once.
  ///
  /// @throws IOException when the store cannot be changed, there is no such key, or it has a
  ///     successor already
  public Issued rotate(String id, Duration life, Duration overlap, Pepper pepper)
      throws IOException {
    ApiKey old = find(id);
    Issued made = made(new Wish(old, life));
    change(
        book -> {
          KeyBook.Entry before = book.entries().get(id);
          if (before == null) {
            throw new IOException("there is no key `" + id + "`");
          }
          if (before.key().successor() != null) {
            throw new IOException(
                "`" + id + "` has the successor `" + before.key().successor() + "` already");
          }
          ApiKey ending = before.key().succeeded(made.key().id(), clock.instant().plus(overlap));
          return book.with(new KeyBook.Entry(ending, before.digest()), entry(made, pepper));
        });
    return made;
  }

  /// Takes a key back.
  ///
  /// @throws IOException when the store cannot be changed, or there is no such key
  public ApiKey revoke(String id) throws IOException {
    end(List.of(id), ApiKey.State.REVOKED);
    return find(id);
  }

  /// Ends keys that stood where everybody could read them; what is unknown or ended is left alone.
  void leaked(Collection<String> ids) throws IOException {
    end(ids, ApiKey.State.LEAKED);
  }

  private void end(Collection<String> ids, ApiKey.State how) throws IOException {
    change(
        book -> {
          KeyBook changed = book;
          for (String id : ids) {
            KeyBook.Entry entry = book.entries().get(id);
            if (entry == null && how == ApiKey.State.REVOKED) {
              throw new IOException("there is no key `" + id + "`");
            }
            if (entry != null && entry.key().state() == ApiKey.State.ACTIVE) {
              changed =
                  changed.with(
                      new KeyBook.Entry(entry.key().ended(how, clock.instant()), entry.digest()));
            }
          }
          return changed;
        });
  }

  /// Every key there is, in the order of issue.
  ///
  /// @throws IOException when the store cannot be read
  public List<Listed> list() throws IOException {
    Map<String, Long> uses = uses();
    List<Listed> all = new ArrayList<>();
    for (KeyBook.Entry entry : book().entries().values()) {
      Long used = uses.get(entry.key().id());
      all.add(new Listed(entry.key(), used == null ? null : Instant.ofEpochMilli(used)));
    }
    return all;
  }

  /// One key.
  ///
  /// @throws IOException when the store cannot be read, or there is no such key
  public ApiKey find(String id) throws IOException {
    KeyBook.Entry entry = book().entries().get(id);
    if (entry == null) {
      throw new IOException("there is no key `" + id + "`");
    }
    return entry.key();
  }

  private Issued made(Wish wish) {
    byte[] id = new byte[KeyText.ID_BYTES];
    byte[] secret = new byte[KeyText.SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    ApiKey like = wish.like();
    KeyText text = KeyText.of(like.environment(), id, secret);
    Instant now = clock.instant();
    ApiKey key =
        new ApiKey(
            text.id(),
            like.ring(),
            like.environment(),
            like.name(),
            like.owner(),
            like.operations(),
            like.scopes(),
            like.roles(),
            like.tenant(),
            now,
            now.plus(wish.life()),
            ApiKey.State.ACTIVE,
            null,
            null);
    return new Issued(key, text);
  }

  private static KeyBook.Entry entry(Issued made, Pepper pepper) {
    return new KeyBook.Entry(made.key(), pepper.hex(made.text().text()));
  }

  /// A change of the book.
  @FunctionalInterface
  private interface Change {
    KeyBook of(KeyBook book) throws IOException;
  }

  private void change(Change change) throws IOException {
    try {
      for (int i = 0; i < TRIES; i++) {
        Optional<Snapshot> newest = snapshots.newest(BOOK);
        KeyBook before = newest.isEmpty() ? KeyBook.EMPTY : KeyBook.read(newest.get().content());
        KeyBook after = change.of(before.since(clock.instant().minus(REMEMBERED)));
        if (after == before) {
          return;
        }
        if (after.entries().size() > MOST) {
          throw new IOException("there are " + MOST + " keys already");
        }
        long generation = newest.map(Snapshot::generation).orElse(0L);
        if (snapshots.publish(BOOK, generation, after.bytes()).isPresent()) {
          return;
        }
      }
    } catch (UncheckedIOException failed) {
      throw new IOException(
          "the API keys cannot be kept: " + failed.getMessage(), failed.getCause());
    }
    throw new IOException("somebody else keeps changing the API keys; try again");
  }

  /// The book as it is now.
  KeyBook book() throws IOException {
    try {
      Optional<Snapshot> newest = snapshots.newest(BOOK);
      return newest.isEmpty() ? KeyBook.EMPTY : KeyBook.read(newest.get().content());
    } catch (UncheckedIOException failed) {
      throw new IOException(
          "the API keys cannot be read: " + failed.getMessage(), failed.getCause());
    }
  }

  /// The number of the book's newest generation.
  long generation() throws IOException {
    try {
      return snapshots.generation(BOOK);
    } catch (UncheckedIOException failed) {
      throw new IOException(
          "the API keys cannot be read: " + failed.getMessage(), failed.getCause());
    }
  }

  Map<String, Long> uses() throws IOException {
    try {
      return snapshots.newest(USES).map(kept -> KeyBook.uses(kept.content())).orElse(Map.of());
    } catch (UncheckedIOException failed) {
      throw new IOException(
          "the uses of API keys cannot be read: " + failed.getMessage(), failed.getCause());
    }
  }

  /// Adds what several gates saw: of two times the later one stays.
  void used(Map<String, Long> uses) throws IOException {
    try {
      for (int i = 0; i < TRIES; i++) {
        Optional<Snapshot> newest = snapshots.newest(USES);
        Map<String, Long> all =
            new HashMap<>(newest.map(kept -> KeyBook.uses(kept.content())).orElse(Map.of()));
        uses.forEach((id, at) -> all.merge(id, at, Math::max));
        all.keySet().retainAll(book().entries().keySet());
        long generation = newest.map(Snapshot::generation).orElse(0L);
        if (snapshots.publish(USES, generation, KeyBook.uses(all)).isPresent()) {
          return;
        }
      }
    } catch (UncheckedIOException failed) {
      throw new IOException(
          "the uses of API keys cannot be kept: " + failed.getMessage(), failed.getCause());
    }
  }
}
