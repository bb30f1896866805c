package dev.gatewarden.app.command.design;

import dev.gatewarden.app.command.design.Sheet.Column;
import dev.gatewarden.app.command.design.Sheet.Mark;
import dev.gatewarden.app.command.design.Sheet.Row;
import dev.gatewarden.app.command.design.Sheet.Table;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.design.DataMap;
import dev.gatewarden.core.design.Owners;
import dev.gatewarden.core.finding.Classified;
import dev.gatewarden.core.finding.Sensitivity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The data map as a sheet.
public final class DataSheet {
  private static final List<Column> COLUMNS =
      List.of(
          Column.one("risk"),
          Column.one("name"),
          Column.one("class"),
          Column.one("told by"),
          Column.one("confidence"),
          Column.many("taken"),
          Column.many("answered"),
          Column.one("exposure"),
          Column.many("owners"));

  private DataSheet() {}

  /// @param inferred the collection or recording that shows the contract, or null where it is one
  /// @param all whether people read fields of which nothing tells what they are
  public static Sheet of(
      Contract contract, DataMap map, Owners owners, @Nullable String inferred, boolean all) {
    List<Row> told = new ArrayList<>();
    List<Row> silent = new ArrayList<>();
    for (DataMap.Field each : map.fields()) {
      boolean known = all || each.told().source() != Classified.Source.NOTHING;
      (known ? told : silent).add(field(each, owners, inferred));
    }
    List<Row> routes = map.routes().stream().map(each -> route(each, owners)).toList();
    return new Sheet(
        "Data map of " + contract.title() + " " + contract.version(),
        List.of(
            "Which data the API moves, what says so, which operations take it and answer it, and"
                + " who can reach it there. What matters most comes first: the class of the data"
                + " times who can reach it, from 1 to 100.",
            "What nothing tells is taken for internal. A name, an example or what passed is a"
                + " guess; say it with x-gatewarden-class."),
        COLUMNS,
        List.of(new Table("fields", told, silent), new Table("routes", routes)));
  }

  private static Row field(DataMap.Field field, Owners owners, @Nullable String inferred) {
    Set<String> all = new LinkedHashSet<>();
    for (List<Operation> each : List.of(field.answeredBy(), field.takenBy())) {
      each.forEach(one -> owners.of(one).forEach(owner -> all.add(owner.toString())));
    }
    return new Row(
        mark(field.told().sensitivity(), field.risk()),
        List.of(
            List.of(String.valueOf(field.risk())),
            List.of(field.name()),
            List.of(field.told().sensitivity().word()),
            List.of(told(field.told(), inferred)),
            List.of(field.told().confidence().word()),
            field.takenBy().stream().map(each -> each.id().name()).toList(),
            field.answeredBy().stream().map(each -> each.id().name()).toList(),
            List.of(field.exposure().words()),
            List.copyOf(all)));
  }

  private static String told(Classified told, @Nullable String inferred) {
    boolean name = told.source() == Classified.Source.NAME;
    return told.source().word()
        + (told.evidence().isEmpty() ? "" : " " + told.evidence())
        + (name && inferred != null ? ", seen in " + inferred : "");
  }

  private static Row route(DataMap.Route route, Owners owners) {
    Operation operation = route.operation();
    DataMap.Field worst = route.worst();
    return new Row(
        mark(route.sensitivity(), route.risk()),
        List.of(
            List.of(String.valueOf(route.risk())),
            List.of(operation.method() + " " + operation.path().text()),
            List.of(route.sensitivity().word()),
            List.of(worst == null ? "nothing" : "field " + worst.name()),
            List.of(
                worst == null
                    ? Classified.Confidence.ASSUMED.word()
                    : worst.told().confidence().word()),
            route.takes().stream().map(DataMap.Field::name).distinct().toList(),
            route.answers().stream().map(DataMap.Field::name).distinct().toList(),
            List.of(route.exposure().words()),
            owners.of(operation).stream().map(Owners.Owner::toString).toList()));
  }

  private static Mark mark(Sensitivity sensitivity, int risk) {
    return sensitivity.compareTo(Sensitivity.PERSONAL) < 0
        ? Mark.NONE
        : risk >= 60 ? Mark.BAD : Mark.FAIR;
  }
}
