package dev.gatewarden.app.reference;

import dev.gatewarden.app.source.Comments;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.core.decision.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every reason the program can give, found in its sources.
///
/// @param all sorted by code
public record Reasons(List<Told> all) {

  /// One reason and what its source says of it.
  ///
  /// @param comment what stands above the constant, or the empty text
  /// @param path the source in which it stands
  public record Told(Reason reason, String comment, String path) {}

  /// All reasons of this program.
  public static Reasons in(Sources sources) {
    List<Told> all = new ArrayList<>();
    for (Map.Entry<String, String> file : sources.files().entrySet()) {
      if (file.getKey().endsWith(".java") && file.getValue().contains("implements Reason")) {
        Comments comments = Comments.in(file.getValue());
        for (Class<?> type : families(file.getKey())) {
          if (type.isEnum() && Reason.class.isAssignableFrom(type)) {
            for (Object constant : type.getEnumConstants()) {
              Reason reason = (Reason) constant;
              all.add(new Told(reason, comments.constant(reason.name()).text(), file.getKey()));
            }
          }
        }
      }
    }
    all.sort(Comparator.comparing(told -> told.reason().code()));
    return new Reasons(List.copyOf(all));
  }

  /// The reason of that code, or null.
  public @Nullable Told of(String code) {
    for (Told told : all) {
      if (told.reason().code().equals(code)) {
        return told;
      }
    }
    return null;
  }

  private static List<Class<?>> family(Class<?> type) {
    List<Class<?>> family = new ArrayList<>();
    family.add(type);
    for (Class<?> nested : type.getDeclaredClasses()) {
      family.addAll(family(nested));
    }
    return family;
  }

  /// The types of a source; none where the program was built over an older one and the source has
  /// no class any more.
  private static List<Class<?>> families(String path) {
    String name =
        path.substring(path.indexOf("/java/") + 6, path.length() - ".java".length())
            .replace('/', '.');
    try {
      return family(Class.forName(name, true, Reasons.class.getClassLoader()));
    } catch (ClassNotFoundException gone) {
      return List.of();
    }
  }
}
