package dev.gatewarden.app.command.policy;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.policy.FunctionRule;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.Finding.Kind;
import dev.gatewarden.core.policy.model.OperationModel;
import dev.gatewarden.core.policy.model.Use;
import dev.gatewarden.gateway.identity.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What decision lines tell of what was used: operations, and with which scopes and roles.
public final class Usage {

  /// What was used of one operation.
  private static final class Used {
    private final Set<String> scopes = new HashSet<>();
    private final Set<String> roles = new HashSet<>();
  }

  private final Map<String, Used> byOperation = new HashMap<>();
  private long lines;
  private long unread;

  private Usage() {}

  /// Reads files of decision lines; what is no such line is counted and left out.
  public static Usage read(List<Path> files) throws IOException {
    Usage usage = new Usage();
    for (Path file : files) {
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          usage.line(line);
        }
      }
    }
    return usage;
  }

  /// How many lines told of a request.
  public long lines() {
    return lines;
  }

  /// How many lines could not be read.
  public long unread() {
    return unread;
  }

  private void line(String line) {
    if (line.isBlank()) {
      return;
    }
    Map<String, Object> decision = StrictJson.object(line.getBytes(StandardCharsets.UTF_8));
    if (decision == null || !(decision.get("outcome") instanceof String outcome)) {
      unread++;
      return;
    }
    lines++;
    if (!outcome.equals("allowed") || !(decision.get("operation") instanceof String operation)) {
      return;
    }
    Used used = byOperation.computeIfAbsent(operation, _ -> new Used());
    if (decision.get("principal") instanceof Map<?, ?> principal) {
      texts(principal.get("scopes"), used.scopes);
      texts(principal.get("roles"), used.roles);
    }
  }

  private static void texts(@Nullable Object value, Set<String> to) {
    if (value instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof String text) {
          to.add(text);
        }
      }
    }
  }

  /// What is granted and was never used: operations, and the scopes and roles that open them.
  public List<Finding> unused(ApiModel api) {
    List<Finding> findings = new ArrayList<>();
    for (OperationModel model : api.operations()) {
      if (ApiModel.reaching(model).isEmpty()) {
        continue;
      }
      Used used = byOperation.get(model.operation().id().toString());
      if (used == null) {
        findings.add(unused(model, "nobody used it"));
        continue;
      }
      for (String name : scopes(model)) {
        if (!used.scopes.contains(name) && !used.roles.contains(name)) {
          findings.add(unused(model, "nobody used it by the scope `" + name + "`"));
        }
      }
      for (String name : roles(model)) {
        if (!used.roles.contains(name)) {
          findings.add(unused(model, "nobody with the role `" + name + "` used it"));
        }
      }
    }
    return findings;
  }

  private static Set<String> scopes(OperationModel model) {
    Set<String> names = new TreeSet<>();
    for (FunctionRule.Way way : model.rule().ways()) {
      way.needs().forEach(need -> names.addAll(need.names()));
    }
    return names;
  }

  private static Set<String> roles(OperationModel model) {
    Set<String> names = new TreeSet<>(model.rule().roles());
    for (Use use : model.uses()) {
      for (Grant grant : use.grants()) {
        if (grant instanceof Grant.Role(String name)) {
          names.add(name);
        } else if (grant instanceof Grant.Crossing(String role)) {
          names.add(role);
        }
      }
    }
    return names;
  }

  private static Finding unused(OperationModel model, String sentence) {
    return new Finding(
        Kind.UNUSED, model.operation().id().toString(), sentence, model.operation().place(), null);
  }
}
