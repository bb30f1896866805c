package dev.gatewarden.app.configuration;

/// Where the decision lines go.
public sealed interface DecisionsTo {

  /// The process's standard output.
  record Stdout() implements DecisionsTo {
    @Override
    public String toString() {
      return "stdout";
    }
  }

  /// The end of a file.
  record ToFile(Location file) implements DecisionsTo {
    @Override
    public String toString() {
      return "file:" + file;
    }
  }

  /// Nowhere.
  record Nowhere() implements DecisionsTo {
    @Override
    public String toString() {
      return "none";
    }
  }

  /// The place that a text names.
  ///
  /// @throws IllegalArgumentException when the text names no such place
  static DecisionsTo parse(String text) {
    if (text.equals("stdout")) {
      return new Stdout();
    }
    if (text.equals("none")) {
      return new Nowhere();
    }
    if (text.startsWith("file:") && text.length() > 5) {
      return new ToFile(Location.parse(text));
    }
    throw new IllegalArgumentException(
        "`"
            + text
            + "` is no place for decisions; write `stdout`, `file:decisions.ndjson` or `none`");
  }
}
