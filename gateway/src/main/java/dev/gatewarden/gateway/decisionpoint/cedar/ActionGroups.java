package dev.gatewarden.gateway.decisionpoint.cedar;

import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityUID;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewarden.core.GatewardenBug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which groups actions belong to, as the schema says: Cedar judges a request by the entities it is
/// given, and without these a policy about a group of actions would say nothing.
final class ActionGroups {
  static final ActionGroups NONE = new ActionGroups(Map.of());
  private final Map<EntityUID, Entity> actions;

  private ActionGroups(Map<EntityUID, Entity> actions) {
    this.actions = actions;
  }

  static ActionGroups of(Schema schema) {
    try {
      Map<EntityUID, Entity> actions = new HashMap<>();
      for (Map.Entry<String, JsonNode> space : schema.toJsonFormat().properties()) {
        String type = (space.getKey().isEmpty() ? "" : space.getKey() + "::") + "Action";
        for (Map.Entry<String, JsonNode> action : space.getValue().path("actions").properties()) {
          Set<EntityUID> groups = new HashSet<>();
          for (JsonNode group : action.getValue().path("memberOf")) {
            String groupType = group.path("type").asText(type);
            groups.add(Names.type(groupType).of(group.path("id").asText()));
          }
          EntityUID uid = Names.type(type).of(action.getKey());
          actions.put(uid, new Entity(uid, groups));
        }
      }
      return new ActionGroups(actions);
    } catch (InternalException | JsonProcessingException impossible) {
      throw new GatewardenBug("a schema that was read cannot be written", impossible);
    }
  }

  /// Adds an action and the groups around it.
  void add(EntityUID action, Set<Entity> entities) {
    Entity entity = actions.get(action);
    if (entity != null && !entity.getParents().isEmpty() && entities.add(entity)) {
      for (EntityUID group : entity.getParents()) {
        add(group, entities);
      }
    }
  }
}
