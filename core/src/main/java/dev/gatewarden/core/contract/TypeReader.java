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
  private final Map<String, ObjectType> types = new LinkedHashMap<>();

  /// Types that stand in the contract but could not be read, so that their use is not a second
  /// problem.
  private final Set<String> faulty = new HashSet<>();

  /// Types that name `relation` themselves: somebody feeds the store of relations.
  private final Set<String> related = new HashSet<>();

  private final Map<String, List<TypeProperty>> properties = new LinkedHashMap<>();
  private final Map<String, List<Node.Text>> schemas = new LinkedHashMap<>();

  TypeReader(Notes notes) {
    this.notes = notes;
  }

  /// What types say of their properties, by the type's name.
  Map<String, List<TypeProperty>> properties() {
    return properties;
  }

  /// The schemas that describe objects of a type beside those that its operations tell of.
  Map<String, List<Node.Text>> schemas() {
    return schemas;
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
    schemas(member.name(), fields);
    properties(member.name(), fields);
    ObjectType.Id id = id(fields, member);
    Fact owner = fact(fields, "owner", SUBJECT);
    Fact tenant = fact(fields, "tenant", TENANT);
    Map<String, PointerPattern> parents = parents(fields);
    List<ObjectType.Reference> references = references(fields);
    boolean unchanged = unchanged(fields, Nodes.text(fields.node("read-by")));
    Access access = access(fields);
    String readBy = Nodes.text(fields.text("read-by"));
    List<KnownBy> knownBy = knownBy(fields, readBy, member.name());
    Unknown unknown = unknown(fields, readBy);
    boolean opaque = opaque(fields);
    Table table = table(fields);
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
            first(references),
            access,
            knownBy,
            readBy,
            unknown,
            opaque,
            table,
            member.namePlace(),
            references,
            unchanged));
  }

  /// `refs: {address: /shipTo}`, or a list of places where there are several of one type.
  private List<ObjectType.Reference> references(Fields fields) {
    List<ObjectType.Reference> references = new ArrayList<>();
    Obj object = fields.map("refs");
    if (object == null) {
      return references;
    }
    for (Node.Member member : object.entries()) {
      List<Node> places =
          member.value() instanceof Node.Arr list ? list.items() : List.of(member.value());
      for (Node place : places) {
        PointerPattern at = place instanceof Node.Text text ? pointer(text, true) : null;
        if (at != null) {
          references.add(new ObjectType.Reference(member.name(), at));
        } else if (!(place instanceof Node.Text)) {
          notes.problem(
              place.place(),
              "`"
                  + Nodes.shown(member.name())
                  + "` should be a JSON pointer, not "
                  + Nodes.kind(place));
        }
      }
    }
    return references;
  }

  private static Map<String, PointerPattern> first(List<ObjectType.Reference> references) {
    Map<String, PointerPattern> first = new LinkedHashMap<>();
    references.forEach(each -> first.putIfAbsent(each.type(), each.at()));
    return first;
  }

  private boolean unchanged(Fields fields, @Nullable String readBy) {
    Node.Text text = fields.text("write-if");
    if (text == null) {
      return false;
    }
    if (!text.value().equals("unchanged")) {
      notes.problem(text.place(), "`write-if` can only be `unchanged`");
    } else if (readBy == null) {
      notes.problem(
          text.place(),
          "`write-if: unchanged` needs `read-by`: the operation that tells the `ETag`");
    }
    return true;
  }

  private void schemas(String type, Fields fields) {
    List<Node.Text> names = new ArrayList<>();
    List<Node> list = fields.list("schemas");
    for (Node each : list == null ? List.<Node>of() : list) {
      if (each instanceof Node.Text name) {
        names.add(name);
      } else {
        notes.problem(each.place(), "`schemas` should name schemas, not hold " + Nodes.kind(each));
      }
    }
    schemas.put(type, names);
  }

  /// `/lines/*/cost: {read: [role:finance], mask: last-four}`.
  private void properties(String type, Fields fields) {
    List<TypeProperty> all = new ArrayList<>();
    Obj object = fields.map("properties");
    for (Node.Member member : object == null ? List.<Node.Member>of() : object.entries()) {
      PointerPattern at = pointer(new Node.Text(member.namePlace(), member.name()), true);
      if (!(member.value() instanceof Obj words)) {
        notes.problem(
            member.value().place(),
            "what holds for `"
                + Nodes.shown(member.name())
                + "` should be a map, not "
                + Nodes.kind(member.value()),
            "write for example `{read: [owner, 'role:support'], write: []}`");
      } else if (at != null && at.steps().isEmpty()) {
        notes.problem(
            member.namePlace(), "a property is not the whole object", "say it in `access`");
      } else if (at != null) {
        words(words);
        all.add(new TypeProperty(at, words, member.namePlace()));
      }
    }
    properties.put(type, all);
  }

  private void words(Obj words) {
    Fields inner = new Fields(words, notes, PropertyWords.ALL.toArray(new String[0]));
    for (Node.Member word : words.entries()) {
      PropertyWords.check(word.name(), word.name(), word.value(), notes);
    }
    if (words.entries().isEmpty()) {
      notes.problem(words.place(), "nothing is said of the property");
    }
    if (inner.has("mask") && !inner.has("read")) {
      notes.problem(
          inner.place("mask"), "`mask` has no effect without `read`: who sees the value itself?");
    }
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
    PointerPattern at = pointer(inner, "at", false);
    Form form = inner.choice("as", Form.class);
    return at == null ? null : new ObjectType.Id(at, form == null ? Form.STRING : form);
  }

  private @Nullable Fact fact(Fields fields, String name, PrincipalPart usual) {
    Obj object = fields.map(name);
    if (object == null) {
      return null;
    }
    Fields inner = new Fields(object, notes, "at", "is");
    PointerPattern at = pointer(inner, "at", false);
    PrincipalPart is = principal(inner, "is", usual, notes);
    return at == null || is == null ? null : new Fact(at, is);
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

  private @Nullable PointerPattern pointer(Fields fields, String name, boolean many) {
    Node.Text text = fields.text(name);
    if (text == null) {
      if (!fields.has(name)) {
        notes.problem(fields.place(), "`" + name + "` is missing", "write `" + name + ": /id`");
      }
      return null;
    }
    return pointer(text, many);
  }

  private @Nullable PointerPattern pointer(Node.Text text, boolean many) {
    PointerPattern pattern = PointerPattern.parse(text.value());
    if (pattern == null) {
      notes.problem(
          text.place(),
          "`" + Nodes.shown(text.value()) + "` is no JSON pointer",
          text.value().startsWith("/") ? "" : "did you mean `/" + Nodes.shown(text.value()) + "`?");
      return null;
    }
    if (!many && pattern.many()) {
      notes.problem(text.place(), "`" + pattern + "` selects several values where one decides");
      return null;
    }
    return pattern;
  }

  private Map<String, PointerPattern> parents(Fields fields) {
    Map<String, PointerPattern> pointers = new LinkedHashMap<>();
    Obj object = fields.map("parent");
    if (object == null) {
      return pointers;
    }
    for (Node.Member member : object.entries()) {
      PointerPattern pattern =
          member.value() instanceof Node.Text text ? pointer(text, false) : null;
      if (pattern != null) {
        pointers.put(member.name(), pattern);
      } else if (!(member.value() instanceof Node.Text)) {
        notes.problem(
            member.value().place(),
            "`"
                + Nodes.shown(member.name())
                + "` should be a JSON pointer, not "
                + Nodes.kind(member.value()));
      }
    }
    return pointers;
  }

  private Access access(Fields fields) {
    Obj object = fields.map("access");
    if (object == null) {
      return Access.OWNER;
    }
    Fields inner = new Fields(object, notes, "read", "write");
    List<Grant> read = grants(inner, "read", notes);
    List<Grant> write = grants(inner, "write", notes);
    return new Access(
        read == null ? Access.OWNER.read() : read, write == null ? Access.OWNER.write() : write);
  }

  /// The grants under a name; null when there are none.
  static @Nullable List<Grant> grants(Fields fields, String name, Notes notes) {
    List<Node> list = fields.list(name);
    if (list == null) {
      return null;
    }
    return grants(list, fields.place(name), name, notes);
  }

  /// The grants in a list; a word that names nobody is a problem.
  static List<Grant> grants(List<Node> list, Place place, String name, Notes notes) {
    if (list.isEmpty()) {
      notes.problem(place, "`" + name + "` lets nobody in", "name a role, or leave it out");
    }
    List<Grant> grants = new ArrayList<>();
    for (Node each : list) {
      Grant grant = each instanceof Node.Text text ? Grant.parse(text.value()) : null;
      if (grant == null) {
        String word = Nodes.scalar(each);
        String near = word == null ? null : Nearest.of(word, List.of("owner", "tenant", "anyone"));
        notes.problem(
            each.place(),
            "`" + Nodes.shown(word == null ? Nodes.kind(each) : word) + "` names nobody",
            near == null
                ? "write owner, tenant, anyone or `role:NAME`"
                : "did you mean `" + near + "`?");
      } else {
        grants.add(grant);
      }
    }
    return grants;
  }

  private List<KnownBy> knownBy(Fields fields, @Nullable String readBy, String type) {
    List<Node> list = fields.list("known-by");
    if (list == null) {
      return readBy == null
          ? List.of(KnownBy.RELATION, KnownBy.RESPONSE)
          : List.of(KnownBy.RELATION, KnownBy.RESPONSE, KnownBy.LOOK_UP);
    }
    List<KnownBy> known = new ArrayList<>();
    for (Node each : list) {
      KnownBy way = Fields.choice(each, "known-by", KnownBy.class, notes);
      if (way == KnownBy.LOOK_UP && readBy == null) {
        notes.problem(
            each.place(), "`look-up` needs `read-by`: the operation that reads one object");
      }
      if (way != null && !known.contains(way)) {
        known.add(way);
      }
      if (way == KnownBy.RELATION) {
        related.add(type);
      }
    }
    if (list.isEmpty()) {
      notes.problem(fields.place("known-by"), "`known-by` names no way to know an owner");
    }
    return known;
  }

  private Unknown unknown(Fields fields, @Nullable String readBy) {
    Unknown unknown = fields.choice("unknown", Unknown.class);
    if (unknown == Unknown.LOOK_UP && readBy == null) {
      notes.problem(
          fields.place("unknown"),
          "`look-up` needs `read-by`: the operation that reads one object");
    }
    return unknown != null ? unknown : readBy == null ? Unknown.DENY : Unknown.LOOK_UP;
  }

  private boolean opaque(Fields fields) {
    Node.Text text = fields.text("public-id");
    if (text != null && !text.value().equals("opaque")) {
      notes.problem(text.place(), "`public-id` can only be `opaque`");
    }
    return text != null;
  }

  private @Nullable Table table(Fields fields) {
    Obj object = fields.map("table");
    if (object == null) {
      return null;
    }
    Fields inner = new Fields(object, notes, "name", "id", "owner", "tenant", "parent", "refs");
    String name = Nodes.text(inner.text("name"));
    String id = Nodes.text(inner.text("id"));
    if (name == null || id == null) {
      notes.problem(object.place(), "`table` needs the `name` of the table and its `id` column");
      return null;
    }
    return new Table(
        name,
        id,
        column(inner, "owner"),
        column(inner, "tenant"),
        columns(inner, "parent"),
        columns(inner, "refs"));
  }

  /// `owner: customer_id`, or `owner: {column: customer_id, as: uuid}` where it holds no text.
  private ObjectType.@Nullable Column column(Fields fields, String name) {
    if (!(fields.node(name) instanceof Obj object)) {
      Node.Text text = fields.text(name);
      return text == null ? null : new ObjectType.Column(text.value(), Form.STRING);
    }
    Fields inner = new Fields(object, notes, "column", "as");
    Node.Text column = inner.text("column");
    Form form = inner.choice("as", Form.class);
    if (column == null) {
      notes.problem(
          object.place(), "`" + name + "` names no column", "write `column: customer_id`");
      return null;
    }
    return new ObjectType.Column(column.value(), form == null ? Form.STRING : form);
  }

  private Map<String, String> columns(Fields fields, String name) {
    Map<String, String> columns = new LinkedHashMap<>();
    Obj object = fields.map(name);
    if (object == null) {
      return columns;
    }
    for (Node.Member member : object.entries()) {
      if (member.value() instanceof Node.Text text) {
        columns.put(member.name(), text.value());
      } else {
        notes.problem(
            member.value().place(),
            "`"
                + Nodes.shown(member.name())
                + "` should be a column, not "
                + Nodes.kind(member.value()));
      }
    }
    return columns;
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
          "write `owner: {at: /ownerId}`, or `access`");
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
