package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds operations that read and answer a list, at the top or as the one list of an object around
/// it, and take no parameter that pages.
///
/// Silent about lists with `maxItems`, about answers that say where the list goes on, about answers
/// whose path names one object, and about fixed
/// sets such as languages or countries.
@Rule(
    id = "list-without-limit",
    title = "a list is answered whole",
    severity = Severity.MEDIUM,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    why =
        "The answer grows with the data: one call fetches the whole table, and a few at once bring"
            + " the service down",
    remedy = "take a `limit` with a `maximum` and a cursor or an offset, and answer a page")
public final class ListWithoutLimit implements AuditRule {
  private static final Set<String> PAGING =
      Set.of(
          "limit",
          "size",
          "page",
          "pages",
          "cursor",
          "offset",
          "count",
          "top",
          "first",
          "last",
          "take",
          "skip",
          "max",
          "maxresults",
          "results",
          "rows",
          "start",
          "after",
          "before",
          "since",
          "from",
          "token",
          "marker",
          "continuation",
          "pagesize",
          "perpage",
          "per",
          "range",
          "next",
          "num",
          "number",
          "length",
          "batch",
          "items",
          "begin",
          "id",
          "ids");
  private static final Set<String> FIXED =
      Set.of(
          "languages",
          "countries",
          "currencies",
          "locales",
          "timezones",
          "types",
          "statuses",
          "versions",
          "roles",
          "permissions",
          "categories",
          "metadata",
          "schema",
          "schemas",
          "regions",
          "units",
          "formats",
          "health",
          "stats",
          "keys",
          "jwks");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (operation.method().equals("GET")
          && !paged(operation)
          && !one(operation)
          && Collections.disjoint(Questions.pathWords(operation), FIXED)
          && list(contract, operation)) {
        report.cause("", "a list is answered whole").at(operation);
      }
    }
  }

  private static boolean paged(Operation operation) {
    return operation.parameters().stream()
        .filter(each -> each.in() != Parameter.In.PATH)
        .anyMatch(
            each ->
                each.name().toLowerCase(Locale.ROOT).contains("page")
                    || each.name().toLowerCase(Locale.ROOT).contains("limit")
                    || NameWords.of(each.name()).stream().anyMatch(PAGING::contains));
  }

  /// Whether its path ends in the id of one object.
  private static boolean one(Operation operation) {
    return operation.path().segments().getLast().parts().stream()
        .anyMatch(each -> each instanceof PathTemplate.Variable);
  }

  private static boolean list(Audited contract, Operation operation) {
    Responses.Promised answer = operation.responses().of(200);
    if (answer == null) {
      return false;
    }
    for (Content.MediaType type : answer.content().types().values()) {
      if (Questions.json(type) && type.schema() != null && list(contract, type.schema().schema())) {
        return true;
      }
    }
    return false;
  }

  private static boolean list(Audited contract, Node schema) {
    List<Node.Obj> sides = Questions.sides(contract, schema);
    if (sides.stream().anyMatch(each -> open(contract, each))) {
      return true;
    }
    List<Node> properties = new ArrayList<>();
    for (Node.Obj side : sides) {
      Node.Obj named = Tree.object(side, "properties");
      if (named != null) {
        named.entries().forEach(each -> properties.add(each.value()));
      }
    }
    List<Node> lists =
        properties.stream().filter(each -> open(contract, contract.object(each))).toList();
    for (Node.Obj side : sides) {
      Node.Obj named = Tree.object(side, "properties");
      if (named != null && named.members().keySet().stream().anyMatch(ListWithoutLimit::leadsOn)) {
        return false;
      }
    }
    // an object with a list among other things is one object
    return lists.size() == 1 && properties.size() <= 3;
  }

  /// Whether the service pages by itself, and says where it goes on.
  private static boolean leadsOn(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("next") || lower.contains("cursor") || lower.contains("continuation");
  }

  private static boolean open(Audited contract, Node.@Nullable Obj schema) {
    return schema != null
        && Questions.is(schema, "array")
        && !Tree.has(schema, "maxItems")
        && !scalars(contract.object(schema.get("items")));
  }

  private static boolean scalars(Node.@Nullable Obj items) {
    return items != null && (items.get("enum") != null || Questions.is(items, "number"));
  }
}
