package dev.gatewarden.app.command.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same for programs.
public final class CoverageJson {
  private CoverageJson() {}

  public static Map<String, Object> of(List<Coverage> all) {
    List<Object> apis = new ArrayList<>();
    for (Coverage coverage : all) {
      Map<String, Object> api = new LinkedHashMap<>();
      api.put("api", coverage.api());
      Map<String, Object> counts = new LinkedHashMap<>();
      for (State state : State.values()) {
        counts.put(state.word(), coverage.count(state));
      }
      api.put("cells", counts);
      api.put("operations", coverage.rows().stream().map(CoverageJson::row).toList());
      apis.add(api);
    }
    return Map.of("apis", apis);
  }

  private static Object row(Coverage.Row row) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("operation", row.operation().id().name());
    all.put("method", row.operation().method());
    all.put("path", row.operation().path().text());
    for (Column column : Column.values()) {
      Cell cell = row.at(column);
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("state", cell.state().word());
      if (cell.until() != null) {
        told.put("until", cell.until().toString());
      }
      if (!cell.reason().isEmpty()) {
        told.put("reason", cell.reason());
      }
      if (!cell.guards().isEmpty()) {
        told.put("guards", cell.guards());
      }
      if (!cell.withstood().isEmpty()) {
        told.put("withstood", cell.withstood());
      }
      all.put(column.word(), told);
    }
    return all;
  }
}
