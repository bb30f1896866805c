package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.app.contracts.Tenants;
import dev.gatewarden.app.relations.RelationDesk;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The relations of a gate that does not run, where it would keep them.
public final class StoppedRelations implements AutoCloseable {
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.gatewarden.audit");

  private final Keeping.Shelf shelf;
  private final RelationDesk desk;

  private StoppedRelations(Keeping.Shelf shelf, RelationDesk desk) {
    this.shelf = shelf;
    this.desk = desk;
  }

  /// Opens them; nobody else may have them open, unless they are in Redis.
  ///
  /// @throws IOException when they cannot be opened, or a gate holds them
  public static StoppedRelations open(Reading reading, Map<String, String> environment)
      throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Contracts contracts = Contracts.read(reading, today);
    Keeping.Shelf shelf =
        Keeping.shelf(
            reading,
            new Secrets(reading.folder(), environment),
            StateFolder.of(reading, environment));
    return new StoppedRelations(
        shelf,
        new RelationDesk(shelf.relations(), Tenants.rules(reading, contracts.byApi(), today)));
  }

  /// Does what these fields ask for, as the admin port of a running gate does.
  ///
  /// @throws IllegalArgumentException when it cannot be done so; the message is for the operator
  /// @throws IOException when it cannot be done now
  public Action.Done act(Map<String, String> fields) throws IOException {
    // The store makes nobody wait but virtual threads.
    FutureTask<Action.Done> task = new FutureTask<>(() -> desk.act(fields));
    Thread.ofVirtual().name("relations").start(task);
    try {
      Action.Done done = task.get();
      AUDIT.info("command action={} subject={}", done.action(), done.subject());
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
