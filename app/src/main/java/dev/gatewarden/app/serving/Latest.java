package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an operator can do by the configuration that is in force at the moment.
///
/// @param now null where that configuration leaves nothing to do
record Latest(String path, Supplier<@Nullable Action> now) implements Action {

  @Override
  public String told() throws IOException {
    Action action = now.get();
    return action == null ? "{}\n" : action.told();
  }

  @Override
  public Done act(Map<String, String> fields) throws IOException {
    Action action = now.get();
    if (action == null) {
      throw new IllegalArgumentException("the configuration in force has nothing of the kind");
    }
    return action.act(fields);
  }
}
