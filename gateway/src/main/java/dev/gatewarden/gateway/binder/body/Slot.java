package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.SchemaPlaces;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Written;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A member of an object that says which it is or leads to another object, and that a request might
/// write.
///
/// @param type the type of the id; the binding's own where it is no id
/// @param base where the object stands in the body
/// @param at where the member stands in the object
public record Slot(
    ObjectBinding binding,
    Written.Kind kind,
    ObjectType type,
    PointerPattern base,
    PointerPattern at) {
  private static final PointerPattern EACH = new PointerPattern(List.of(new PointerPattern.Each()));

  /// A name with more steps than this is not written with dots.
  private static final int MOST_DOTTED = 4;

  /// All of one operation.
  public static List<Slot> of(Operation operation, Map<String, ObjectType> types) {
    List<Slot> slots = new ArrayList<>();
    if (operation.body() == null) {
      return slots;
    }
    for (ObjectBinding binding : operation.objects().list()) {
      Does does = binding.does();
      if (does == Does.CREATE || does == Does.UPDATE || does == Does.ACT) {
        slots.addAll(references(binding, types));
      }
      ObjectType.Fact tenant = binding.type().tenant();
      PointerPattern at = tenant == null ? null : tenant.at();
      if (at != null && binding.writesTenant() && !at.steps().isEmpty()) {
        ObjectType type = binding.type();
        slots.add(new Slot(binding, Written.Kind.TENANT, type, base(binding), at));
      }
      boolean changes = does == Does.UPDATE || does == Does.DELETE;
      if (does == Does.CREATE || (changes && whole(operation, binding))) {
        slots.addAll(own(binding));
      }
    }
    return slots;
  }

  private static List<Slot> references(ObjectBinding binding, Map<String, ObjectType> types) {
    List<Slot> slots = new ArrayList<>();
    List<ObjectType.Reference> all = new ArrayList<>(binding.type().references());
    binding.type().parents().forEach((type, at) -> all.add(new ObjectType.Reference(type, at)));
    for (ObjectType.Reference each : all) {
      ObjectType type = types.get(each.type());
      if (type != null && !each.at().steps().isEmpty()) {
        slots.add(new Slot(binding, Written.Kind.REFERENCE, type, base(binding), each.at()));
      }
    }
    return slots;
  }

  private static List<Slot> own(ObjectBinding binding) {
    List<Slot> slots = new ArrayList<>();
    ObjectType type = binding.type();
    PointerPattern base = base(binding);
    boolean once = binding.id() != null && !binding.id().afterwards();
    boolean again = once ? !inBody(binding.id()) : !type.ownedById();
    if (again) {
      slots.add(new Slot(binding, Written.Kind.ID, type, base, type.id().at()));
    }
    return slots;
  }

  /// Whether the body is the object, and not something below it.
  private static boolean whole(Operation operation, ObjectBinding binding) {
    if (!(binding.id() instanceof Selector.PathParameter(String name))) {
      return true;
    }
    PathTemplate.Segment last = operation.path().segments().getLast();
    return last.parts().contains(new PathTemplate.Variable(name));
  }

  static boolean inBody(@Nullable Selector selector) {
    return selector instanceof Selector.Body || selector instanceof Selector.Part;
  }

  /// Where the object stands: around its id, or as the whole body.
  private static PointerPattern base(ObjectBinding binding) {
    List<PointerPattern.Step> own = binding.type().id().at().steps();
    if (binding.id() instanceof Selector.Body(PointerPattern at) && at.named()) {
      return at.items();
    }
    if (binding.id() instanceof Selector.Body(PointerPattern at)) {
      int rest = at.steps().size() - own.size();
      if (rest >= 0 && at.steps().subList(rest, at.steps().size()).equals(own)) {
        return new PointerPattern(at.steps().subList(0, rest));
      }
    }
    return PointerPattern.ROOT;
  }

  /// Where it may stand in a body.
  ///
  /// @param schema what is promised of the body, or null
  public List<PointerPattern> places(@Nullable SchemaSource schema) {
    Set<PointerPattern> places = new LinkedHashSet<>();
    places.add(base.then(at));
    if (base.equals(PointerPattern.ROOT) && binding.does() == Does.CREATE) {
      places.add(EACH.then(at));
    }
    if (schema != null && kind != Written.Kind.ID) {
      for (PointerPattern place : SchemaPlaces.of(schema, at)) {
        places.add(place);
      }
    }
    Set<PointerPattern> all = new LinkedHashSet<>(places);
    places.forEach(place -> dotted(place, all));
    return List.copyOf(all);
  }

  /// The same place with names that hold the path, `{"shipTo.addressId": …}`, as document stores
  /// read them.
  static void dotted(PointerPattern place, Set<PointerPattern> all) {
    List<PointerPattern.Step> steps = place.steps();
    if (steps.size() > MOST_DOTTED) {
      return;
    }
    for (int i = 0; i + 1 < steps.size(); i++) {
      if (steps.get(i) instanceof PointerPattern.Name(String first)
          && steps.get(i + 1) instanceof PointerPattern.Name(String second)) {
        List<PointerPattern.Step> joined = new ArrayList<>(steps.subList(0, i));
        joined.add(new PointerPattern.Name(first + "." + second));
        joined.addAll(steps.subList(i + 2, steps.size()));
        PointerPattern pattern = new PointerPattern(joined);
        if (all.add(pattern)) {
          dotted(pattern, all);
        }
      }
    }
  }

  /// Where it stands in the object as a whole: a JSON Patch speaks of that.
  public List<PointerPattern.Step> steps() {
    return at.steps();
  }
}
