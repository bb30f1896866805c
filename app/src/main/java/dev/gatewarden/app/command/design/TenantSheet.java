package dev.gatewarden.app.command.design;

import dev.gatewarden.app.command.design.Sheet.Column;
import dev.gatewarden.app.command.design.Sheet.Mark;
import dev.gatewarden.app.command.design.Sheet.Row;
import dev.gatewarden.app.command.design.Sheet.Table;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.design.Owners;
import dev.gatewarden.core.policy.Isolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The tenant table as a sheet.
public final class TenantSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.one("route"),
          Column.one("operation"),
          Column.one("known by"),
          Column.many("checked by"),
          Column.many("missing"),
          Column.many("write"),
          Column.many("owners"));

  private TenantSheet() {}

  public static Sheet of(
      Contract contract, Isolation.Way way, List<Isolation.Row> rows, Owners owners) {
    List<Row> open = new ArrayList<>();
    List<Row> answered = new ArrayList<>();
    rows.forEach(each -> (each.gaps().isEmpty() ? answered : open).add(row(each, owners)));
    return new Sheet(
        "Tenants of " + contract.title() + " " + contract.version(),
        List.of(
            "How each operation knows the tenant, and what it holds against it, where callers are"
                + " told apart by "
                + way.name().toLowerCase(Locale.ROOT)
                + ". Without an answer, the gate does not load the contract.",
            "Read from the contract alone; gatewarden policy tenants reads the configuration as"
                + " well, which knows senders, issuers and exceptions."),
        COLUMNS,
        List.of(new Table("without an answer", open), new Table("answered", answered)));
  }

  private static Row row(Isolation.Row row, Owners owners) {
    return new Row(
        row.gaps().isEmpty() ? Mark.GOOD : Mark.BAD,
        List.of(
            List.of(row.operation().method() + " " + row.operation().path().text()),
            List.of(row.operation().id().name()),
            List.of(row.known()),
            row.checks(),
            row.gaps().stream().map(Isolation.Gap::message).toList(),
            row.gaps().stream().map(Isolation.Gap::advice).toList(),
            owners.of(row.operation()).stream().map(Owners.Owner::toString).toList()));
  }
}
