package dev.gatewarden.core.finding;

import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Classified.Confidence;
import dev.gatewarden.core.finding.Classified.Source;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what data a property holds: by `x-gatewarden-class`, by its format, by the last words of
/// its name, by values that passed, by its examples.
public final class Classifier {
  private static final String CLASS = "x-gatewarden-class";

  /// What findings rest on: an example alone is too little for one.
  private static final Set<Source> SURE = Set.of(Source.ANNOTATION, Source.FORMAT, Source.NAME);

  private static final Set<String> SAID_PUBLIC = Set.of("public", "open");
  private static final Set<String> SAID_INTERNAL = Set.of("internal", "technical");
  private static final Set<String> SAID_FINANCIAL = Set.of("financial", "payment", "pci");
  private static final Set<String> SAID_CREDENTIAL = Set.of("credential", "credentials", "secret");

  /// Words after which the one before them still says what it is.
  private static final Set<String> TRAILING =
      Set.of("hash", "hashed", "encrypted", "value", "text", "confirmation", "confirm", "raw");

  private Classifier() {}

  /// What a property of that name and schema holds, or null where nothing tells.
  ///
  /// @param name the nearest property's or parameter's, or null
  public static @Nullable Sensitivity of(@Nullable String name, Node.Obj schema) {
    Classified found = told(name, schema, SURE, Set.of(), new Sightings());
    return found == null ? null : found.sensitivity();
  }

  /// What a property of that name and schema holds and what tells it, or null where nothing does.
  ///
  /// @param name the nearest property's or parameter's, or null
  /// @param by what may tell
  /// @param classes the names of the contract's own data classes
  /// @param seen what passed there
  public static @Nullable Classified told(
      @Nullable String name, Node.Obj schema, Set<Source> by, Set<String> classes, Sightings seen) {
    Sensitivity said = by.contains(Source.ANNOTATION) ? said(schema) : null;
    String type = Tree.text(schema, "type");
    if (said != null) {
      String word = String.valueOf(Tree.text(schema, CLASS));
      Source source = classes.contains(word) ? Source.DATA_CLASS : Source.ANNOTATION;
      return new Classified(said, source, Confidence.STATED, word);
    }
    if ("boolean".equals(type) || "object".equals(type) || "array".equals(type)) {
      return null;
    }
    String format = by.contains(Source.FORMAT) ? Tree.text(schema, "format") : null;
    if (format != null && format.equals("password")) {
      return new Classified(Sensitivity.CREDENTIAL, Source.FORMAT, Confidence.HIGH, format);
    }
    if (format != null && (format.equals("email") || format.equals("idn-email"))) {
      return new Classified(Sensitivity.PERSONAL, Source.FORMAT, Confidence.HIGH, format);
    }
    Sensitivity named = name == null || !by.contains(Source.NAME) ? null : named(name);
    Sightings.Sighting passed = by.contains(Source.TRAFFIC) ? seen.of(schema) : null;
    Examples.Seen shown = by.contains(Source.EXAMPLE) ? Examples.of(schema) : null;
    if (named != null) {
      boolean agreed =
          shown != null && shown.sensitivity() == named
              || passed != null && passed.sensitivity() == named;
      Confidence sure = agreed ? Confidence.HIGH : Confidence.MEDIUM;
      return new Classified(named, Source.NAME, sure, String.valueOf(name));
    }
    if (passed != null) {
      Confidence sure = passed.always() ? Confidence.MEDIUM : Confidence.LOW;
      String evidence = passed.kind() + " seen in " + passed.file();
      return new Classified(passed.sensitivity(), Source.TRAFFIC, sure, evidence);
    }
    return shown == null
        ? null
        : new Classified(shown.sensitivity(), Source.EXAMPLE, Confidence.LOW, shown.kind());
  }

  private static @Nullable Sensitivity said(Node.Obj schema) {
    String word = Tree.text(schema, CLASS);
    if (word == null) {
      return null;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (SAID_PUBLIC.contains(lower)) {
      return Sensitivity.PUBLIC;
    }
    if (SAID_INTERNAL.contains(lower)) {
      return Sensitivity.INTERNAL;
    }
    if (SAID_FINANCIAL.contains(lower)) {
      return Sensitivity.FINANCIAL;
    }
    return SAID_CREDENTIAL.contains(lower) ? Sensitivity.CREDENTIAL : Sensitivity.PERSONAL;
  }

  /// What a name tells, or null.
  public static @Nullable Sensitivity named(String name) {
    List<String> words = NameWords.of(name);
    while (words.size() > 1 && TRAILING.contains(words.getLast())) {
      words = words.subList(0, words.size() - 1);
    }
    return TellingNames.told(words);
  }
}
