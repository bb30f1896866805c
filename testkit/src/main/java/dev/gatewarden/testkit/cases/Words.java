package dev.gatewarden.testkit.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// An object of a case file, read by name; a word that nobody may say is a fault of the file.
public record Words(Map<String, Object> said) {
  public static final Words NONE = new Words(Map.of());

  /// The document in a text.
  public static Words parse(String text) {
    Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
    return of(document);
  }

  static Words of(@Nullable Object value) {
    if (value == null) {
      return NONE;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("`" + value + "` is no object");
    }
    Map<String, Object> words = new LinkedHashMap<>();
    map.forEach((name, each) -> words.put(String.valueOf(name), each));
    return new Words(words);
  }

  public boolean has(String word) {
    return said.containsKey(word);
  }

  public @Nullable Object get(String word) {
    return said.get(word);
  }

  public String text(String word, String otherwise) {
    Object value = said.get(word);
    return value == null ? otherwise : String.valueOf(value);
  }

  public @Nullable String text(String word) {
    Object value = said.get(word);
    return value == null ? null : String.valueOf(value);
  }

  public int number(String word, int otherwise) {
    return said.get(word) instanceof Number number ? number.intValue() : otherwise;
  }

  public boolean is(String word, boolean otherwise) {
    return said.get(word) instanceof Boolean value ? value : otherwise;
  }

  public Words object(String word) {
    return of(said.get(word));
  }

  /// The items of a list; a single value is a list of one.
  public List<Object> list(String word) {
    Object value = said.get(word);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? new ArrayList<>(list) : List.of(value);
  }

  public List<String> texts(String word) {
    return list(word).stream().map(String::valueOf).toList();
  }

  public List<Words> objects(String word) {
    return list(word).stream().map(Words::of).toList();
  }

  /// Refuses every word that is not one of these.
  public Words only(Set<String> known) {
    for (String word : said.keySet()) {
      if (!known.contains(word)) {
        throw new IllegalArgumentException("`" + word + "` is none of " + known);
      }
    }
    return this;
  }
}
