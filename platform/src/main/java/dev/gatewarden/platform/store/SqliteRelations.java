package dev.gatewarden.platform.store;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.RelationText;
import dev.gatewarden.core.policy.Relations;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Relations that outlive the gate: what was learned is on disk before the call returns.
///
/// What was asked for lately is answered from memory, exactly: the file is this gate's alone, and
/// memory is filled and emptied by the one thread that reads and writes it.
public final class SqliteRelations implements Relations {
  /// How many answers are kept in memory, a power of two; one costs about 300 bytes.
  private static final int RECENT = 1 << 16;

  private static final long PATIENCE_SECONDS = 10;

  private final StateFile file;
  private final long most;
  private final AtomicReferenceArray<@Nullable Recent> recent = new AtomicReferenceArray<>(RECENT);
  private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
  private final AtomicLong size = new AtomicLong();
  private volatile boolean full;

  /// Whether something was counted that was then undone; it is counted anew.
  private volatile boolean uncertain;

  /// An answer in memory.
  private record Recent(Key key, Optional<Relation> relation) {}

  /// What became of an object that was to be learned.
  private enum Learned {
    NEW,
    KNOWN,
    OTHER,
    NO_ROOM
  }

  /// An object that waits to be written.
  private record Pending(Known known, CompletableFuture<Learned> answer) {}

  /// @param file this gate's own, see `StateFile.own`
  /// @param most the most objects remembered; nothing is learned beyond it, and nothing forgotten
  public SqliteRelations(StateFile file, long most) {
    this.file = file;
    this.most = most;
    file.make(
        """
        CREATE TABLE IF NOT EXISTS relation (
          object TEXT PRIMARY KEY,
          relation TEXT NOT NULL) WITHOUT ROWID
        """);
    size.set(file.await(SqliteRelations::count));
  }

  @Override
  public Optional<Relation> find(Key key) {
    Recent known = recent.get(slot(key));
    if (known != null && known.key.equals(key)) {
      return known.relation;
    }
    if (!RelationText.fits(key)) {
      return Optional.empty();
    }
    return wait(
        open -> {
          Optional<Relation> found =
              Optional.ofNullable(stored(open, RelationText.of(key))).map(RelationText::relation);
          recent.set(slot(key), new Recent(key, found));
          return found;
        });
  }

  @Override
  public boolean learn(Key key, Relation relation) {
    if (!RelationText.fits(key, relation)) {
      return false;
    }
    return switch (learned(key, relation)) {
      case NEW, KNOWN -> true;
      case OTHER -> false;
      case NO_ROOM -> throw OutOfReach.INSTANCE;
    };
  }

