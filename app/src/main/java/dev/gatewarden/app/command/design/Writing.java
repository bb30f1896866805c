package dev.gatewarden.app.command.design;

import dev.gatewarden.app.command.page.HtmlPage;
import dev.gatewarden.app.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes a sheet in the form that was asked for.
public final class Writing {
  /// How many texts of one cell people read.
  private static final int MOST = 6;

  /// The forms.
  public enum Form {
    MARKDOWN,
    CSV,
    HTML,
    JSON
  }

  private Writing() {}

  public static String of(Sheet sheet, Form form) {
    return switch (form) {
      case MARKDOWN -> markdown(sheet);
      case CSV -> csv(sheet);
      case HTML -> html(sheet);
      case JSON -> json(sheet);
    };
  }

  private static String markdown(Sheet sheet) {
    StringBuilder text = new StringBuilder("# ").append(plain(sheet.title())).append("\n\n");
    sheet.notes().forEach(each -> text.append(plain(each)).append("\n\n"));
    for (Sheet.Table table : sheet.tables()) {
      text.append("## ").append(plain(table.name())).append("\n\n");
      if (!table.rows().isEmpty()) {
        sheet.columns().forEach(each -> text.append("| ").append(each.name()).append(' '));
        text.append("|\n").append("| --- ".repeat(sheet.columns().size())).append("|\n");
        for (Sheet.Row row : table.rows()) {
          for (List<String> cell : row.cells()) {
            List<String> shown = shown(cell).stream().map(Writing::plain).toList();
            text.append("| ").append(String.join("<br>", shown)).append(' ');
          }
          text.append("|\n");
        }
        text.append('\n');
      }
      text.append(left(table)).append(left(table).isEmpty() ? "" : "\n\n");
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static String left(Sheet.Table table) {
    int left = table.left().size();
    return left > 0
        ? left + " more of which nothing tells what they are; CSV and JSON list them, and --all"
        : table.rows().isEmpty() ? "none" : "";
  }

  private static List<String> shown(List<String> cell) {
    if (cell.size() <= MOST) {
      return cell;
    }
    List<String> shown = new ArrayList<>(cell.subList(0, MOST - 1));
    shown.add("and " + (cell.size() - shown.size()) + " more");
    return shown;
  }

  /// Nothing in a contract becomes markup of the page.
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '|', '[', ']', '*', '_', '`', '~', '#' -> plain.append('\\').append(c);
        case '<' -> plain.append("&lt;");
        case '>' -> plain.append("&gt;");
        case '&' -> plain.append("&amp;");
        default -> plain.append(c < ' ' || c == 0x7f ? ' ' : c);
      }
    }
    return plain.toString();
  }

  private static String csv(Sheet sheet) {
    StringBuilder text = new StringBuilder("table");
    sheet.columns().forEach(each -> text.append(',').append(field(each.name())));
    text.append("\r\n");
    for (Sheet.Table table : sheet.tables()) {
      for (Sheet.Row row : all(table)) {
        text.append(field(table.name()));
        row.cells().forEach(each -> text.append(',').append(field(String.join("; ", each))));
        text.append("\r\n");
      }
    }
    return text.toString();
  }

  /// One field (RFC 4180); what a spreadsheet would take for a formula is a text, also where it
  /// separates by semicolons.
  private static String field(String text) {
    StringBuilder plain = new StringBuilder();
    text.chars().forEach(c -> plain.append(c < ' ' || c == 0x7f ? ' ' : (char) c));
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String said = formula ? "'" + plain : plain.toString();
    boolean quoted = said.chars().anyMatch(c -> c == ',' || c == ';' || c == '"');
    return quoted ? '"' + said.replace("\"", "\"\"") + '"' : said;
  }

  private static List<Sheet.Row> all(Sheet.Table table) {
    List<Sheet.Row> all = new ArrayList<>(table.rows());
    all.addAll(table.left());
    return all;
  }

  private static String html(Sheet sheet) {
    StringBuilder page = new StringBuilder(HtmlPage.head(sheet.title()));
    page.append("<h1>").append(HtmlPage.escaped(sheet.title())).append("</h1>\n");
    for (String note : sheet.notes()) {
      page.append("<p>").append(HtmlPage.escaped(note)).append("</p>\n");
    }
    for (Sheet.Table table : sheet.tables()) {
      page.append("<h2>").append(HtmlPage.escaped(table.name())).append("</h2>\n");
      if (!table.rows().isEmpty()) {
        table(page, sheet, table);
      }
      page.append(left(table).isEmpty() ? "" : "<p>" + left(table) + "</p>\n");
    }
    return page.append(HtmlPage.END).toString();
  }

  private static void table(StringBuilder page, Sheet sheet, Sheet.Table table) {
    page.append("<div class=\"scroll\"><table>\n<thead><tr>");
    for (Sheet.Column column : sheet.columns()) {
      page.append("<th scope=\"col\">").append(HtmlPage.escaped(column.name())).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    for (Sheet.Row row : table.rows()) {
      String mark = row.mark().name().toLowerCase(Locale.ROOT);
      page.append("<tr>");
      for (int i = 0; i < row.cells().size(); i++) {
        List<String> cell = shown(row.cells().get(i)).stream().map(HtmlPage::escaped).toList();
        page.append(i == 0 ? "<td class=\"" + mark + "\">" : "<td>");
        page.append(String.join("<br>", cell)).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private static String json(Sheet sheet) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", sheet.title());
    for (Sheet.Table table : sheet.tables()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Sheet.Row row : all(table)) {
        Map<String, Object> one = new LinkedHashMap<>();
        for (int i = 0; i < row.cells().size(); i++) {
          Sheet.Column column = sheet.columns().get(i);
          List<String> cell = row.cells().get(i);
          String name = column.name().replace(' ', '_');
          if (name.equals("risk")) {
            one.put(name, Integer.valueOf(cell.getFirst()));
          } else {
            one.put(name, column.many() ? cell : String.join("; ", cell));
          }
        }
        rows.add(one);
      }
      all.put(table.name().replace(' ', '_'), rows);
    }
    return Json.text(all);
  }
}
