package dev.gatewarden.core.design;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of a CODEOWNERS file, as GitHub and GitLab read it.
public final class CodeOwners {
  private static final int LONGEST_PATTERN = 500;

  private final List<Line> lines;

  /// One rule.
  private record Line(String section, Pattern paths, List<String> owners) {}

  private CodeOwners(List<Line> lines) {
    this.lines = lines;
  }

  public static CodeOwners read(String text) {
    List<Line> lines = new ArrayList<>();
    String section = "";
    List<String> usual = List.of();
    for (String raw : text.split("\n", -1)) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int from = line.startsWith("^[") ? 1 : 0;
      int end = line.indexOf(']');
      if (line.startsWith("[", from) && end > 0) {
        section = line.substring(from + 1, end).strip().toLowerCase(java.util.Locale.ROOT);
        usual = owners(words(line.substring(end + 1)));
        continue;
      }
      List<String> words = words(line);
      String pattern = words.getFirst();
      List<String> owners = owners(words.subList(1, words.size()));
      if (pattern.length() <= LONGEST_PATTERN) {
        lines.add(new Line(section, paths(pattern), owners.isEmpty() ? usual : owners));
      }
    }
    return new CodeOwners(lines);
  }

  /// Who owns a file: in each section, the last rule that fits.
  ///
  /// @param path from the top of the repository, with `/` between
  public List<String> of(String path) {
    Map<String, List<String>> bySection = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.paths().matcher(path).matches()) {
        bySection.put(line.section(), line.owners());
      }
    }
    Set<String> all = new LinkedHashSet<>();
    bySection.values().forEach(all::addAll);
    return List.copyOf(all);
  }

  /// Spaces separate unless a backslash stands before one.
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else if (c == '#' && word.isEmpty()) {
        break;
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static List<String> owners(List<String> words) {
    return words.stream().filter(each -> each.indexOf('@') >= 0).toList();
  }

  /// A pattern with a slash in it begins at the top; one without is a name at any depth; what names
  /// a folder owns what lies in it.
  private static Pattern paths(String pattern) {
    boolean folder = pattern.endsWith("/");
    String body = folder ? pattern.substring(0, pattern.length() - 1) : pattern;
    boolean top = body.indexOf('/') >= 0;
    String rest = body.startsWith("/") ? body.substring(1) : body;
    StringBuilder regex = new StringBuilder(top ? "" : "(?:.*/)?");
    boolean before = false;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (rest.startsWith("**/", i)) {
        // one after another say no more than one, and cost a search each
        regex.append(before ? "" : "(?:.*/)?");
        before = true;
        i += 2;
        continue;
      }
      if (rest.startsWith("**", i)) {
        regex.append(before ? "" : ".*");
        before = true;
        i++;
        continue;
      }
      switch (c) {
        case '*' -> regex.append(before ? "" : "[^/]*");
        case '?' -> regex.append("[^/]");
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
      before = false;
    }
    if (folder) {
      regex.append("/.*");
    } else if (!rest.endsWith("*")) {
      regex.append("(?:/.*)?");
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