  private Learned learned(Key key, Relation relation) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    Pending mine = new Pending(new Known(key, relation), new CompletableFuture<>());
    pending.add(mine);
    try {
      write();
      return mine.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw OutOfReach.INSTANCE;
    } catch (RejectedExecutionException | TimeoutException late) {
      pending.remove(mine);
      throw OutOfReach.INSTANCE;
    } catch (ExecutionException failed) {
      if (StateFile.isFull(failed.getCause())) {
        full = true;
      }
      throw OutOfReach.INSTANCE;
    }
  }

  /// Writes whatever waits by then in one transaction, so that many who come at once wait for the
  /// disk once.
  private void write() {
    List<Pending> taken = new ArrayList<>();
    var unused =
        file.begin(
                open -> {
                  List<Known> all = new ArrayList<>();
                  for (Pending next = pending.poll(); next != null; next = pending.poll()) {
                    taken.add(next);
                    all.add(next.known);
                  }
                  return learned(open, all);
                })
            .whenComplete((answers, fault) -> tell(taken, answers, fault));
  }

  private void tell(
      List<Pending> taken, @Nullable List<Learned> answers, @Nullable Throwable fault) {
    uncertain |= answers == null;
    for (int i = 0; i < taken.size(); i++) {
      if (answers == null) {
        taken
            .get(i)
            .answer
            .completeExceptionally(fault == null ? new IllegalStateException("no answer") : fault);
      } else {
        taken.get(i).answer.complete(answers.get(i));
      }
    }
  }

  /// All of them in one transaction, as far as there is room.
  @Override
  public boolean[] learnAll(List<Known> all) {
    List<Learned> answers;
    try {
      answers = wait(open -> learned(open, all));
    } catch (StateFile.Full noRoom) {
      full = true;
      throw OutOfReach.INSTANCE;
    }
    if (answers.contains(Learned.NO_ROOM)) {
      throw OutOfReach.INSTANCE;
    }
    boolean[] learned = new boolean[answers.size()];
    for (int i = 0; i < learned.length; i++) {
      learned[i] = answers.get(i) != Learned.OTHER;
    }
    return learned;
  }

  private List<Learned> learned(Connection open, List<Known> all) throws SQLException {
    List<Learned> answers = new ArrayList<>(all.size());
    if (uncertain) {
      size.set(count(open));
      uncertain = false;
    }
    for (Known each : all) {
      Learned answer =
          RelationText.fits(each.key(), each.relation())
              ? learned(open, each.key(), RelationText.of(each.relation()))
              : Learned.OTHER;
      answers.add(answer);
    }
    return answers;
  }

  private Learned learned(Connection open, Key key, String relation) throws SQLException {
    String name = RelationText.of(key);
    String before = stored(open, name);
    if (before != null) {
      return before.equals(relation) ? Learned.KNOWN : Learned.OTHER;
    }
    if (size.get() >= most) {
      return Learned.NO_ROOM;
    }
    recent.set(slot(key), null);
    try (PreparedStatement insert =
        open.prepareStatement("INSERT INTO relation (object, relation) VALUES (?, ?)")) {
      insert.setString(1, name);
      insert.setString(2, relation);
      insert.executeUpdate();
    }
    size.incrementAndGet();
    return Learned.NEW;
  }

  @Override
  public boolean replace(Key key, Relation old, Relation relation) {
    if (!RelationText.fits(key, relation)) {
      return false;
    }
    String name = RelationText.of(key);
    String before = RelationText.of(old);
    String after = RelationText.of(relation);
    try {
      return wait(
          open -> {
            recent.set(slot(key), null);
            try (PreparedStatement update =
                open.prepareStatement(
                    "UPDATE relation SET relation = ? WHERE object = ? AND relation = ?")) {
              update.setString(1, after);
              update.setString(2, name);
              update.setString(3, before);
              return update.executeUpdate() == 1;
            }
          });
    } catch (StateFile.Full noRoom) {
      throw OutOfReach.INSTANCE;
    }
  }

  @Override
  public void forget(Key key) {
    if (!RelationText.fits(key)) {
      return;
    }
    String name = RelationText.of(key);
    int gone;
    try {
      gone =
          wait(
              open -> {
                recent.set(slot(key), null);
                try (PreparedStatement delete =
                    open.prepareStatement("DELETE FROM relation WHERE object = ?")) {
                  delete.setString(1, name);
                  int deleted = delete.executeUpdate();
                  size.addAndGet(-deleted);
                  return deleted;
                }
              });
    } catch (StateFile.Full noRoom) {
      throw OutOfReach.INSTANCE;
    }
    if (gone > 0) {
      full = false;
    }
  }

  @Override
  public boolean ready() {
    return !full && size.get() < most;
  }

  @Override
  public long size() {
    return size.get();
  }

  @Override
  public Page page(String from, int most) {
    return wait(
        open -> {
          List<Known> page = new ArrayList<>();
          String last = "";
          try (PreparedStatement select =
              open.prepareStatement(
                  "SELECT object, relation FROM relation WHERE object > ? ORDER BY object LIMIT"
                      + " ?")) {
            select.setString(1, from);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                last = rows.getString(1);
                page.add(
                    new Known(RelationText.key(last), RelationText.relation(rows.getString(2))));
              }
            }
          }
          return new Page(page, page.size() < most ? "" : last);
        });
  }

  private <T> T wait(StateFile.Work<T> work) {
    if (!Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    try {
      return file.await(work);
    } catch (UncheckedIOException refused) {
      uncertain = true;
      throw OutOfReach.INSTANCE;
    } catch (StateFile.Full noRoom) {
      uncertain = true;
      throw noRoom;
    }
  }

  private static long count(Connection open) throws SQLException {
    try (Statement select = open.createStatement();
        ResultSet rows = select.executeQuery("SELECT count(*) FROM relation")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private static @Nullable String stored(Connection open, String name) throws SQLException {
    try (PreparedStatement select =
        open.prepareStatement("SELECT relation FROM relation WHERE object = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private static int slot(Key key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash >>> 16 ^ hash) & RECENT - 1;
  }
}
