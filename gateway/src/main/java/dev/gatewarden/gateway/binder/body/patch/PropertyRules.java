package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PropertyNode;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may see and write the properties of the object that an operation is about; for who asks
/// about them by pointers from the object, as patches write them.
public final class PropertyRules {
  private final Governed written;
  private final Governed shown;

  private PropertyRules(Governed written, Governed shown) {
    this.written = written;
    this.shown = shown;
  }

  /// Made when a contract is loaded.
  public static PropertyRules of(Contract contract, Operation operation) {
    Patches patches = new Patches(contract);
    return new PropertyRules(patches.governed(operation, true), patches.governed(operation, false));
  }

  /// What is said of who may write a property: of itself, of what it stands in, and of what goes
  /// with it; null where there can be no such property.
  public @Nullable Set<Meaning> writing(Pointer at) {
    Set<Meaning> said = new LinkedHashSet<>();
    PropertyNode place = written.root();
    for (String token : at.tokens()) {
      said.addAll(written.of(place).writes());
      place = next(place, token);
      if (place == null) {
        return null;
      }
    }
    said.addAll(written.of(place).writes());
    said.addAll(written.of(place).writesUnder());
    return said;
  }

  /// What is said of who may see a property: of itself, of what it stands in, and of anything in
  /// it; null where there can be no such property.
  public @Nullable Set<Meaning> reading(Pointer at) {
    Set<Meaning> said = new LinkedHashSet<>();
    PropertyNode place = shown.root();
    for (String token : at.tokens()) {
      said.addAll(shown.of(place).reads());
      place = next(place, token);
      if (place == null) {
        return null;
      }
    }
    said.addAll(shown.of(place).readsWithin());
    return said;
  }

  private static @Nullable PropertyNode next(PropertyNode place, String token) {
    PropertyNode item = place.item();
    boolean counted = token.equals("*") || Pointer.index(token) >= 0;
    return item != null && counted && !place.named().containsKey(token)
        ? item
        : place.member(token);
  }

  /// The names of the properties that the object may have, for advice.
  public List<String> names() {
    return List.copyOf(shown.root().named().keySet());
  }
}
