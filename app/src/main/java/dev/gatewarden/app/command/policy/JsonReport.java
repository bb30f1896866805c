package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Assumption;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.OperationModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A proof for machines.
public final class JsonReport {
  private JsonReport() {}

  /// The JSON text.
  public static String of(Outcome outcome) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("failed", outcome.failed());
    tree.put("operations", outcome.models().count());
    tree.put("cells", outcome.cells());
    tree.put("findings", outcome.findings().stream().map(each -> finding(each, outcome)).toList());
    tree.put("accepted", outcome.accepted());
    tree.put("assumed", outcome.assumed().stream().map(JsonReport::assumption).toList());
    List<Object> reach = new ArrayList<>();
    for (ApiModel api : outcome.models().byApi().values()) {
      for (OperationModel model : api.operations()) {
        Map<String, Object> one = WhoCan.about(model.operation());
        one.put("callers", WhoCan.callers(model, ApiModel.reaching(model)));
        reach.add(one);
      }
    }
    tree.put("reach", reach);
    return Json.text(tree);
  }

  private static Object finding(Finding finding, Outcome outcome) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", finding.id());
    one.put("kind", finding.kind().word());
    one.put("stops", outcome.stops(finding));
    one.put("operation", finding.operation());
    one.put("sentence", finding.sentence());
    place(one, finding.place());
    Place before = finding.before();
    if (before != null) {
      Map<String, Object> was = new LinkedHashMap<>();
      place(was, before);
      one.put("before", was);
    }
    return one;
  }

  private static Object assumption(Assumption assumption) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("operation", assumption.operation());
    one.put("sentence", assumption.sentence());
    place(one, assumption.place());
    return one;
  }

  private static void place(Map<String, Object> to, Place place) {
    to.put("file", place.origin().name());
    to.put("line", place.line());
    to.put("column", place.column());
  }
}
