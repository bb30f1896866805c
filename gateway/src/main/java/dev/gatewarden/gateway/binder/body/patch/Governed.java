package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.DataClass;
import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.Masking;
import dev.gatewarden.core.contract.PropertyNode;
import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.Writers;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may write and see the places of an object, each with what lies below it; a table made when
/// the contract is loaded.
final class Governed {
  private static final Said NOTHING = new Said(Set.of(), Set.of(), Set.of(), Set.of());

  private final Map<String, DataClass> classes;
  private final PropertyNode root;
  private final IdentityHashMap<PropertyNode, Said> said = new IdentityHashMap<>();

  /// What holds for one place.
  ///
  /// @param writes who may write it
  /// @param writesUnder who may write what goes with it when it goes: its members, their members
  /// @param reads who may see it
  /// @param readsWithin who may see anything in it, items and all
  record Said(
      Set<Meaning> writes, Set<Meaning> writesUnder, Set<Meaning> reads, Set<Meaning> readsWithin) {

    boolean isNothing() {
      return writes.isEmpty() && writesUnder.isEmpty() && reads.isEmpty() && readsWithin.isEmpty();
    }
  }

  Governed(PropertyNode root, Map<String, DataClass> classes) {
    this.root = root;
    this.classes = classes;
    for (PropertyNode place : below(root, true)) {
      Said here = said(place);
      if (!here.isNothing()) {
        said.put(place, here);
      }
    }
  }

  PropertyNode root() {
    return root;
  }

  /// Whether nothing is said of any place.
  boolean isFree() {
    return said.isEmpty();
  }

  Said of(PropertyNode place) {
    return said.getOrDefault(place, NOTHING);
  }

  private Said said(PropertyNode place) {
    Set<Meaning> writes = new LinkedHashSet<>();
    Set<Meaning> under = new LinkedHashSet<>();
    Set<Meaning> reads = new LinkedHashSet<>();
    Set<Meaning> within = new LinkedHashSet<>();
    words(place, writes, reads);
    for (PropertyNode each : below(place, false)) {
      words(each, under, new LinkedHashSet<>());
      // an item is a thing of its own, unless it may not be written itself
      PropertyNode further = each.further();
      if (further != null) {
        words(further, under, new LinkedHashSet<>());
      }
      PropertyNode item = each.item();
      if (item != null) {
        words(item, under, new LinkedHashSet<>());
      }
    }
    for (PropertyNode each : below(place, true)) {
      words(each, new LinkedHashSet<>(), within);
    }
    return new Said(writes, under, reads, within);
  }

  /// The place itself and what lies below.
  ///
  /// @param all also below items and members that nobody declares
  private static Set<PropertyNode> below(PropertyNode place, boolean all) {
    Set<PropertyNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<PropertyNode> open = new ArrayDeque<>();
    found.add(place);
    open.add(place);
    while (!open.isEmpty()) {
      PropertyNode next = open.remove();
      for (PropertyNode each : next.named().values()) {
        if (found.add(each)) {
          open.add(each);
        }
      }
      PropertyNode further = next.further();
      if (all && further != null && found.add(further)) {
        open.add(further);
      }
      PropertyNode item = next.item();
      if (all && item != null && found.add(item)) {
        open.add(item);
      }
    }
    return found;
  }

  private void words(PropertyNode place, Set<Meaning> writes, Set<Meaning> reads) {
    for (Node.Obj schema : place.schemas()) {
      Node write = schema.get(PropertyWords.WRITE);
      Writers writers = write == null ? null : PropertyWords.writers(write);
      if (writers != null) {
        writes.add(new Meaning.Writable(writers.by(), writers.strip()));
      }
      Node read = schema.get(PropertyWords.READ);
      List<Grant> readers = read == null ? null : PropertyWords.readers(read);
      if (readers != null) {
        reads.add(new Meaning.Readable(readers, Masking.REMOVED));
      }
      if (schema.get(PropertyWords.CLASS) instanceof Node.Text name) {
        dataClass(classes.get(name.value()), writes, reads);
      }
      if (schema.get("readOnly") instanceof Node.Bool(var _, boolean only) && only) {
        writes.add(new Meaning.Writable(List.of(), false));
      }
    }
  }

  private static void dataClass(
      @org.jspecify.annotations.Nullable DataClass dataClass,
      Set<Meaning> writes,
      Set<Meaning> reads) {
    if (dataClass == null) {
      return;
    }
    Writers writers = dataClass.write();
    if (writers != null) {
      writes.add(new Meaning.Writable(writers.by(), writers.strip()));
    }
    List<Grant> readers = dataClass.read();
    if (readers != null) {
      reads.add(new Meaning.Readable(readers, Masking.REMOVED));
    }
  }
}
