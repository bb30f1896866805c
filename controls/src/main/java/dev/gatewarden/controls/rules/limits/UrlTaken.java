package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.Set;

/// Finds texts in requests that are called `webhook`, `callback` or `feed` and `url`, or
/// `url` alone where the operation imports or fetches, and callbacks whose address the caller
/// names.
///
/// Silent where `enum`, `const` or a pattern with a host says where it may lead.
@Rule(
    id = "url-taken",
    title = "callers name an address that the service calls",
    severity = Severity.MEDIUM,
    threat = Threat.API7_SSRF,
    cwe = 918,
    why =
        "The service then calls where only it can reach: the metadata of the cloud, its own"
            + " network, its own admin port",
    remedy =
        "allow the hosts there may be with a `pattern` or an `enum`, and send such calls through a"
            + " proxy that knows private addresses")
public final class UrlTaken implements AuditRule {
  private static final Set<String> CALLED =
      Set.of(
          "webhook",
          "callback",
          "hook",
          "feed",
          "fetch",
          "source",
          "import",
          "remote",
          "proxy",
          "endpoint",
          "notification",
          "notify",
          "origin",
          "download",
          "upstream");
  private static final Set<String> FETCHES =
      Set.of(
          "import",
          "imports",
          "fetch",
          "proxy",
          "preview",
          "unfurl",
          "scrape",
          "crawl",
          "webhook",
          "webhooks",
          "hooks",
          "callbacks",
          "download",
          "convert",
          "screenshot",
          "render",
          "subscriptions");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : List.of(Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        if (shape.property() == null
            || shape.reference()
            || !Questions.is(shape.schema(), "string")) {
          continue;
        }
        List<String> words = NameWords.of(shape.property());
        List<Operation> operations = contract.shapes().operations(shape, way);
        if (address(words)
            && !narrowed(shape)
            && (called(words) || fetches(contract, shape, words, operations))) {
          report
              .cause(shape.property(), "`" + shape.property() + "` may name any address")
              .at(contract, shape, way);
        }
      }
    }
  }

  private static boolean address(List<String> words) {
    return !words.isEmpty() && Set.of("url", "uri", "urls", "webhook").contains(words.getLast());
  }

  private static boolean called(List<String> words) {
    return words.size() > 1
            && words.subList(0, words.size() - 1).stream().anyMatch(CALLED::contains)
        || words.getLast().equals("webhook");
  }

  /// Only what stands at the top of a body is what the operation is about.
  private static boolean fetches(
      Audited contract, Shape shape, List<String> words, List<Operation> operations) {
    Shape parent = shape.parent();
    return words.size() == 1
        && operations.stream()
            .filter(each -> Questions.names(each, FETCHES))
            .anyMatch(
                each ->
                    parent == null
                        || Questions.bodies(each).stream()
                            .filter(type -> type.schema() != null)
                            .flatMap(
                                type -> Questions.sides(contract, type.schema().schema()).stream())
                            .anyMatch(side -> side == parent.schema()));
  }

  private static boolean narrowed(Shape shape) {
    return Questions.around(shape).stream()
        .anyMatch(
            each -> {
              String pattern = Tree.text(each, "pattern");
              return Tree.has(each, "enum")
                  || Tree.has(each, "const")
                  || Tree.isTrue(each.get("readOnly"))
                  || pattern != null && pattern.contains("://") && pattern.contains(".");
            });
  }
}
