package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One object, or one set of objects, an operation touches.
///
/// @param type the object's type
/// @param does what happens to it
/// @param id where its id is read; null where only `items` says which objects there are
/// @param within by the parent's type: where the parent's id is read; each level is checked, and
///     that the child belongs to it
/// @param items where a list's objects stand, or the one object that is read within another; null
///     where the whole answer is the object
/// @param foreign what becomes of objects in a list that are not the caller's
/// @param count what in the response would tell how many foreign objects there are, or null
/// @param batch how a request with several ids is judged
/// @param learn whether the caller becomes the owner of what is created
/// @param access who may do this here, or null where the type's own access holds
/// @param filter where the gate writes the owner, so that the service only counts the caller's
///     objects, or null
/// @param delivery how the object comes back
public record ObjectBinding(
    ObjectType type,
    Does does,
    @Nullable Selector id,
    Map<String, Selector> within,
    @Nullable Selector items,
    Foreign foreign,
    @Nullable Count count,
    Batch batch,
    boolean learn,
    @Nullable List<Grant> access,
    @Nullable Filter filter,
    Delivery delivery,
    Place place) {

  public ObjectBinding {
    within = Collections.unmodifiableMap(new LinkedHashMap<>(within));
    access = access == null ? null : List.copyOf(access);
  }

  /// What an operation does to an object.
  public enum Does {
    READ,
    LIST,
    CREATE,
    UPDATE,
    DELETE,
    ACT,
    AGGREGATE;

    /// Whether it leaves the object as it was.
    public boolean reads() {
      return switch (this) {
        case READ, LIST, AGGREGATE -> true;
        case CREATE, UPDATE, DELETE, ACT -> false;
      };
    }
  }

  /// What becomes of foreign objects in a list: cut out of it, or the whole answer refused.
  public enum Foreign {
    FILTER,
    DENY
  }

  /// How several ids in one request are judged: all must pass, or each stands for itself.
  public enum Batch {
    ALL,
    EACH
  }

  /// How an object comes back: as the whole body, as items of it, or as something the gate cannot
  /// read.
  public enum Delivery {
    WHOLE,
    ITEMS,
    OPAQUE
  }

  /// What counts in the response and what becomes of it.
  public record Count(List<PointerPattern> at, Then then) {
    public Count {
      at = List.copyOf(at);
    }

    /// Taken out, or left.
    public enum Then {
      WITHHOLD,
      KEEP
    }
  }

  /// A value of the request that the gate sets to what the caller is proved to be.
  public record Filter(Selector at, PrincipalPart is) {}

  /// Whether a request's body could say of which tenant the object is to be.
  public boolean writesTenant() {
    ObjectType.Fact tenant = type.tenant();
    return tenant != null
        && tenant.at() != null
        && (does == Does.CREATE || does == Does.UPDATE || does == Does.ACT)
        && !tenant.at().equals(type.id().at());
  }

  /// The grants that hold here: the binding's own, else the type's for reading or writing.
  public List<Grant> grants() {
    if (access != null) {
      return access;
    }
    return does.reads() ? type.access().read() : type.access().write();
  }
}
