import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Google Java Format for sources whose documentation is written in `///` lines, which it would
/// otherwise break into lines that are no documentation any more.
///
/// Started as `Format check|apply FOLDER…`; ends with 1 when `check` finds a file to be formatted.
public final class Format {

  private static final int WIDTH = 100;

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    int files = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      for (Path file : sources(Path.of(args[i]))) {
        files++;
        String text = Files.readString(file);
        try {
          String formatted = format(text);
          if (!formatted.equals(text)) {
            wrong.add(file.toString());
            if (apply) {
              Files.writeString(file, formatted);
            }
          }
        } catch (FormatterException e) {
          wrong.add(file + ": " + e.getMessage());
        }
      }
    }
    wrong.forEach(System.out::println);
    System.out.println(
        files + " files, " + wrong.size() + (apply ? " formatted" : " not formatted"));
    System.exit(apply || wrong.isEmpty() ? 0 : 1);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  // Formatting can move a comment to another column, so its lines are folded until nothing moves.
  private static String format(String text) throws FormatterException {
    String before = fold(text);
    for (int pass = 0; pass < 4; pass++) {
      String after = fold(mend(new Formatter().formatSourceAndFixImports(before)));
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return before;
  }

  /// Makes documentation again of the `//` lines that a broken `///` line left behind.
  private static String mend(String text) {
    List<String> lines = new ArrayList<>();
    String last = "";
    for (String line : text.split("\n", -1)) {
      String bare = line.strip();
      if (last.strip().startsWith("///") && bare.startsWith("// ")) {
        line = indent(line) + "/" + bare;
      }
      lines.add(line);
      last = line;
    }
    return String.join("\n", lines);
  }

  private static String fold(String text) {
    List<String> lines = new ArrayList<>();
    boolean quoted = false;
    boolean fenced = false;
    for (String line : text.split("\n", -1)) {
      String bare = line.strip();
      boolean comment = !quoted && bare.startsWith("///");
      if (!comment && occurrences(line, "\"\"\"") % 2 == 1) {
        quoted = !quoted;
      }
      if (!comment) {
        fenced = false;
      } else if (bare.substring(3).strip().startsWith("```")) {
        fenced = !fenced;
      }
      boolean table = comment && bare.substring(3).strip().startsWith("|");
      if (!comment || fenced || table || line.length() <= WIDTH) {
        lines.add(line);
      } else {
        foldLine(line, lines);
      }
    }
    return String.join("\n", lines);
  }

  private static void foldLine(String line, List<String> to) {
    String margin = indent(line) + "///";
    String words = line.strip().substring(3);
    String inner = indent(words);
    String hanging = words.strip();
    String next = margin + inner;
    if (hanging.startsWith("- ") || hanging.startsWith("* ")) {
      next += "  ";
    } else if (hanging.startsWith("@")) {
      next += "    ";
    }
    StringBuilder current = new StringBuilder(margin + inner);
    boolean empty = true;
    for (String word : hanging.split(" +")) {
      if (!empty && current.length() + 1 + word.length() > WIDTH) {
        to.add(current.toString());
        current = new StringBuilder(next);
        empty = true;
      }
      current.append(empty ? "" : " ").append(word);
      empty = false;
    }
    to.add(current.toString());
  }

  private static String indent(String line) {
    int end = 0;
    while (end < line.length() && line.charAt(end) == ' ') {
      end++;
    }
    return line.substring(0, end);
  }

  private static int occurrences(String line, String part) {
    int count = 0;
    for (int at = line.indexOf(part); at >= 0; at = line.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
