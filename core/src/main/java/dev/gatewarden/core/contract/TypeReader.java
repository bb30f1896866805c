package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectType.Fact;
import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import dev.gatewarden.core.contract.ObjectType.Table;
import dev.gatewarden.core.contract.ObjectType.Unknown;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the object types of a contract, `components.x-gatewarden-objects`.
final class TypeReader {
  private static final PrincipalPart SUBJECT = new PrincipalPart.Subject();
  private static final PrincipalPart TENANT = new PrincipalPart.Tenant();

  private final Notes notes;
  private final PlaceReader places;
  private final KnowingReader knowing;
  private final TableReader tables;
  private final TypePropertyReader told;
  private final Map<String, ObjectType> types = new LinkedHashMap<>();

  /// Types that stand in the contract but could not be read, so that their use is not a second
  /// problem.
  private final Set<String> faulty = new HashSet<>();

  /// Types that name `relation` themselves: somebody feeds the store of relations.
  private final Set<String> related = new HashSet<>();

  TypeReader(Notes notes) {
    this.notes = notes;
    this.places = new PlaceReader(notes);
    this.knowing = new KnowingReader(notes);
    this.tables = new TableReader(notes);
    this.told = new TypePropertyReader(places, notes);
  }

  /// What types say of their properties, by the type's name.
  Map<String, List<TypeProperty>> properties() {
    return told.properties();
  }

  /// The schemas that describe objects of a type beside those that its operations tell of.
  Map<String, List<Node.Text>> schemas() {
    return told.schemas();
  }

  Map<String, ObjectType> types() {
    return types;
  }

  boolean faulty(String name) {
    return faulty.contains(name);
  }

  boolean related(ObjectType type) {
    return related.contains(type.name());
  }

  /// All types of one map, later ones in the place of earlier ones of the same name.
  void read(@Nullable Node node) {
    if (node == null) {
      return;
    }
    if (!(node instanceof Obj named)) {
      notes.problem(node.place(), "the object types should be a map, not " + Nodes.kind(node));
      return;
    }
    for (Node.Member member : named.entries()) {
      if (member.value() instanceof Obj object) {
        type(member, object);
      } else {
        notes.problem(
            member.value().place(),
            "the object type `"
                + Nodes.shown(member.name())
                + "` should be a map, not "
                + Nodes.kind(member.value()));
        faulty.add(member.name());
      }
    }
  }

  private void type(Node.Member member, Obj object) {
    Fields fields =
        new Fields(
            object,
            notes,
            "id",
            "owner",
            "tenant",
            "parent",
            "refs",
            "access",
            "known-by",
            "read-by",
            "unknown",
            "public-id",
            "table",
            "write-if",
            "schemas",
            "properties");
    told.schemas(member.name(), fields);
    told.properties(member.name(), fields);
    ObjectType.Id id = id(fields, member);
    Fact owner = fact(fields, "owner", SUBJECT);
    Fact tenant = fact(fields, "tenant", TENANT);
    Map<String, PointerPattern> parents = places.parents(fields);
    List<ObjectType.Reference> references = places.references(fields);
    boolean unchanged = knowing.unchanged(fields, Nodes.text(fields.node("read-by")));
    Access access = GrantReader.access(fields, notes);
    String readBy = Nodes.text(fields.text("read-by"));
    boolean hidden =
        (owner != null && owner.at() == null) || (tenant != null && tenant.at() == null);
    List<KnownBy> knownBy = knowing.knownBy(fields, readBy, hidden);
    if (fields.has("known-by") && knownBy.contains(KnownBy.RELATION)) {
      related.add(member.name());
    }
    Unknown unknown = knowing.unknown(fields, readBy);
    PublicId publicId = publicId(fields, id == null ? Form.STRING : id.as());
    Table table = tables.table(fields);
    owned(access, owner, tenant, fields, member);
    if (id == null) {
      faulty.add(member.name());
      return;
    }
    types.put(
        member.name(),
        new ObjectType(
            member.name(),
            id,
            owner,
            tenant,
            parents,
            PlaceReader.first(references),
            access,
            knownBy,
            readBy,
            unknown,
            publicId,
            table,
            member.namePlace(),
            references,
            unchanged));
  }

  private ObjectType.@Nullable Id id(Fields fields, Node.Member member) {
    Obj object = fields.map("id");
    if (object == null) {
      if (!fields.has("id")) {
        notes.problem(
            member.namePlace(),
            "the object type `" + Nodes.shown(member.name()) + "` has no `id`",
            "write `id: {at: /id}`");
      }
      return null;
    }
    Fields inner = new Fields(object, notes, "at", "as");
    PointerPattern at = places.pointer(inner, "at", false);
    Form form = inner.choice("as", Form.class);
    return at == null ? null : new ObjectType.Id(at, form == null ? Form.STRING : form);
  }

