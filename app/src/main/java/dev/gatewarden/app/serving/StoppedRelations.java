package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.admin.AuditLog;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.Tenants;
import dev.gatewarden.app.relations.RelationDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The relations of a gate that does not run, where it would keep them.
public final class StoppedRelations implements AutoCloseable {
  private final Keeping.Shelf shelf;
  private final RelationDesk desk;
  private final Path audit;

  private StoppedRelations(Keeping.Shelf shelf, RelationDesk desk, Path audit) {
    this.shelf = shelf;
    this.desk = desk;
    this.audit = audit;
  }

  /// Opens them; nobody else may have them open, unless they are in Redis.
  ///
  /// @throws IOException when they cannot be opened, or a gate holds them
  public static StoppedRelations open(Reading reading, Map<String, String> environment)
      throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Contracts contracts = Contracts.read(reading, today);
    Path state = StateFolder.of(reading, environment);
    Keeping.Shelf shelf = Keeping.shelf(reading, new Secrets(reading.folder(), environment), state);
    return new StoppedRelations(
        shelf,
        new RelationDesk(shelf.relations(), Tenants.rules(reading, contracts.byApi(), today)),
        StateFolder.audit(state));
  }

  /// Does what these fields ask for, as the admin port of a running gate does.
  ///
  /// @throws IllegalArgumentException when it cannot be done so; the message is for the operator
  /// @throws IOException when it cannot be done now
  public Action.Done act(Map<String, String> fields) throws IOException {
    // The store makes nobody wait but virtual threads.
    FutureTask<Action.Done> task = new FutureTask<>(() -> desk.act(fields));
    try (AuditLog log = AuditLog.open(audit, InstantSource.system())) {
      log.write("command", "", "relations", "", "asked");
      Thread.ofVirtual().name("relations").start(task);
      Action.Done done = task.get();
      log.write("command", "", done.action(), done.subject(), "done");
      return done;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", stopped);
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IllegalArgumentException wrong -> throw wrong;
        case IOException away -> throw away;
        case null, default -> throw new IllegalStateException(failed.getCause());
      }
    }
  }

  @Override
  public void close() {
    shelf.close();
  }
}
