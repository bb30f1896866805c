package dev.gatewarden.app.command.design;

import dev.gatewarden.app.command.design.Sheet.Column;
import dev.gatewarden.app.command.design.Sheet.Mark;
import dev.gatewarden.app.command.design.Sheet.Row;
import dev.gatewarden.app.command.design.Sheet.Table;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.design.Owners;
import dev.gatewarden.core.design.Stride;
import dev.gatewarden.core.design.ThreatTable;
import dev.gatewarden.core.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/// The threat table as a sheet.
public final class ThreatSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.one("risk"),
          Column.one("route"),
          Column.one("operation"),
          Column.one("owasp"),
          Column.many("stride"),
          Column.one("applies because"),
          Column.many("stated"),
          Column.many("open"),
          Column.one("state"),
          Column.many("owners"));

  private ThreatSheet() {}

  /// @param weight of what stands at no operation
  public static Sheet of(
      Contract contract, ThreatTable table, Owners owners, ThreatTable.Weight weight) {
    List<Row> open = new ArrayList<>();
    List<Row> unstated = new ArrayList<>();
    List<Row> stated = new ArrayList<>();
    for (ThreatTable.Row each : table.rows()) {
      switch (each.state()) {
        case OPEN -> open.add(row(each, owners));
        case UNSTATED -> unstated.add(row(each, owners));
        case STATED -> stated.add(row(each, owners));
      }
    }
    List<Row> whole = table.whole().stream().map(each -> whole(each, weight)).toList();
    return new Sheet(
        "Threats to " + contract.title() + " " + contract.version(),
        List.of(
            count(table.rows().size(), "threat", "threats")
                + " to "
                + count(contract.operations().size(), "operation", "operations")
                + ": "
                + open.size()
                + " open, "
                + unstated.size()
                + " against which nothing is stated, "
                + stated.size()
                + " against which something is.",
            "Open is what a rule of gatewarden audit finds, by its id. Stated is what the contract"
                + " says, not what a service does. What matters most comes first, by the audit's"
                + " risk from 1 to 100."),
        COLUMNS,
        List.of(
            new Table("open", open),
            new Table("nothing stated", unstated),
            new Table("stated", stated),
            new Table("the contract as a whole", whole)));
  }

  private static String count(int many, String one, String several) {
    return many + " " + (many == 1 ? one : several);
  }

  private static Row row(ThreatTable.Row row, Owners owners) {
    Mark mark =
        switch (row.state()) {
          case OPEN -> row.risk() >= 40 ? Mark.BAD : Mark.FAIR;
          case UNSTATED -> Mark.NONE;
          case STATED -> Mark.GOOD;
        };
    return new Row(
        mark,
        List.of(
            List.of(String.valueOf(row.risk())),
            List.of(row.operation().method() + " " + row.operation().path().text()),
            List.of(row.operation().id().name()),
            List.of(row.owasp() == null ? "none" : named(row.owasp())),
            row.stride().stream().map(Stride::word).toList(),
            List.of(row.why()),
            row.stated(),
            row.open().stream().map(ThreatSheet::told).toList(),
            List.of(row.state().word()),
            owners.of(row.operation()).stream().map(Owners.Owner::toString).toList()));
  }

  private static Row whole(Finding finding, ThreatTable.Weight weight) {
    return new Row(
        Mark.FAIR,
        List.of(
            List.of(String.valueOf(weight.of(finding.severity(), null))),
            List.of("the contract"),
            List.of(""),
            List.of(named(finding.threat())),
            List.of(),
            List.of(finding.first().subject().toString()),
            List.of(),
            List.of(told(finding)),
            List.of(ThreatTable.State.OPEN.word()),
            List.of()));
  }

  private static String named(Threat threat) {
    return threat.label() + " " + threat.title();
  }

  private static String told(Finding finding) {
    return finding.control() + " (" + finding.severity().word() + "): " + finding.message();
  }
}
