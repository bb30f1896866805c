package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.document.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0 by conversion, with our extensions to a
/// Contract, and refuses one whose promise is unclear.
///
/// A fault that makes the promise unclear is a problem; what is merely odd is a warning and travels
/// with the Contract.
public final class ContractReader {
  private static final List<String> TOP_WORDS =
      List.of(
          "openapi",
          "$self",
          "info",
          "jsonSchemaDialect",
          "servers",
          "paths",
          "webhooks",
          "components",
          "security",
          "tags",
          "externalDocs");

  private final Sources sources;
  private final Bounds bounds;
  private final @Nullable Obj document;

  public ContractReader(Sources sources, Bounds bounds) {
    this(sources, bounds, null);
  }

  private ContractReader(Sources sources, Bounds bounds, @Nullable Obj document) {
    this.sources = sources;
    this.bounds = bounds;
    this.document = document;
  }

  /// A reader that takes this document in the place of what the contract's file holds: one that was
  /// inferred from the file, and whose values stand where they were found.
  public ContractReader of(Obj inferred) {
    return new ContractReader(sources, bounds, inferred);
  }

  /// The contract, complete or not at all.
  ///
  /// @param excused operations that an unexpired exception excuses from stating their objects: what
  ///     is wrong with their bindings
  ///     is then a warning, and they are [ObjectBindings.Unbound]
  /// @throws ProblemsException with everything that is wrong
  public Contract read(ContractFiles files, Predicate<OperationId> excused) {
    Draft draft = draft(files, excused);
    if (!draft.problems().isEmpty()) {
      throw new ProblemsException(draft.problems());
    }
    return draft.contract();
  }

  /// As much of a contract as can be understood.
  ///
  /// @param contract without what is wrong
  /// @param problems for which the gate would refuse it
  public record Draft(Contract contract, List<Problem> problems) {
    public Draft {
      problems = List.copyOf(problems);
    }
  }

  /// As much of the contract as can be understood: for those who judge contracts, not for those who
  /// rely on them.
  ///
  /// @param excused as for [#read]
  /// @throws ProblemsException when it is no YAML or JSON, or no OpenAPI document at all
  public Draft draft(ContractFiles files, Predicate<OperationId> excused) {
    Notes notes = new Notes(files.contract().name());
    Documents documents = new Documents(sources, bounds, files.contract(), files.allowed());
    if (document != null) {
      documents.replaceRoot(document);
    }
    Obj written = openApi(opened(documents.root()), notes);
    Dialect dialect = dialect(written);
    TypeReader types = new TypeReader(notes);
    ClassReader classes = new ClassReader(notes);
    OverlayReader overlays = new OverlayReader(types, classes, notes);
    List<Obj> shortFiles = new ArrayList<>();
    Obj root = overlaid(files, documents, written, overlays, shortFiles, notes);
    types.read(ours(root, "objects", notes));
    classes.read(ours(root, "classes", notes));
    shortFiles.forEach(overlays::bindings);
    types.checkRelated();
    ReferenceCheck references = new ReferenceCheck(root, documents, notes);
    references.walk(root);
    Whole whole = new Whole(files.api(), dialect, documents, types, classes, overlays, excused);
    Contract contract = contract(whole, root, notes);
    PropertyStage properties = new PropertyStage(types, documents, notes);
    boolean owned =
        references.asksForOwner()
            || classes.asksForOwner()
            || types.properties().values().stream().anyMatch(TypeProperty::asksForOwner);
    boolean laidOver = notes.problems().isEmpty() && properties.find(contract.operations(), owned);
    classes.check(references.classes());
    types.checkIds(references.ids());
    types.properties().values().forEach(each -> classes.check(TypeProperty.classes(each)));
    notes.problems(documents.problems());
    List<Problem> problems = notes.problems();
    if (!problems.isEmpty() || !laidOver) {
      return new Draft(contract, problems);
    }
    properties.apply();
    return new Draft(
        contract(whole, opened(documents.root()), new Notes(files.contract().name())), problems);
  }

  /// What a contract is read with.
  private record Whole(
      String api,
      Dialect dialect,
      Documents documents,
      TypeReader types,
      ClassReader classes,
      OverlayReader overlays,
      Predicate<OperationId> excused) {}

  private static Obj opened(Node root) {
    if (root instanceof Obj object) {
      return object;
    }
    throw refused(root.place(), "a contract should be a map, not " + Nodes.kind(root), "");
  }

  private static Obj openApi(Obj root, Notes notes) {
    String swagger = Nodes.scalar(root.get("swagger"));
    if (swagger == null || root.get("openapi") != null) {
      return root;
    }
    if (!swagger.equals("2.0")) {
      throw refused(
          root.place(),
          "Swagger " + Nodes.shown(swagger) + " is not read, 2.0 and OpenAPI 3.0 to 3.2 are",
          "");
    }
    return new SwaggerConversion(root, notes).converted();
  }

  private static Dialect dialect(Obj root) {
    String version = Nodes.scalar(root.get("openapi"));
    if (version == null) {
      String near = Nearest.of("openapi", root.members().keySet());
      throw refused(
          root.place(),
          "this is no OpenAPI document: it has no `openapi`",
          near == null ? "" : "`" + near + "` should perhaps be `openapi`");
    }
    if (version.equals("3.0") || version.startsWith("3.0.")) {
      return Dialect.OPENAPI_3_0;
    }
    if (version.matches("3\\.[12](\\..*)?")) {
      return Dialect.OPENAPI_3_1;
    }
    Node node = root.get("openapi");
    throw refused(
        node == null ? root.place() : node.place(),
        "OpenAPI " + Nodes.shown(version) + " is not read, 3.0 to 3.2 is",
        "");
  }

