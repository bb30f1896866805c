package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.exchange.Written;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.gateway.binder.body.MediaTypes;
import dev.gatewarden.gateway.binder.body.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the objects that the requests of one operation name, and what they write into them.
final class ObjectNames {
  private static final int[] NOWHERE = new int[3];

  private final List<ObjectBinding> bindings;
  private final List<Slot> slots;
  private final @Nullable IdList[] lists;
  private final List<List<Selector>> again;

  /// The number of the binding that each slot belongs to.
  private final int[] owners;

  ObjectNames(Operation operation, List<Slot> slots) {
    this.bindings = operation.objects().list();
    this.slots = List.copyOf(slots);
    this.lists = new IdList[bindings.size()];
    this.again = new ArrayList<>();
    for (int i = 0; i < bindings.size(); i++) {
      Selector id = bindings.get(i).id();
      lists[i] = id == null ? null : IdList.of(operation, id);
      again.add(id == null ? List.of() : Twins.of(operation, id));
    }
    this.owners = new int[slots.size()];
    for (int i = 0; i < owners.length; i++) {
      for (int j = 0; j < bindings.size(); j++) {
        owners[i] = bindings.get(j) == slots.get(i).binding() ? j : owners[i];
      }
    }
  }

  /// What was found.
  sealed interface Named {
    record Found(List<ObjectUse> uses, List<Written> written) implements Named {}

    record Refused(Binding why) implements Named {}
  }

  /// Whether the operation touches no object.
  boolean isEmpty() {
    return bindings.isEmpty();
  }

  /// @param type what the contract says of the body; null where there is none
  Named of(Exchange exchange, Reading reading, Content.@Nullable MediaType type) {
    List<ObjectUse> uses = new ArrayList<>(bindings.size());
    List<Written> written = List.of();
    for (int i = 0; i < bindings.size(); i++) {
      Binding why = name(i, exchange, reading, uses);
      if (why != null) {
        return new Named.Refused(why);
      }
      if (!again.get(i).isEmpty()) {
        written = written.isEmpty() ? new ArrayList<>() : written;
        repeated(bindings.get(i), again.get(i), exchange, written);
      }
    }
    if (type != null && !slots.isEmpty()) {
      written = written.isEmpty() ? new ArrayList<>() : written;
      written(exchange, reading, type, uses, written);
    }
    return new Named.Found(uses, written);
  }

  private @Nullable Binding name(
      int number, Exchange exchange, Reading reading, List<ObjectUse> uses) {
    ObjectBinding binding = bindings.get(number);
    Selector selector = binding.id();
    if (selector == null || selector.afterwards()) {
      return null;
    }
    Map<String, String> within = within(number, exchange, reading);
    if (within == null) {
      return Binding.OBJECT_NOT_NAMED;
    }
    if (selector instanceof Selector.Body(PointerPattern at) && at.named()) {
      return keyed(number, binding, reading, within, uses);
    }
    if (isInBody(selector)) {
      return inBody(number, binding, reading, within, uses);
    }
    IdList list = lists[number];
    if (list != null) {
      return listed(binding, list.read(exchange), within, uses);
    }
    String text = value(selector, exchange);
    return text == null ? Binding.OBJECT_NOT_NAMED : used(binding, text, within, NOWHERE, uses);
  }

