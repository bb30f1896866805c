package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Tree;
import java.util.Set;

/// The formats of documents, as rulesets name them.
final class Kinds {
  /// Those that no contract is of are known all the same.
  static final Set<String> KNOWN =
      Set.of(
          "oas2",
          "oas3",
          "oas3_0",
          "oas3.0",
          "oas3_1",
          "oas3.1",
          "oas3_2",
          "oas3.2",
          "asyncapi2",
          "asyncapi3",
          "aas2",
          "aas2_0",
          "aas2.0",
          "aas2_1",
          "aas2.1",
          "aas2_2",
          "aas2.2",
          "aas2_3",
          "aas2.3",
          "aas2_4",
          "aas2.4",
          "aas2_5",
          "aas2.5",
          "aas2_6",
          "aas2.6",
          "aas3",
          "aas3_0",
          "aas3.0",
          "arazzo1",
          "arazzo1_0",
          "arazzo1.0",
          "json-schema",
          "json-schema-loose",
          "json-schema-draft4",
          "json-schema-draft6",
          "json-schema-draft7",
          "json-schema-draft-2019-09",
          "json-schema-2019-09",
          "json-schema-draft-2020-12",
          "json-schema-2020-12");

  private Kinds() {}

  /// All that a contract is of.
  static Set<String> of(Node document) {
    Node.Obj root = Tree.object(document);
    if (root != null && root.get("swagger") != null) {
      return Set.of("oas2");
    }
    String version = Tree.text(root, "openapi");
    if (version == null || !version.matches("3\\.[0-9](\\..*)?")) {
      return Set.of("oas3");
    }
    char minor = version.charAt(2);
    return Set.of("oas3", "oas3_" + minor, "oas3." + minor);
  }
}