  private static ProblemsException refused(Place place, String message, String advice) {
    return new ProblemsException(List.of(new Problem(place, message, advice)));
  }

  private static Obj overlaid(
      ContractFiles files,
      Documents documents,
      Obj root,
      OverlayReader overlays,
      List<Obj> shortFiles,
      Notes notes) {
    Obj tree = root;
    for (Place.Origin origin : files.overlays()) {
      Node overlay;
      try {
        overlay = documents.read(origin);
      } catch (ProblemsException wrong) {
        notes.problems(wrong.problems());
        continue;
      }
      if (!(overlay instanceof Obj object)) {
        notes.problem(overlay.place(), "an overlay should be a map, not " + Nodes.kind(overlay));
      } else if (OverlayReader.actions(object)) {
        documents.standsInRoot(origin.address());
        tree = overlays.applied(tree, object);
      } else {
        shortFiles.add(object);
      }
    }
    documents.replaceRoot(tree);
    return tree;
  }

  /// A word of ours that stands under `components`.
  private static @Nullable Node ours(Obj root, String name, Notes notes) {
    String word = Extensions.PREFIX + name;
    Node misplaced = root.get(word);
    if (misplaced != null) {
      notes.problem(misplaced.place(), "`" + word + "` belongs under `components`");
    }
    Obj components = Nodes.object(root, "components");
    return components == null ? null : components.get(word);
  }

  private static Contract contract(Whole whole, Obj root, Notes notes) {
    known(root, notes);
    kinds(root, notes);
    misplaced(Nodes.object(root, "components"), notes);
    Resolver resolver = new Resolver(whole.documents());
    SecurityReader securities = new SecurityReader(resolver, notes);
    Map<String, SecurityScheme> schemes = securities.schemes(Nodes.object(root, "components"));
    Security security =
        securities.security(root.get("security"), SecurityReader.unstated(root.place()));
    Extensions extensions = ExtensionReader.words(root);
    TenantRule tenant = TenantReader.read(root, whole.overlays().tenant(), notes);
    OperationReader reader =
        new OperationReader(
            whole.api(),
            resolver,
            whole.dialect(),
            notes,
            securities,
            security,
            extensions,
            tenant,
            whole.excused());
    reader.paths(root.get("paths"));
    reader.webhooks(root.get("webhooks"));
    if (reader.operations().isEmpty()) {
      notes.warning(root.place(), "the contract promises no operation");
    }
    BindingStage stage = new BindingStage(whole.types(), whole.overlays(), resolver, notes);
    List<Operation> operations = stage.bound(reader.operations(), whole.excused());
    List<Server> servers = new ServerReader(notes).servers(root.get("servers"), root.place());
    Obj info = Nodes.object(root, "info");
    return new Contract(
        whole.api(),
        described(info, "title", root, notes),
        described(info, "version", root, notes),
        whole.dialect(),
        servers,
        operations,
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(schemes)),
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(whole.types().types())),
        java.util.Collections.unmodifiableMap(new LinkedHashMap<>(whole.classes().classes())),
        tenant,
        reader.outbound(),
        extensions,
        whole.documents(),
        root,
        notes.warnings());
  }

  private static void misplaced(@Nullable Obj components, Notes notes) {
    Node node = components == null ? null : components.get(Extensions.PREFIX + Permission.WORD);
    if (node != null) {
      notes.problem(
          node.place(),
          "`x-gatewarden-permission` has no effect under `components`",
          "say it at an operation, at a path, or at the top of the contract");
    }
  }

  /// What is not of its kind would read as if it were not there.
  private static void kinds(Obj root, Notes notes) {
    for (String name : List.of("components", "webhooks", "info")) {
      Node node = root.get(name);
      if (node != null && !(node instanceof Obj) && !(node instanceof Node.Null)) {
        notes.problem(node.place(), "`" + name + "` should be a map, not " + Nodes.kind(node));
      }
    }
    Node servers = root.get("servers");
    if (servers != null && !(servers instanceof Node.Arr) && !(servers instanceof Node.Null)) {
      notes.problem(servers.place(), "`servers` should be a list, not " + Nodes.kind(servers));
    }
  }

  private static String described(@Nullable Obj info, String name, Obj root, Notes notes) {
    String value = info == null ? null : Nodes.scalar(info.get(name));
    if (value == null) {
      notes.warning(root.place(), "the contract has no `info." + name + "`");
      return "";
    }
    return value;
  }

  private static void known(Obj root, Notes notes) {
    for (Node.Member member : root.entries()) {
      String name = member.name();
      if (!TOP_WORDS.contains(name) && !name.startsWith("x-")) {
        String near = Nearest.of(name, TOP_WORDS);
        String advice = near == null ? "" : "did you mean `" + near + "`?";
        String message = "`" + Nodes.shown(name) + "` means nothing at the top of a contract";
        // a misspelt `security` would leave every operation unguarded
        if (near != null && near.equals("security")) {
          notes.problem(member.namePlace(), message, advice);
        } else {
          notes.warning(member.namePlace(), message, advice);
        }
      }
    }
  }
}
