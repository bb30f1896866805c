package dev.gatewarden.app.command.coverage;

import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.gateway.walk.InForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the operations of one API are guarded.
///
/// @param rows in the order of the contract
public record Coverage(String api, List<Row> rows) {
  public Coverage {
    rows = List.copyOf(rows);
  }

  /// One operation.
  public record Row(Operation operation, Map<Column, Cell> cells) {
    public Row {
      cells = Map.copyOf(cells);
    }

    public Cell at(Column column) {
      return java.util.Objects.requireNonNull(cells.get(column));
    }

    /// The worst of its answers.
    public State worst() {
      State worst = State.ENFORCED;
      for (Cell cell : cells.values()) {
        worst = cell.state() == State.OPEN ? worst : worst.worse(cell.state());
      }
      return worst;
    }
  }

  /// Reads it from what is in force.
  ///
  /// @param excuses the exception by which an operation need not say whose objects it touches; null
  ///     where none holds
  public static Coverage of(
      String api,
      List<InForce> all,
      Function<Operation, @Nullable ExceptionEntry> excuses,
      Instant now) {
    List<Row> rows = new ArrayList<>();
    for (InForce each : all) {
      if (each.operation().id().api().equals(api)) {
        Judging judging = new Judging(each, excuses, now);
        Map<Column, Cell> cells = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
          cells.put(column, judging.cell(column));
        }
        rows.add(new Row(each.operation(), cells));
      }
    }
    return new Coverage(api, rows);
  }

  /// The same, after probes have tried it.
  public Coverage probed(Probed probed) {
    List<Row> tried = new ArrayList<>();
    for (Row row : rows) {
      Map<Column, Cell> cells = new EnumMap<>(Column.class);
      String name = row.operation().id().name();
      row.cells()
          .forEach(
              (column, cell) ->
                  cells.put(
                      column,
                      cell.probed(probed.withstood(name, column), probed.broken(name, column))));
      tried.add(new Row(row.operation(), cells));
    }
    return new Coverage(api, tried);
  }

  /// How many cells withstood a probe.
  public long withstood() {
    return rows.stream()
        .flatMap(row -> row.cells().values().stream())
        .filter(cell -> !cell.withstood().isEmpty())
        .count();
  }

  /// How many cells are in a state.
  public long count(State state) {
    return rows.stream()
        .flatMap(row -> row.cells().values().stream())
        .filter(cell -> cell.state() == state)
        .count();
  }

  /// The worst cell of all.
  public State worst() {
    State worst = State.ENFORCED;
    for (Row row : rows) {
      worst = worst.worse(row.worst());
    }
    return worst;
  }
}
