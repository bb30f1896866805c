package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `x-gatewarden-tenant`.
final class TenantReader {
  private TenantReader() {}

  /// The rule that stands in the object, else the outer one.
  static @Nullable TenantRule read(Obj object, @Nullable TenantRule outer, Notes notes) {
    Node node = object.get(Extensions.PREFIX + "tenant");
    if (node == null) {
      return outer;
    }
    TenantRule rule = rule(node, notes);
    return rule == null ? outer : rule;
  }

  static @Nullable TenantRule rule(Node node, Notes notes) {
    if (!(node instanceof Obj written)) {
      notes.problem(
          node.place(),
          "`x-gatewarden-tenant` should be a map, not " + Nodes.kind(node),
          "write `{from: host.label(0), is: principal.tenant}`");
      return null;
    }
    Fields fields = new Fields(written, notes, "from", "also", "is", "crossed-by");
    Node.Text from = fields.text("from");
    PrincipalPart is = TypeReader.principal(fields, "is", new PrincipalPart.Tenant(), notes);
    List<Selector> also = also(fields, notes);
    List<String> crossedBy = crossedBy(fields, notes);
    if (from == null || is == null) {
      if (!fields.has("from")) {
        notes.problem(written.place(), "the tenant rule says not `from` where");
      }
      return null;
    }
    Selector selector = selector(from, notes);
    return selector == null || also == null
        ? null
        : new TenantRule(selector, also, is, crossedBy, written.place());
  }

  /// `crossed-by: [role:support]`.
  private static List<String> crossedBy(Fields fields, Notes notes) {
    List<String> roles = new ArrayList<>();
    List<Node> list = fields.list("crossed-by");
    for (Node each : list == null ? List.<Node>of() : list) {
      String word = Nodes.text(each);
      if (word != null && Grant.parse(word) instanceof Grant.Role(String name)) {
        roles.add(name);
      } else {
        notes.problem(
            each.place(),
            "only roles cross tenants, not "
                + (word == null ? Nodes.kind(each) : "`" + Nodes.shown(word) + "`"),
            "write `crossed-by: [role:support]`");
      }
    }
    return roles;
  }

  private static @Nullable List<Selector> also(Fields fields, Notes notes) {
    List<Selector> all = new ArrayList<>();
    Node written = fields.node("also");
    List<Node> each =
        written == null
            ? List.of()
            : written instanceof Node.Arr array ? array.items() : List.of(written);
    for (Node node : each) {
      if (!(node instanceof Node.Text text)) {
        notes.problem(
            node.place(),
            "`also` names places, not " + Nodes.kind(node),
            "write `also: [header.X-Tenant]`");
        return null;
      }
      Selector selector = selector(text, notes);
      if (selector == null) {
        return null;
      }
      all.add(selector);
    }
    return all;
  }

  /// A place in the head of a request, which is judged before anything else of it is read.
  private static @Nullable Selector selector(Node.Text written, Notes notes) {
    return switch (SelectorReader.read(written.value())) {
      case SelectorReader.Outcome.Wrong(String message, String advice) -> {
        notes.problem(written.place(), message, advice);
        yield null;
      }
      case SelectorReader.Outcome.Read(Selector selector) ->
          switch (selector) {
            case Selector.PathParameter _,
                Selector.QueryParameter _,
                Selector.Header _,
                Selector.Cookie _,
                Selector.HostLabel _ ->
                selector;
            case Selector.ResponseBody _, Selector.ResponseHeader _, Selector.Result _ -> {
              notes.problem(written.place(), "the tenant must be told by the request");
              yield null;
            }
            case Selector.OfPrincipal _ -> {
              notes.problem(
                  written.place(),
                  "what the caller is proved to be always equals itself",
                  "name a place in the request: `path.tenant`, `header.X-Tenant`, `host.label(0)`");
              yield null;
            }
            case Selector.Body _, Selector.Argument _, Selector.Message _, Selector.Part _ -> {
              notes.problem(
                  written.place(),
                  "the tenant must be named in the head of the request",
                  "name it in path, query, header, cookie or host; what a body says of a tenant is"
                      + " checked where the object's type has `tenant`");
              yield null;
            }
          };
    };
  }
}
