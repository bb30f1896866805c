package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.schema.pattern.TextPattern;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression of JavaScript that cannot run away.
///
/// What is regular is found in time proportional to the text; what looks around or back, and what
/// has flags, is tried within the rule's budget.
final class Regex {
  private final String source;
  private final @Nullable TextPattern plain;
  private final @Nullable Pattern tried;

  private Regex(String source, @Nullable TextPattern plain, @Nullable Pattern tried) {
    this.source = source;
    this.plain = plain;
    this.tried = tried;
  }

  /// @param flags of `gimsuy`
  /// @throws Malformed when it is none
  static Regex compile(String source, String flags) {
    String kept = flags.replace("g", "").replace("u", "").replace("y", "");
    if (kept.isEmpty()) {
      try {
        return new Regex(source, TextPattern.compile(source), null);
      } catch (IllegalArgumentException irregular) {
        // what is not regular may be tried all the same
        return new Regex(source, null, tried(source, kept));
      }
    }
    return new Regex(source, null, tried(source, kept));
  }

  /// As functions write it: `/source/flags`, or the source alone.
  static Regex of(String written) {
    int end = written.lastIndexOf('/');
    boolean slashes =
        written.startsWith("/") && end > 0 && written.substring(end + 1).matches("[gimsuy]*");
    return slashes
        ? compile(written.substring(1, end), written.substring(end + 1))
        : compile(written, "");
  }

  private static Pattern tried(String source, String flags) {
    int bits = 0;
    for (char flag : flags.toCharArray()) {
      bits |=
          switch (flag) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            default -> throw new Malformed("`" + flag + "` is no flag of a regular expression");
          };
    }
    try {
      return Pattern.compile(translated(source, (bits & Pattern.MULTILINE) != 0), bits);
    } catch (PatternSyntaxException wrong) {
      throw new Malformed("`" + source + "` is no regular expression: " + wrong.getDescription());
    }
  }

  /// Where Java reads a pattern otherwise than JavaScript: sets within sets, and the end.
  private static String translated(String source, boolean lines) {
    StringBuilder java = new StringBuilder();
    boolean within = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\' && i + 1 < source.length()) {
        java.append(c).append(source.charAt(++i));
      } else if (within) {
        within = c != ']';
        java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      } else if (source.startsWith("[^]", i)) {
        java.append("[\\s\\S]");
        i += 2;
      } else if (c == '$' && !lines) {
        java.append("\\z");
      } else {
        within = c == '[';
        java.append(c);
      }
    }
    return java.toString();
  }

  /// Whether it is found anywhere in a text.
  boolean finds(String text, Budget budget) {
    budget.steps(1 + text.length());
    if (plain != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return plain.finds(bytes, 0, bytes.length);
    }
    Pattern pattern = tried;
    try {
      return pattern != null && pattern.matcher(new Counted(text, budget)).find();
    } catch (StackOverflowError deep) {
      throw new Budget.Spent("has a pattern that is too deep for a text of this document");
    }
  }

  @Override
  public String toString() {
    return source;
  }

  /// A text that counts how often it is read.
  private record Counted(CharSequence text, Budget budget) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.step();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Counted(text.subSequence(from, to), budget);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
