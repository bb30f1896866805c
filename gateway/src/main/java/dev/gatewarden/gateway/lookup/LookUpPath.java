package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Selector;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The path of a look-up: the template of the look-up operation, filled with typed ids that are
/// encoded anew, and with nothing else.
final class LookUpPath {
  private LookUpPath() {}

  /// The path below the API's base, or null when the template needs something that is not known.
  static @Nullable String of(
      Operation operation, ObjectType type, String id, Map<String, String> within) {
    ObjectBinding binding = binding(operation, type);
    if (binding == null) {
      return null;
    }
    StringBuilder path = new StringBuilder();
    for (PathTemplate.Segment segment : operation.path().segments()) {
      path.append('/');
      for (PathTemplate.Part part : segment.parts()) {
        String text =
            switch (part) {
              case PathTemplate.Literal(String literal) -> literal;
              case PathTemplate.Variable(String name) -> value(binding, name, id, within);
            };
        if (text == null || (part instanceof PathTemplate.Variable && !fits(text))) {
          return null;
        }
        path.append(PathReader.encode(text));
      }
    }
    return queried(binding, id, within, path);
  }

  /// Adds what the look-up takes from the query; null where that is not known.
  private static @Nullable String queried(
      ObjectBinding binding, String id, Map<String, String> within, StringBuilder path) {
    if (binding.id() instanceof Selector.QueryParameter(String name)) {
      add(path, name, id);
    }
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      if (parent.getValue() instanceof Selector.QueryParameter(String name)) {
        String text = within.get(parent.getKey());
        if (text == null) {
          return null;
        }
        add(path, name, text);
      }
    }
    return path.toString();
  }

  private static void add(StringBuilder path, String name, String text) {
    path.append(path.indexOf("?") < 0 ? '?' : '&')
        .append(encoded(name))
        .append('=')
        .append(encoded(text));
  }

  /// Percent-encoded whole, so that nothing in it parts a query.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Whether an id stays the one segment it is put into, whoever decodes it, and however often.
  private static boolean fits(String id) {
    if (id.isEmpty() || id.equals(".") || id.equals("..")) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c < ' ' || c == '/' || c == '\\' || c == '%' || c == '?' || c == '#' || c == ';') {
        return false;
      }
    }
    return true;
  }

  static @Nullable ObjectBinding binding(Operation operation, ObjectType type) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.type().name().equals(type.name())) {
        return binding;
      }
    }
    return null;
  }

  private static @Nullable String value(
      ObjectBinding binding, String name, String id, Map<String, String> within) {
    if (reads(binding.id(), name)) {
      return id;
    }
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      if (reads(parent.getValue(), name)) {
        return within.get(parent.getKey());
      }
    }
    return null;
  }

  private static boolean reads(@Nullable Selector selector, String name) {
    return selector instanceof Selector.PathParameter(String parameter) && parameter.equals(name);
  }
}