  private static @Nullable Binding listed(
      ObjectBinding binding,
      @Nullable List<String> texts,
      Map<String, String> within,
      List<ObjectUse> uses) {
    if (texts == null || texts.isEmpty()) {
      return Binding.OBJECT_NOT_NAMED;
    }
    for (String text : texts) {
      Binding why = used(binding, text, within, NOWHERE, uses);
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  private static @Nullable Binding used(
      ObjectBinding binding,
      String text,
      Map<String, String> within,
      int[] item,
      List<ObjectUse> uses) {
    String id = IdForm.canonical(binding.type().id().as(), text);
    if (id == null) {
      return Binding.ODD_ID;
    }
    uses.add(new ObjectUse(binding, id, within, item[0], item[1], item[2]));
    return null;
  }

  /// The parents by their type; null where one is not there exactly once.
  private @Nullable Map<String, String> within(int number, Exchange exchange, Reading reading) {
    Map<String, String> within = Map.of();
    for (Map.Entry<String, Selector> parent : bindings.get(number).within().entrySet()) {
      within = within.isEmpty() ? new HashMap<>() : within;
      String id = single(number, parent.getValue(), parent.getKey(), exchange, reading);
      if (id == null) {
        return null;
      }
      within.put(parent.getKey(), id);
    }
    return within;
  }

  /// Every id that stands in the body: each names an object, and each is judged.
  private static @Nullable Binding inBody(
      int number,
      ObjectBinding binding,
      Reading reading,
      Map<String, String> within,
      List<ObjectUse> uses) {
    boolean none = true;
    ItemSpans items = ItemSpans.of(reading.marks(), number, Role.ITEM);
    for (Mark mark : reading.marks()) {
      if (!(mark.meaning() instanceof Meaning.Part(int of, Role role, var _))
          || of != number
          || role != Role.ID) {
        continue;
      }
      Binding why =
          Fact.at(reading.bytes(), mark) instanceof Fact.Known(String text)
              ? used(binding, text, within, item(items, mark), uses)
              : Binding.ODD_ID;
      if (why != null) {
        return why;
      }
      none = false;
    }
    return none ? Binding.OBJECT_NOT_NAMED : null;
  }

  /// Every name in a map is an id; what its object says of its own id must be the same.
  private static @Nullable Binding keyed(
      int number,
      ObjectBinding binding,
      Reading reading,
      Map<String, String> within,
      List<ObjectUse> uses) {
    List<ObjectFacts> named =
        FactReader.read(number, binding, Role.KEY, reading.bytes(), reading.marks());
    for (ObjectFacts each : named) {
      if (!(each.id() instanceof Fact.Known(String id))) {
        return Binding.ODD_ID;
      }
      uses.add(new ObjectUse(binding, id, within, each.nameFrom(), each.from(), each.to()));
    }
    return named.isEmpty() ? Binding.OBJECT_NOT_NAMED : null;
  }

  /// The item of a list that holds a value; nothing where none does.
  private static int[] item(ItemSpans items, Mark mark) {
    int at = items.around(mark);
    if (at < 0) {
      return NOWHERE;
    }
    Mark item = items.get(at);
    return new int[] {item.nameFrom(), item.from(), item.to()};
  }

  /// The same id said once more in the head.
  private static void repeated(
      ObjectBinding binding, List<Selector> twins, Exchange exchange, List<Written> written) {
    for (Selector twin : twins) {
      if (isThere(twin, exchange)) {
        String text = value(twin, exchange);
        Fact fact = canonical(binding.type(), text == null ? Fact.ODD : Fact.of(text));
        written.add(new Written(binding, Written.Kind.ID, binding.type(), fact, 0, 0));
      }
    }
  }

  private void written(
      Exchange exchange,
      Reading reading,
      Content.MediaType type,
      List<ObjectUse> uses,
      List<Written> written) {
    if (!reading.complete()) {
      if (MediaTypes.isRead(type.range())) {
        Slot any = slots.getFirst();
        written.add(new Written(any.binding(), Written.Kind.UNREAD, any.type(), Fact.ODD, 0, 0));
      }
      return;
    }
    if (MediaTypes.isJsonPatch(type.range())) {
      JsonPatch.read(reading, slots, (slot, fact) -> add(slot, fact, NOWHERE, written));
      return;
    }
    @Nullable ItemSpans[] items = new ItemSpans[bindings.size()];
    for (Mark mark : reading.marks()) {
      if (mark.meaning() instanceof Meaning.Part(int number, Role role, var _)
          && role == Role.WRITTEN) {
        Slot slot = slots.get(number);
        Fact fact = Fact.at(reading.bytes(), mark);
        int of = owners[number];
        ItemSpans known = items[of];
        ItemSpans spans = known == null ? ItemSpans.of(reading.marks(), of, Role.ITEM) : known;
        items[of] = spans;
        int[] item = item(spans, mark);
        if (!creates(slot, fact, of, exchange, reading, uses)) {
          add(slot, fact, item, written);
        }
      }
    }
  }

  /// Whether a value is the id that a new object shall have: it names an object like any other id.
  private boolean creates(
      Slot slot, Fact fact, int number, Exchange exchange, Reading reading, List<ObjectUse> uses) {
    ObjectBinding binding = slot.binding();
    boolean named = binding.id() != null && !binding.id().afterwards();
    if (slot.kind() != Written.Kind.ID
        || binding.does() != Does.CREATE
        || named
        || !(canonical(slot.type(), fact) instanceof Fact.Known(String id))) {
      return false;
    }
    Map<String, String> within = within(number, exchange, reading);
    uses.add(new ObjectUse(binding, id, within == null ? Map.of() : within));
    return true;
  }

  private static void add(Slot slot, Fact fact, int[] item, List<Written> written) {
    boolean away = fact == Fact.MISSING && slot.kind() == Written.Kind.TENANT;
    if (fact == Fact.MISSING && !away) {
      return;
    }
    boolean id = slot.kind() == Written.Kind.ID || slot.kind() == Written.Kind.REFERENCE;
    written.add(
        new Written(
            slot.binding(),
            slot.kind(),
            slot.type(),
            id ? canonical(slot.type(), fact) : away ? Fact.ODD : fact,
            item[1],
            item[2]));
  }

  private static Fact canonical(ObjectType type, Fact fact) {
    if (fact instanceof Fact.Known(String text)) {
      String id = IdForm.canonical(type.id().as(), text);
      return id == null ? Fact.ODD : Fact.of(id);
    }
    return fact;
  }

  private static boolean isInBody(Selector selector) {
    return selector instanceof Selector.Body || selector instanceof Selector.Part;
  }

  private static @Nullable String single(
      int number, Selector selector, String name, Exchange exchange, Reading reading) {
    if (!isInBody(selector)) {
      return value(selector, exchange);
    }
    String only = null;
    Meaning wanted = new Meaning.Part(number, Role.PARENT, name);
    for (Mark mark : reading.marks()) {
      if (mark.meaning().equals(wanted)) {
        if (only != null || !(Fact.at(reading.bytes(), mark) instanceof Fact.Known(String text))) {
          return null;
        }
        only = text;
      }
    }
    return only;
  }

  private static boolean isThere(Selector selector, Exchange exchange) {
    return switch (selector) {
      case Selector.QueryParameter(String name) ->
          exchange.request().target().query().count(name) > 0;
      case Selector.Header(String name) -> exchange.request().headers().count(name) > 0;
      default -> value(selector, exchange) != null;
    };
  }

  /// The one value a selector reads out of the head; null when there is none or more than one.
  private static @Nullable String value(Selector selector, Exchange exchange) {
    return switch (selector) {
      case Selector.PathParameter(String name) -> exchange.pathValue(name);
      case Selector.QueryParameter(String name) -> {
        var query = exchange.request().target().query();
        yield query.count(name) == 1 ? query.first(name) : null;
      }
      case Selector.Header(String name) ->
          exchange.request().headers().count(name) == 1
              ? exchange.request().headers().first(name)
              : null;
      case Selector.Cookie(String name) ->
          Cookies.read(exchange.request().headers().all("cookie"))
                  instanceof OneReading.Clear<Cookies>(Cookies cookies)
              ? cookies.only(name)
              : null;
      case Selector.OfPrincipal(PrincipalPart part) -> Ownership.part(part, exchange.principal());
      case Selector.HostLabel(int index) -> label(exchange.request().host(), index);
      case Selector.Body _,
          Selector.ResponseBody _,
          Selector.ResponseHeader _,
          Selector.Argument _,
          Selector.Message _,
          Selector.Part _,
          Selector.Result _ ->
          null;
    };
  }

  private static @Nullable String label(String host, int index) {
    String[] labels = host.split("\\.", -1);
    return index < labels.length ? labels[index] : null;
  }
}
