package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
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
    Fields fields = new Fields(written, notes, "from", "is");
    Node.Text from = fields.text("from");
    PrincipalPart is = TypeReader.principal(fields, "is", new PrincipalPart.Tenant(), notes);
    if (from == null || is == null) {
      if (!fields.has("from")) {
        notes.problem(written.place(), "the tenant rule says not `from` where");
      }
      return null;
    }
    return switch (SelectorReader.read(from.value())) {
      case SelectorReader.Outcome.Wrong(String message, String advice) -> {
        notes.problem(from.place(), message, advice);
        yield null;
      }
      case SelectorReader.Outcome.Read(Selector selector) -> {
        if (selector.afterwards()) {
          notes.problem(from.place(), "the tenant must be told by the request");
          yield null;
        }
        yield new TenantRule(selector, is, written.place());
      }
    };
  }
}
