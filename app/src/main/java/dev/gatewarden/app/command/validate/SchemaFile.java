package dev.gatewarden.app.command.validate;

import dev.gatewarden.app.contracts.FileSources;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.References.Resolution;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.Stated;
import dev.gatewarden.core.schema.UnknownFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schema in a file, or the part of a file that a JSON pointer names: `api.yaml#/components/…`.
///
/// @param schema where its fragment leads
/// @param dialect what it is written in
/// @param contract whether it stands in an OpenAPI document
/// @param believed whether its own word, and that of its parts, counts for the dialect
public record SchemaFile(
    Documents documents, Node schema, Dialect dialect, boolean contract, boolean believed) {

  /// A schema by itself knows nothing of the gate's bounds; these only keep a hostile document from
  /// taking the machine.
  private static final dev.gatewarden.core.schema.Bounds WIDE =
      dev.gatewarden.core.schema.Bounds.DEFAULT
          .depth(dev.gatewarden.core.schema.Bounds.DEEPEST)
          .usual(1_000_000, 10_000_000, 64 << 20)
          .numberDigits(10_000)
          .exponent(100_000);

  /// Opens a schema.
  ///
  /// @param folder what relative paths begin in
  /// @param written a path, and perhaps `#` and a JSON pointer or an anchor
  /// @param said the dialect the user names, or null to take the document's own word
  /// @throws ProblemsException when it cannot be read, points to nothing, or does not say its
  ///     dialect in words we know
  public static SchemaFile open(Path folder, String written, @Nullable Dialect said) {
    int hash = written.indexOf('#');
    String file = hash < 0 ? written : written.substring(0, hash);
    String fragment = hash < 0 ? "" : written.substring(hash);
    Origin origin = new Origin(folder.resolve(file).normalize().toUri(), file);
    Documents documents = new Documents(new FileSources(), Bounds.DEFAULT, origin, Set.of());
    Node root = documents.root();
    boolean contract = Dialects.contract(root);
    Node schema = schema(documents, root, fragment);
    if (contract && schema == root) {
      throw new ProblemsException(
          List.of(
              new Problem(
                  root.place(), "this is a contract and no schema", pointerTo(root, file))));
    }
    Dialect dialect = said == null ? dialect(root, schema) : said;
    return new SchemaFile(documents, schema, dialect, contract, said == null);
  }

  private static Node schema(Documents documents, Node root, String fragment) {
    if (fragment.isEmpty() || fragment.equals("#")) {
      return root;
    }
    Place top = new Place(root.place().origin(), 1, 1, Place.Path.ROOT);
    return switch (documents.resolve(fragment, top)) {
      case Resolution.Found(Node found) -> found;
      case Resolution.Missing(Problem problem) -> throw new ProblemsException(List.of(problem));
    };
  }

  private static String pointerTo(Node root, String file) {
    if (root instanceof Obj document
        && document.get("components") instanceof Obj components
        && components.get("schemas") instanceof Obj schemas
        && !schemas.members().isEmpty()) {
      String first = schemas.members().keySet().iterator().next();
      return "name a schema in it, such as `" + file + "#/components/schemas/" + first + "`";
    }
    return "name a schema in it by its JSON pointer, `" + file + "#/…`";
  }

  private static Dialect dialect(Node root, Node schema) {
    return switch (Dialects.of(root, schema)) {
      case Dialects.Said.Known(Dialect dialect) -> dialect;
      case Dialects.Said.Nothing() -> Dialect.DRAFT_2020_12;
      case Dialects.Said.Unknown(Node word) ->
          throw new ProblemsException(
              List.of(
                  new Problem(
                      word.place(),
                      "the schema is written in a language that is not judged here",
                      "name the nearest with `--dialect`: "
                          + String.join(", ", Dialects.BY_NAME.keySet()))));
    };
  }

  /// What an undeclared field means where nobody says it: refused where a contract promises, as the
  /// gate does; as the schema says elsewhere.
  public UnknownFields usual() {
    return contract ? UnknownFields.REFUSE : UnknownFields.ALLOW;
  }

  /// The schema, ready to judge.
  ///
  /// @throws ProblemsException with everything in it that cannot be judged
  public Judge judge(Direction direction, UnknownFields unknown) {
    return switch (unknown) {
      case REFUSE, ALLOW -> new Judge(compiled(direction, unknown), null);
      case OBSERVE ->
          new Judge(
              compiled(direction, UnknownFields.ALLOW), compiled(direction, UnknownFields.REFUSE));
    };
  }

  private Schema compiled(Direction direction, UnknownFields unknown) {
    Options options = Options.of(dialect);
    return SchemaCompiler.compile(
        schema,
        (believed ? options : options.stated(Stated.IGNORED))
            .direction(direction)
            .unknownFields(unknown)
            .references(documents)
            .bounds(contract ? dev.gatewarden.core.schema.Bounds.DEFAULT : WIDE));
  }
}
