package dev.gatewarden.acceptance.building;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A real PostgreSQL with the tables of a shop: its owner, and the ordinary role of its service.
final class Database implements AutoCloseable {
  static final String SERVICE = "shop_service";
  private final EmbeddedPostgres server;
  private final Connection owner;
  private final Connection service;

  private Database(EmbeddedPostgres server, Connection owner, Connection service) {
    this.server = server;
    this.owner = owner;
    this.service = service;
  }

  /// PostgreSQL does not run as root; where the tests do, it runs in a user namespace of its own.
  ///
  /// @throws org.opentest4j.TestAbortedException where that is not allowed, as in some containers
  static Database start() throws IOException, SQLException {
    Assumptions.assumeTrue(
        !"root".equals(System.getProperty("user.name")) || LinuxUtils.isUnshareAvailable(),
        "no PostgreSQL as root without `unshare -U`");
    EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Connection owner = server.getPostgresDatabase().getConnection();
    run(owner, "CREATE ROLE " + SERVICE + " LOGIN");
    Connection service = server.getDatabase(SERVICE, "postgres").getConnection();
    service.setAutoCommit(false);
    return new Database(server, owner, service);
  }

  /// As the tables' owner, whom no policy holds.
  void run(String sql) throws SQLException {
    run(owner, sql);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of a query, as the service asks it for a caller.
  List<String> rows(@Nullable String principal, String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try {
      become(principal);
      try (Statement statement = service.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          all.add(rows.getString(1));
        }
      }
    } finally {
      service.rollback();
    }
    return all;
  }

  /// How many rows a change touches that the service makes for a caller; -1 where PostgreSQL
  /// refuses it. Nothing of it lasts.
  int change(@Nullable String principal, String sql) throws SQLException {
    try {
      become(principal);
      try (Statement statement = service.createStatement()) {
        return statement.executeUpdate(sql);
      }
    } catch (SQLException refused) {
      if (!"42501".equals(refused.getSQLState())) {
        throw refused;
      }
      return -1;
    } finally {
      service.rollback();
    }
  }

  private void become(@Nullable String principal) throws SQLException {
    if (principal == null) {
      return;
    }
    try (PreparedStatement set =
        service.prepareStatement("SELECT set_config('gatewarden.principal', ?, true)")) {
      set.setString(1, principal);
      set.execute();
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    service.close();
    owner.close();
    server.close();
  }
}
