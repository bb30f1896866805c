package dev.gatewarden.app.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `///` comments of one source file, each with the name of what it stands above.
public record Comments(List<Comment> all) {
  public static final Comments NONE = new Comments(List.of());
  private static final Set<String> KEYWORDS = Set.of("class", "record", "interface", "enum");

  public Comments {
    all = List.copyOf(all);
  }

  /// One comment.
  ///
  /// @param name the class, record, constant or method it stands above
  /// @param type whether that is a type
  /// @param text its paragraphs, folded lines joined, without its tags
  /// @param params what it says of each parameter
  public record Comment(
      String name, boolean type, String text, Map<String, String> params, int line) {

    /// The first sentence.
    public String sentence() {
      int end = text.indexOf("\n\n");
      String first = end < 0 ? text : text.substring(0, end);
      int stop = first.indexOf(". ");
      return stop < 0 ? first : first.substring(0, stop + 1);
    }

    /// Everything behind the first sentence.
    public String rest() {
      return text.substring(sentence().length()).strip();
    }
  }

  /// The comment above the type of that name, or an empty one.
  public Comment type(String name) {
    for (Comment comment : all) {
      if (comment.type() && comment.name().equals(name)) {
        return comment;
      }
    }
    return new Comment(name, true, "", Map.of(), 0);
  }

  /// The comment above a constant of an enum, or an empty one; the first of that name counts.
  public Comment constant(String name) {
    for (Comment comment : all) {
      if (!comment.type() && comment.name().equals(name)) {
        return comment;
      }
    }
    return new Comment(name, false, "", Map.of(), 0);
  }

  /// Reads the comments of a source text.
  public static Comments in(String source) {
    List<Comment> all = new ArrayList<>();
    List<String> block = new ArrayList<>();
    String[] lines = source.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.startsWith("///")) {
        block.add(line.length() > 3 ? line.substring(3).strip() : "");
      } else if (!block.isEmpty() && !line.startsWith("//") && !line.isEmpty()) {
        int declared = behindAnnotations(lines, i);
        if (declared < lines.length) {
          all.add(comment(block, lines[declared].strip(), declared + 1));
        }
        block.clear();
      }
    }
    return new Comments(all);
  }

  /// The first line that is no annotation; one may span several lines.
  private static int behindAnnotations(String[] lines, int from) {
    int at = from;
    while (at < lines.length && lines[at].strip().startsWith("@")) {
      int open = 0;
      do {
        String line = lines[at];
        for (int i = 0; i < line.length(); i++) {
          open += line.charAt(i) == '(' ? 1 : line.charAt(i) == ')' ? -1 : 0;
        }
        at++;
      } while (open > 0 && at < lines.length);
    }
    return at;
  }

  private static Comment comment(List<String> block, String declaration, int line) {
    StringBuilder text = new StringBuilder();
    Map<String, String> params = new LinkedHashMap<>();
    String tag = null;
    boolean inText = true;
    for (String part : block) {
      if (part.startsWith("@")) {
        inText = false;
        String[] words = part.split(" +", 3);
        tag = words[0].equals("@param") && words.length > 1 ? words[1] : null;
        if (tag != null) {
          params.put(tag, words.length > 2 ? words[2] : "");
        }
      } else if (inText) {
        append(text, part);
      } else if (tag != null) {
        params.put(tag, (params.get(tag) + " " + part).strip());
      }
    }
    String[] words = declaration.split("[^A-Za-z0-9_$]+", -1);
    for (int i = 0; i + 1 < words.length; i++) {
      if (KEYWORDS.contains(words[i])) {
        return new Comment(words[i + 1], true, text.toString().strip(), params, line);
      }
    }
    return new Comment(name(declaration), false, text.toString().strip(), params, line);
  }

  /// Folded lines become one; an empty line stays a new paragraph, and a list keeps its lines.
  private static void append(StringBuilder text, String part) {
    if (part.isEmpty()) {
      text.append("\n\n");
    } else if (text.isEmpty() || text.charAt(text.length() - 1) == '\n') {
      text.append(part);
    } else {
      text.append(part.startsWith("- ") || part.startsWith("```") ? "\n" : " ").append(part);
    }
  }

  /// The name that a declaration of a constant, a field or a method gives.
  private static String name(String declaration) {
    int end = 0;
    while (end < declaration.length() && "(=;,{".indexOf(declaration.charAt(end)) < 0) {
      end++;
    }
    String head = declaration.substring(0, end).strip();
    return head.substring(head.lastIndexOf(' ') + 1);
  }
}
