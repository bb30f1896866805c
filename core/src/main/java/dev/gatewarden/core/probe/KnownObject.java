package dev.gatewarden.core.probe;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.ObjectFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object that stands behind the API, as far as the tester knows it.
///
/// @param owner whose it is
/// @param facts what is known of its owner, tenant and parents
/// @param within the ids of what it lies below, by their type
/// @param made whether the tester made it, so that it may be changed and deleted
/// @param seen the object as its owner reads it, or null where it was not read
public record KnownObject(
    ObjectType type,
    String id,
    Identity owner,
    ObjectFacts facts,
    Map<String, String> within,
    boolean made,
    @Nullable Node seen) {

  public KnownObject {
    within = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(within));
  }

  @Override
  public String toString() {
    return type.name() + " " + id + " of " + owner;
  }
}
