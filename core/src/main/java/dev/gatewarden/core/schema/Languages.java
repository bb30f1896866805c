package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells in which language a schema resource is written, from its `$schema`.
final class Languages {
  private static final int MOST_METASCHEMAS = 16;
  private static final String VOCABULARIES = "https://json-schema.org/draft/";

  private final Stated stated;
  private final boolean honoured;
  private final References references;
  private final List<Problem> problems;
  private final Map<String, Language> known = new HashMap<>();

  Languages(Stated stated, References references, List<Problem> problems) {
    this.stated = stated;
    honoured = stated == Stated.VOCABULARIES;
    this.references = references;
    this.problems = problems;
  }

  /// The language of a schema that stands within another.
  Language of(Node.Obj schema, Language outer) {
    return schema.get("$schema") instanceof Node.Text address ? named(address, outer) : outer;
  }

  /// The language an address names.
  Language named(Node.Text address, Language outer) {
    return stated == Stated.IGNORED ? outer : named(address, outer, MOST_METASCHEMAS);
  }

  private Language named(Node.Text word, Language outer, int most) {
    String address = word.value();
    Dialect dialect = Dialect.named(address);
    if (dialect != null) {
      return dialect == outer.dialect() ? outer : Language.of(dialect);
    }
    Language found = known.get(address);
    if (found == null) {
      found = found(word, outer, most);
      known.put(address, found);
    }
    return found;
  }

  private Language found(Node.Text stated, Language outer, int most) {
    Node.Obj metaschema = metaschema(stated);
    if (metaschema == null || most == 0) {
      problems.add(
          new Problem(
              stated.place(),
              "`$schema` names the dialect `" + stated.value() + "`, which is not known here",
              "name a published draft, or a metaschema that may be read"));
      return outer;
    }
    Language base =
        metaschema.get("$schema") instanceof Node.Text above
                && !above.value().equals(stated.value())
            ? named(above, outer, most - 1)
            : outer;
    return metaschema.get("$vocabulary") instanceof Node.Obj vocabularies
        ? narrowed(vocabularies, base)
        : base;
  }

  private Node.@Nullable Obj metaschema(Node.Text stated) {
    String address = stated.value();
    String plain = address.endsWith("#") ? address.substring(0, address.length() - 1) : address;
    return references.resolve(plain, stated.place())
            instanceof References.Resolution.Found(Node.Obj metaschema)
        ? metaschema
        : null;
  }

  /// A metaschema makes promises stricter wherever it stands, and laxer only where that is
  /// honoured.
  private Language narrowed(Node.Obj vocabularies, Language base) {
    boolean applies = !honoured;
    boolean validates = !honoured;
    boolean unevaluated = !honoured || base.dialect() == Dialect.DRAFT_2019_09;
    boolean formats = base.formats();
    for (Node.Member entry : vocabularies.entries()) {
      switch (word(entry.name())) {
        case "applicator" -> applies = true;
        case "validation" -> validates = true;
        case "unevaluated" -> unevaluated = true;
        case "format-assertion" -> formats = true;
        case "format" -> formats |= truth(entry.value());
        case "core", "meta-data", "content", "format-annotation" -> {}
        default -> {
          if (truth(entry.value())) {
            problems.add(
                new Problem(
                    entry.namePlace(),
                    "the vocabulary `" + entry.name() + "` is required and not known",
                    ""));
          }
        }
      }
    }
    return new Language(base.dialect(), applies, validates, unevaluated && applies, formats);
  }

  /// The last part of the address of a published vocabulary; the empty text for others.
  private static String word(String address) {
    int slash = address.lastIndexOf('/');
    return address.startsWith(VOCABULARIES) && address.lastIndexOf("/vocab/") == slash - 6
        ? address.substring(slash + 1)
        : "";
  }

  private static boolean truth(Node value) {
    return value instanceof Node.Bool(var place, boolean truth) && truth;
  }
}