  private @Nullable Fact fact(Fields fields, String name, PrincipalPart usual) {
    Obj object = fields.map(name);
    if (object == null) {
      return null;
    }
    Fields inner = new Fields(object, notes, "at", "is");
    boolean shown = inner.has("at") || !inner.has("is");
    PointerPattern at = shown ? places.pointer(inner, "at", false) : null;
    PrincipalPart is = principal(inner, "is", usual, notes);
    return (shown && at == null) || is == null ? null : new Fact(at, is);
  }

  /// The part of the caller under a name, or null when a problem says that it is none.
  static @Nullable PrincipalPart principal(
      Fields fields, String name, PrincipalPart usual, Notes notes) {
    if (!fields.has(name)) {
      return usual;
    }
    Node.Text text = fields.text(name);
    if (text == null) {
      return null;
    }
    PrincipalPart part = SelectorReader.principal(text.value());
    if (part == null) {
      notes.problem(
          text.place(),
          "`" + Nodes.shown(text.value()) + "` is nothing that a caller is proved to be",
          "write `principal.subject`, `principal.tenant`, `principal.client` or"
              + " `principal.claim(/x)`");
    }
    return part;
  }

  /// `public-id: opaque`, or `public-id: {as: integer, largest: 2147483647}`.
  private PublicId publicId(Fields fields, Form form) {
    Node said = fields.node("public-id");
    if (said == null) {
      return new PublicId.Own();
    }
    if (said instanceof Node.Text text && text.value().equals("opaque")) {
      return PublicId.usual(form);
    }
    if (said instanceof Obj object) {
      return new PublicIdReader(notes).read(object, form);
    }
    notes.problem(
        said.place(), "`public-id` can only be `opaque`", "or say how: `public-id: {as: text}`");
    return new PublicId.Own();
  }

  /// Who asks for an owner must say where it stands.
  private void owned(
      Access access,
      @Nullable Fact owner,
      @Nullable Fact tenant,
      Fields fields,
      Node.Member member) {
    List<Grant> all = new ArrayList<>(access.read());
    all.addAll(access.write());
    Place place = fields.has("access") ? fields.place("access") : member.namePlace();
    if (all.contains(new Grant.Owner()) && owner == null && !fields.has("owner")) {
      notes.problem(
          place,
          "the object type `"
              + Nodes.shown(member.name())
              + "` is for its owner and does not say who that is",
          "write `owner: {at: /ownerId}`, `owner: {is: principal.subject}` where nothing shows it,"
              + " or `access`");
    }
    if (tenant == null && !fields.has("tenant")) {
      GrantReader.crossesNothing(all, place, member.name(), notes);
    }
    if (all.contains(new Grant.Tenant()) && tenant == null && !fields.has("tenant")) {
      notes.problem(
          place,
          "the object type `"
              + Nodes.shown(member.name())
              + "` is for its tenant and does not say which that is",
          "write `tenant: {at: /tenantId}`");
    }
  }

  /// Ids that schemas hold are those of an opaque type: of any other the word would say nothing.
  void checkIds(List<Node.Text> ids) {
    for (Node.Text name : ids) {
      ObjectType type = types.get(name.value());
      if (type == null && !faulty.contains(name.value())) {
        notes.problem(
            name.place(),
            "there is no object type `" + Nodes.shown(name.value()) + "`",
            Nearest.advice(name.value(), types.keySet()));
      } else if (type != null && !type.opaque()) {
        notes.problem(
            name.place(),
            "`" + PropertyWords.ID + "` has no effect: ids of `" + type.name() + "` are not opaque",
            "say `public-id: opaque` at the type");
      }
    }
  }

  /// What a type refers to must be a type, once all are known.
  void checkRelated() {
    for (ObjectType type : types.values()) {
      List<String> names = new ArrayList<>(type.parents().keySet());
      names.addAll(type.refs().keySet());
      for (String name : names) {
        if (!types.containsKey(name) && !faulty.contains(name)) {
          notes.problem(
              type.place(),
              "the object type `"
                  + Nodes.shown(type.name())
                  + "` refers to the unknown type `"
                  + Nodes.shown(name)
                  + "`",
              Nearest.advice(name, types.keySet()));
        }
      }
    }
  }
}
