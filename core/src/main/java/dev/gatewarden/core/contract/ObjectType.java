package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A kind of object the API keeps: where its id, owner and tenant stand, and who may touch it.
///
/// All pointers lead from the object itself, not from the body it travels in.
///
/// @param owner null when the type has no owner
/// @param tenant null when the type has no tenant
/// @param parents by the parent's type: where its id stands
/// @param refs by the type referred to: where its id stands; writing a foreign id there is an
///     attack
/// @param access who may read and write; the owner within the tenant, where the contract does not
///     say
/// @param knownBy how owner and tenant may be known, tried in this order as the verb permits
/// @param readBy the name of the operation that looks an object up, or null
/// @param unknown what happens to objects older than the gate
/// @param publicId what callers see in place of the id
/// @param table where the objects are kept, or null
/// @param references every id of another object that one may hold, `refs` in full: several may be
///     of one type
/// @param unchanged whether a write is only forwarded for the object that was looked up, with its
///     `ETag` as `If-Match`
public record ObjectType(
    String name,
    Id id,
    @Nullable Fact owner,
    @Nullable Fact tenant,
    Map<String, PointerPattern> parents,
    Map<String, PointerPattern> refs,
    Access access,
    List<KnownBy> knownBy,
    @Nullable String readBy,
    Unknown unknown,
    PublicId publicId,
    @Nullable Table table,
    Place place,
    List<Reference> references,
    boolean unchanged) {

  public ObjectType {
    references = List.copyOf(references);
    parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
    refs = Collections.unmodifiableMap(new LinkedHashMap<>(refs));
    knownBy = List.copyOf(knownBy);
  }

  /// A type that refers to each other type once at the most.
  public ObjectType(
      String name,
      Id id,
      @Nullable Fact owner,
      @Nullable Fact tenant,
      Map<String, PointerPattern> parents,
      Map<String, PointerPattern> refs,
      Access access,
      List<KnownBy> knownBy,
      @Nullable String readBy,
      Unknown unknown,
      boolean opaque,
      @Nullable Table table,
      Place place) {
    this(
        name,
        id,
        owner,
        tenant,
        parents,
        refs,
        access,
        knownBy,
        readBy,
        unknown,
        opaque ? PublicId.usual(id.as()) : new PublicId.Own(),
        table,
        place,
        once(refs),
        false);
  }

  private static List<Reference> once(Map<String, PointerPattern> refs) {
    List<Reference> references = new ArrayList<>();
    refs.forEach((type, at) -> references.add(new Reference(type, at)));
    return references;
  }

  /// Whether callers see another id than the service's.
  public boolean opaque() {
    return publicId.opaque();
  }

  /// Whether the service may be asked for an object of this type.
  public boolean lookedUp() {
    return readBy != null && knownBy.contains(KnownBy.LOOK_UP);
  }

  /// Whether the id itself says whose the object is.
  public boolean ownedById() {
    return owner != null && id.at().equals(owner.at());
  }

  /// Whether nothing shows the owner, or the tenant: then only what the gate has learned tells it.
  public boolean hidden() {
    return (owner != null && owner.at() == null) || (tenant != null && tenant.at() == null);
  }

  /// The id of another object, and its type.
  public record Reference(String type, PointerPattern at) {}

  /// Where the id stands and how two ids are compared.
  public record Id(PointerPattern at, Form as) {}

  /// What decides whether two ids are equal: `1`, `"1"` and `01` are three ids unless the form says
  /// otherwise.
  public enum Form {
    UUID,
    INTEGER,
    STRING
  }

  /// A value of the object and what of the caller it must equal.
  ///
  /// @param at null where nothing shows it: it is what the gate learned when the object was created
  ///     or imported
  public record Fact(@Nullable PointerPattern at, PrincipalPart is) {}

  /// A source of facts about an object.
  public enum KnownBy {
    RELATION,
    RESPONSE,
    LOOK_UP
  }

  /// What happens to an object nobody knows yet.
  public enum Unknown {
    LOOK_UP,
    DENY
  }

  /// Where objects are kept, for row-level security.
  ///
  /// @param name of the table, `orders` or `shop.orders`
  /// @param id the column of the id
  /// @param owner null where no column tells it
  /// @param tenant null where no column tells it
  /// @param parents by the parent's type: the column of its id
  /// @param refs by the type referred to: the column of its id
  public record Table(
      String name,
      String id,
      @Nullable Column owner,
      @Nullable Column tenant,
      Map<String, String> parents,
      Map<String, String> refs) {
    public Table {
      parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
      refs = Collections.unmodifiableMap(new LinkedHashMap<>(refs));
    }
  }

  /// A column that is held against the caller.
  ///
  /// @param as what it holds; decides how the caller's value is written for it
  public record Column(String name, Form as) {}
}
