package dev.gatewarden.core.schema.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A text that a pattern is found in, for whoever has to send one.
public final class Example {
  private static final int LONGEST = 10_000;

  /// Preferred where a set allows it, so that what is sent is read easily.
  private static final String LIKED = "a1A0-_";

  /// How often a part is repeated at most that may be repeated any number of times.
  private static final int OFTEN = 4;

  private final StringBuilder text = new StringBuilder();
  private final @Nullable RandomGenerator random;

  private Example(@Nullable RandomGenerator random) {
    this.random = random;
  }

  /// A short text that matches, or empty where none is found: looking ahead is not understood here.
  ///
  /// @param source as ECMA-262 writes patterns, flag `u`
  public static Optional<String> of(String source) {
    return made(source, null);
  }

  /// One of the texts that match, or empty where none is found.
  ///
  /// @param source as ECMA-262 writes patterns, flag `u`
  public static Optional<String> of(String source, RandomGenerator random) {
    return made(source, random);
  }

  private static Optional<String> made(String source, @Nullable RandomGenerator random) {
    try {
      Example example = new Example(random);
      example.write(PatternParser.parse(source));
      String text = example.text.toString();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return TextPattern.compile(source).finds(bytes, 0, bytes.length)
          ? Optional.of(text)
          : Optional.empty();
    } catch (IllegalArgumentException notUnderstood) {
      return Optional.empty();
    }
  }

  private void write(Tree tree) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("too long");
    }
    switch (tree) {
      case Tree.One(CharSet set) -> text.appendCodePoint(one(set));
      case Tree.Sequence sequence -> sequence.parts().forEach(this::write);
      case Tree.Choice(var parts) ->
          write(parts.get(random == null ? 0 : random.nextInt(parts.size())));
      case Tree.Repeat(Tree part, int least, int most) -> {
        int times = times(least, most);
        for (int i = 0; i < times; i++) {
          write(part);
        }
      }
      case Tree.Start _, Tree.End _, Tree.Ahead _ -> {}
    }
  }

  private int times(int least, int most) {
    // one where none is needed: an empty text is rarely what is meant
    int usual = least == 0 && most != 0 ? 1 : least;
    if (random == null || most == 0) {
      return usual;
    }
    int high = most < 0 ? least + OFTEN : Math.min(most, least + OFTEN * 4);
    return random.nextInt(usual, Math.max(usual, high) + 1);
  }

  private int one(CharSet set) {
    if (set.ranges().length == 0) {
      throw new IllegalArgumentException("nothing matches");
    }
    if (random != null) {
      for (int tries = 0; tries < 12; tries++) {
        // what people type is what is sent
        int point = random.nextInt(' ', '~' + 1);
        if (holds(set, point)) {
          return point;
        }
      }
    }
    for (int i = 0; i < LIKED.length(); i++) {
      if (holds(set, LIKED.charAt(i))) {
        return LIKED.charAt(i);
      }
    }
    return set.ranges()[0];
  }

  private static boolean holds(CharSet set, int point) {
    for (int i = 0; i < set.ranges().length; i += 2) {
      if (set.ranges()[i] <= point && point <= set.ranges()[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
