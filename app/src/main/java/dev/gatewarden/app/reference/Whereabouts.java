package dev.gatewarden.app.reference;

import dev.gatewarden.app.source.Comments;
import dev.gatewarden.app.source.Sources;
import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where things are: guards, types, rooms and pages, ranked by how well words describe them.
public final class Whereabouts {
  private final List<Entry> entries = new ArrayList<>();

  /// One thing that can be looked for.
  ///
  /// @param name the guard's id, the type's name, the room or the page
  /// @param path where it stands in the tree
  /// @param sentence what it is
  /// @param page its page, or the empty text
  /// @param names words of its name and folder
  /// @param text everything said of it, lower case
  private record Entry(
      String name, String path, String sentence, String page, List<String> names, String text) {}

  /// A thing that was found.
  public record Found(String name, String path, String sentence, String page, int score) {}

  public Whereabouts(Sources sources) {
    for (Map.Entry<String, String> file : sources.files().entrySet()) {
      String path = file.getKey();
      if (path.endsWith("/package-info.java")) {
        room(path, file.getValue());
      } else if (path.endsWith(".java")) {
        type(path, file.getValue());
      } else if (path.endsWith(".md")) {
        page(path, file.getValue());
      }
    }
  }

  /// The best places for words, the best first.
  ///
  /// @param most how many
  public List<Found> find(List<String> words, int most) {
    List<Found> found = new ArrayList<>();
    for (Entry entry : entries) {
      int score = score(entry, words);
      if (score > 0) {
        found.add(new Found(entry.name(), entry.path(), entry.sentence(), entry.page(), score));
      }
    }
    found.sort(Comparator.comparingInt(Found::score).reversed().thenComparing(Found::path));
    return found.subList(0, Math.min(most, found.size()));
  }

  private static int score(Entry entry, List<String> words) {
    int score = 0;
    int matched = 0;
    for (String word : words) {
      String stem = stem(word.toLowerCase(Locale.ROOT));
      int best = 0;
      for (String name : entry.names()) {
        best = Math.max(best, name.equals(stem) ? 12 : name.startsWith(stem) ? 8 : 0);
      }
      if (entry.sentence().toLowerCase(Locale.ROOT).contains(stem)) {
        best += 5;
      } else if (entry.text().contains(stem)) {
        best += 3;
      }
      score += best;
      matched += best > 0 ? 1 : 0;
    }
    // a guard answers the question what protects, which is asked most
    return score * matched * (entry.page().isEmpty() ? 2 : 3);
  }

  private void type(String path, String source) {
    String name = path.substring(path.lastIndexOf('/') + 1, path.length() - 5);
    Comments comments = Comments.in(source);
    String sentence = comments.type(name).sentence();
    if (sentence.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Comments.Comment comment : comments.all()) {
      text.append(comment.text()).append(' ').append(comment.params().values()).append('\n');
    }
    GuardEntry<?> guard = guard(path);
    entries.add(
        new Entry(
            guard == null ? name : guard.id(),
            path,
            sentence,
            guard == null ? "" : GuardPage.path(guard),
            names(path, name),
            text.toString().toLowerCase(Locale.ROOT)));
  }

  private void room(String path, String source) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    int declared = source.indexOf("package ");
    String comment = source.substring(0, Math.max(0, declared)).replace("///", " ");
    String sentence = comment.replace("@NullMarked", "").replaceAll("\\s+", " ").strip();
    entries.add(
        new Entry(
            folder.substring(folder.lastIndexOf('/') + 1) + "/",
            folder,
            sentence,
            "",
            names(folder, ""),
            sentence.toLowerCase(Locale.ROOT)));
  }

  private void page(String path, String text) {
    String title = text.startsWith("# ") ? text.substring(2, text.indexOf('\n')) : path;
    entries.add(
        new Entry(title, path, title, "", names(path, title), text.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable GuardEntry<?> guard(String path) {
    for (GuardEntry<?> entry : Catalog.GUARDS) {
      if (path.endsWith(entry.guard().getName().replace('.', '/') + ".java")) {
        return entry;
      }
    }
    return null;
  }

  /// The words of a path below the packages, and those of a name written in capitals:
  /// `EventOnceGuard` is `event`, `once`, `guard`.
  private static List<String> names(String path, String name) {
    List<String> names = new ArrayList<>();
    int root = path.indexOf("dev/gatewarden/");
    String below = root < 0 ? path : path.substring(root + "dev/gatewarden/".length());
    int file = below.lastIndexOf('/');
    for (String folder :
        (file < 0 ? below : below.substring(0, name.isEmpty() ? below.length() : file))
            .split("/", -1)) {
      names.add(stem(folder.toLowerCase(Locale.ROOT)));
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((Character.isUpperCase(c) || !Character.isLetterOrDigit(c)) && !word.isEmpty()) {
        names.add(stem(word.toString()));
        word.setLength(0);
      }
      if (Character.isLetterOrDigit(c)) {
        word.append(Character.toLowerCase(c));
      }
    }
    if (!word.isEmpty()) {
      names.add(stem(word.toString()));
    }
    return names;
  }

  /// A word without the ending that says it is many or being done.
  private static String stem(String word) {
    for (String ending : List.of("ations", "ation", "ing", "ies", "es", "ed", "s")) {
      if (word.endsWith(ending) && word.length() - ending.length() >= 4) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }
}
