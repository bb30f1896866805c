package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.issuer.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the shop keeps: orders, profiles, and the bank's events it has taken. In memory, and put
/// back
/// as it was at any time.
public final class Shelves {

  /// An order of alice's, with her address on it.
  public static final UUID OF_ALICE = UUID.fromString("a11ce000-0000-4000-8000-000000000001");

  /// Another one, that nobody would miss.
  public static final UUID OF_ALICE_TOO = UUID.fromString("a11ce000-0000-4000-8000-000000000002");

  /// An order of bob's.
  public static final UUID OF_BOB = UUID.fromString("b0b00000-0000-4000-8000-000000000001");

  /// An order of the other company's.
  public static final UUID OF_PARTNER = UUID.fromString("fa270000-0000-4000-8000-000000000001");

  /// What stands on alice's orders.
  public static final String ALICES_ADDRESS = "12 Harbour Street, Tromsø";

  private final Map<UUID, Order> orders = new LinkedHashMap<>();
  private final Map<String, Profile> profiles = new LinkedHashMap<>();
  private final Set<String> events = new HashSet<>();

  public Shelves() {
    reset();
  }

  /// Puts everything back as it was at the start.
  public synchronized void reset() {
    orders.clear();
    profiles.clear();
    events.clear();
    put(order(OF_ALICE, Person.ALICE, "GRINDER-2", 1, ALICES_ADDRESS));
    put(order(OF_ALICE_TOO, Person.ALICE, "FILTER-100", 4, ALICES_ADDRESS));
    put(order(OF_BOB, Person.BOB, "BEANS-500", 2, "3 Mill Lane, Cork"));
    put(order(OF_PARTNER, Person.PARTNER, "CUP-6", 20, "Dock 4, Porto"));
    for (Person person : Person.values()) {
      profiles.put(person.subject(), profile(person));
    }
  }

  public synchronized List<Order> orders() {
    return new ArrayList<>(orders.values());
  }

  public synchronized @Nullable Order order(UUID id) {
    return orders.get(id);
  }

  public synchronized void put(Order order) {
    orders.put(order.id(), order);
  }

  /// Changes an order, if it is there; null when it is not.
  public synchronized @Nullable Order change(UUID id, UnaryOperator<Order> change) {
    return orders.computeIfPresent(id, (_, order) -> change.apply(order));
  }

  public synchronized boolean remove(UUID id) {
    return orders.remove(id) != null;
  }

  public synchronized @Nullable Profile profile(String id) {
    return profiles.get(id);
  }

  public synchronized @Nullable Profile changeProfile(String id, UnaryOperator<Profile> change) {
    return profiles.computeIfPresent(id, (_, profile) -> change.apply(profile));
  }

  /// Whether the bank's event is new; it is not the second time.
  public synchronized boolean firstTime(String event) {
    return events.add(event);
  }

  private static Order order(UUID id, Person whose, String sku, int quantity, String shipTo) {
    return new Order(
        id,
        whose.subject(),
        whose.tenant(),
        "open",
        List.of(new Order.Item(sku, quantity)),
        shipTo,
        "",
        price(List.of(new Order.Item(sku, quantity))),
        0,
        "2026-01-15T09:30:00Z");
  }

  /// In cents; everything costs the same here.
  static int price(List<Order.Item> items) {
    return items.stream().mapToInt(item -> item.quantity() * 1450).sum();
  }

  private static Profile profile(Person person) {
    String subject = person.subject();
    String name = subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1);
    return new Profile(
        subject, name, subject + "@" + person.tenant() + ".example", person.roles().getFirst());
  }
}
