package dev.gatewarden.core.opaque;

import dev.gatewarden.core.contract.ObjectType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The opaque ids of one type, under all keys; for any number of threads.
public final class OpaqueType {
  private final ObjectType type;
  private final IdCode[] codes;

  OpaqueType(ObjectType type, List<IdCode> codes) {
    this.type = type;
    this.codes = codes.toArray(IdCode[]::new);
  }

  public ObjectType type() {
    return type;
  }

  /// The id that callers of a tenant see; null where the text is no id of the type's form, or one
  /// beyond the bounds that the type declares.
  ///
  /// @param id as the service writes it
  public @Nullable String seal(String id, Tenant tenant) {
    return codes[0].seal(id, tenant);
  }

  /// The id at the service, in the canonical form of the type; null where nobody was given this
  /// text: forged, broken, of another type or tenant, or of a key that is gone.
  public @Nullable String open(String text, Tenant tenant) {
    for (IdCode code : codes) {
      String id = code.open(text, tenant);
      if (id != null) {
        return id;
      }
    }
    return null;
  }
}
