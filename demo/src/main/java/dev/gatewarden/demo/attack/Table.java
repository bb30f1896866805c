package dev.gatewarden.demo.attack;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints results as aligned text.
public final class Table {

  private static final int TITLE = 42;
  private static final int NAKED = 30;

  private final PrintWriter out;
  private final boolean colour;

  /// @param colour whether a person looks at a terminal and wants it
  public Table(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /// The line above everything.
  public void heading() {
    line(pad("", TITLE + 4) + pad("naked shop", NAKED) + "behind the gate");
  }

  public void family(Family family, List<Result> results) {
    line("");
    line(paint(BOLD, family.title()));
    for (Result result : results) {
      row(result);
    }
  }

  private void row(Result result) {
    Row row = result.row();
    boolean attack = row.isAttack();
    String title = (attack ? "  x " : "  + ") + pad(row.title(), TITLE);
    String naked = pad(cell(result.naked(), attack, ""), NAKED);
    String gate = cell(result.gate(), attack, result.reason());
    String verdict = result.expected() ? "" : "   UNEXPECTED";
    line(
        title
            + paint(colourOf(result.naked(), attack), naked)
            + paint(colourOf(result.gate(), attack), gate)
            + paint(RED, verdict));
  }

  private static String cell(@Nullable Outcome outcome, boolean attack, String reason) {
    if (outcome == null) {
      return "";
    }
    StringBuilder text = new StringBuilder().append(outcome.seen().status());
    if (!attack && outcome.reached()) {
      return text.toString();
    }
    if (!outcome.gain().isEmpty()) {
      text.append("  ").append(outcome.gain());
    }
    if (!reason.isEmpty() && !outcome.reached() && !outcome.seen().ok()) {
      text.append(outcome.gain().isEmpty() ? "  " : ", ").append(reason);
    }
    return text.toString();
  }

  private static String colourOf(@Nullable Outcome outcome, boolean attack) {
    return outcome != null && outcome.reached() == attack ? RED : GREEN;
  }

  /// Why each family works naked, and not behind the gate.
  public void reasons(List<Family> families) {
    line("");
    line(paint(BOLD, "Why"));
    for (Family family : families) {
      line("");
      line("  " + family.title());
      family.why().lines().forEach(each -> line("    " + each));
    }
  }

  private static final String BOLD = "1";
  private static final String RED = "31";
  private static final String GREEN = "32";

  private String paint(String style, String text) {
    return colour && !text.isBlank() ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
  }

  private void line(String text) {
    out.println(text.stripTrailing());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
