package dev.gatewarden.gateway.authzen;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One question in the words of AuthZEN 1.0 (section 5): who, what, to what, where.
///
/// @param action the action's name, null where the question is which
/// @param actionProperties what is said of the action
record Words(
    Entity subject,
    @Nullable String action,
    Map<String, Object> actionProperties,
    Entity resource,
    Map<String, Object> context) {
  private static final int LONGEST = 1024;

  /// A subject or a resource.
  ///
  /// @param id empty where the question is which
  record Entity(String type, String id, Map<String, Object> properties) {

    /// What is said of it under a name, as text; null where nothing is, or something else.
    @Nullable String text(String name) {
      return properties.get(name) instanceof String text ? text : null;
    }
  }

  /// What a question leaves open.
  enum Open {
    NOTHING,
    RESOURCE,
    ACTION
  }

  /// Reads a question. What it does not say itself is said by the defaults (section 7.1.1), a
  /// subject, action or resource as a whole, but for a type or id that it leaves out.
  static Understood<Words> read(
      Map<String, Object> question, Map<String, Object> defaults, Open open) {
    Understood<Entity> subject = entity("subject", question, defaults, true);
    if (subject instanceof Understood.Wrong<Entity> wrong) {
      return wrong.of();
    }
    Understood<Entity> resource = entity("resource", question, defaults, open != Open.RESOURCE);
    if (resource instanceof Understood.Wrong<Entity> wrong) {
      return wrong.of();
    }
    Map<String, Object> action = Map.of();
    if (open != Open.ACTION) {
      Object said =
          question.containsKey("action") ? question.get("action") : defaults.get("action");
      if (!(said instanceof Map<?, ?> map)) {
        return Understood.wrong(said == null ? "`action` is missing" : "`action` is not an object");
      }
      action = members(map);
      if (!(action.get("name") instanceof String name)
          || name.isEmpty()
          || name.length() > LONGEST) {
        return Understood.wrong("`action.name` is not a text");
      }
    }
    Object context =
        question.containsKey("context") ? question.get("context") : defaults.get("context");
    if (context != null && !(context instanceof Map<?, ?>)) {
      return Understood.wrong("`context` is not an object");
    }
    return Understood.clear(
        new Words(
            ((Understood.Clear<Entity>) subject).value(),
            action.get("name") instanceof String name ? name : null,
            properties(action),
            ((Understood.Clear<Entity>) resource).value(),
            context instanceof Map<?, ?> map ? members(map) : Map.of()));
  }

  private static Understood<Entity> entity(
      String name, Map<String, Object> question, Map<String, Object> defaults, boolean whole) {
    Object own = question.get(name);
    Object usual = defaults.get(name);
    Object said = own == null ? usual : own;
    if (!(said instanceof Map<?, ?> map)) {
      return Understood.wrong("`" + name + (said == null ? "` is missing" : "` is not an object"));
    }
    Map<?, ?> behind = usual instanceof Map<?, ?> other ? other : Map.of();
    Object type = map.containsKey("type") ? map.get("type") : behind.get("type");
    if (!(type instanceof String kind) || kind.isEmpty() || kind.length() > LONGEST) {
      return Understood.wrong("`" + name + ".type` is not a text");
    }
    Object id = map.containsKey("id") ? map.get("id") : behind.get("id");
    String named = id instanceof String text && text.length() <= LONGEST ? text : "";
    if (whole && named.isEmpty()) {
      return Understood.wrong("`" + name + ".id` is not a text");
    }
    if (map.containsKey("properties") && !(map.get("properties") instanceof Map<?, ?>)) {
      return Understood.wrong("`" + name + ".properties` is not an object");
    }
    return Understood.clear(new Entity(kind, whole ? named : "", properties(members(map))));
  }

  private static Map<String, Object> properties(Map<String, Object> of) {
    return of.get("properties") instanceof Map<?, ?> map ? members(map) : Map.of();
  }

  /// A JSON object as `StrictJson` read it.
  @SuppressWarnings("unchecked")
  static Map<String, Object> members(Map<?, ?> object) {
    return (Map<String, Object>) object;
  }
}
