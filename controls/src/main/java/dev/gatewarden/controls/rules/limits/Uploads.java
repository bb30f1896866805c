package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files that an operation takes.
final class Uploads {
  private Uploads() {}

  /// One file, as it is described.
  interface File {
    /// @param schema of the file, or of what holds it where it has none of its own
    /// @param encoding what the body says of the part, or null
    void at(
        Operation operation, Content.MediaType type, Node.Obj schema, Node.@Nullable Obj encoding);
  }

  static void each(Audited contract, File file) {
    for (Operation operation : contract.operations()) {
      for (Content.MediaType type : Questions.bodies(operation)) {
        if (type.range().equals("multipart/form-data")) {
          parts(contract, operation, type, file);
        } else if (type.range().equals("application/octet-stream")) {
          Node.Obj schema = type.schema() == null ? null : contract.object(type.schema().schema());
          file.at(operation, type, schema == null ? type.source() : schema, null);
        }
      }
    }
  }

  private static void parts(
      Audited contract, Operation operation, Content.MediaType type, File file) {
    if (type.schema() == null) {
      return;
    }
    Node.Obj encodings = Tree.object(type.source(), "encoding");
    for (Node.Obj side : Questions.sides(contract, type.schema().schema())) {
      Node.Obj properties = Tree.object(side, "properties");
      if (properties != null) {
        for (Node.Member member : properties.entries()) {
          Node.Obj part = contract.object(member.value());
          Node.Obj one =
              part != null && Questions.is(part, "array")
                  ? contract.object(part.get("items"))
                  : part;
          if (one != null && binary(one)) {
            file.at(
                operation,
                type,
                one,
                encodings == null ? null : Tree.object(encodings, member.name()));
          }
        }
      }
    }
  }

  private static boolean binary(Node.Obj schema) {
    return "binary".equals(Tree.text(schema, "format")) || Tree.has(schema, "contentMediaType");
  }

  static List<String> types(@Nullable String said) {
    return said == null ? List.of() : List.of(said.split(",", -1));
  }
}
