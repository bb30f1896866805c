package dev.gatewarden.bench.probes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/// A contract as a stranger has it: without anything that only Gatewarden reads.
final class Bare {

  private Bare() {}

  /// The same contract without its extensions, as JSON (which is YAML too).
  static String of(String contract) {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(contract);
    return JsonMapper.shared().writeValueAsString(bare(read));
  }

  private static @Nullable Object bare(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        map.forEach(
            (name, member) -> {
              if (!String.valueOf(name).startsWith("x-gatewarden")) {
                kept.put(String.valueOf(name), bare(member));
              }
            });
        yield kept;
      }
      case List<?> list -> list.stream().map(Bare::bare).toList();
      case null, default -> value;
    };
  }
}
