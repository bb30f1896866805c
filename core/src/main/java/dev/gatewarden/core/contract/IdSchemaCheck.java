package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.math.BigDecimal;
import java.util.List;

/// Whether the schema of an id holds what the type says ids are.
final class IdSchemaCheck {
  /// Beyond this a number of JavaScript, and of many a JSON parser, is another number.
  private static final BigDecimal SAFE = BigDecimal.valueOf(1L << 53);

  private final SelectorCheck selectors;

  IdSchemaCheck(SelectorCheck selectors) {
    this.selectors = selectors;
  }

  /// Integer ids end before 2^53, or are compared as texts.
  void check(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.type().id().as() == Form.STRING || binding.id() == null) {
      return;
    }
    SchemaReach.Outcome.Reached reached =
        selectors.check(operation, binding.id(), binding.place(), new Notes());
    if (reached == null || reached.schemas().isEmpty()) {
      return;
    }
    Form form = binding.type().id().as();
    if (form == Form.UUID && !reached.mayBe("string") && !reached.mayBe("array")) {
      notes.problem(
          binding.place(),
          "the id is `as: uuid`, and the schema has " + String.join(", ", reached.types()));
    }
    if (form == Form.INTEGER
        && reached.mayBe("integer")
        && !reached.types().isEmpty()
        && !bounded(reached.schemas())) {
      notes.problem(
          binding.place(),
          "integer ids without bound can pass 2^53, where two ids become one",
          "give the schema `maximum: 9007199254740991` or `format: int32`, or the type's id `as:"
              + " string`");
    }
  }

  private static boolean bounded(List<Obj> schemas) {
    for (Obj schema : schemas) {
      Node maximum = schema.get("maximum");
      Node below = schema.get("exclusiveMaximum");
      if ("int32".equals(Nodes.text(schema.get("format")))
          || schema.get("enum") != null
          || maximum instanceof Node.Num most && most.value().compareTo(SAFE) < 0
          || below instanceof Node.Num end && end.value().compareTo(SAFE) <= 0) {
        return true;
      }
    }
    return false;
  }
}
