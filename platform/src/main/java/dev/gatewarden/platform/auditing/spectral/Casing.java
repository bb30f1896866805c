package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the words of a name are joined, as a core function.
///
/// @param separator stands alone where that is allowed; the empty text for none
record Casing(Kind kind, Regex pattern, String separator) implements CoreFunction {

  /// The styles of names.
  enum Kind {
    FLAT("[a-zD]*", ""),
    CAMEL("[a-zD]*(?:[A-ZD](?:[a-zD]+|$))*", ""),
    PASCAL("[a-zD]*(?:[A-ZD](?:[a-zD]+|$))*", ""),
    KEBAB("[a-zD]*", "-"),
    COBOL("[A-ZD]*", "-"),
    SNAKE("[a-zD]*", "_"),
    MACRO("[A-ZD]*", "_");

    private final String rest;
    private final String joint;

    Kind(String rest, String joint) {
      this.rest = rest;
      this.joint = joint;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    private boolean upper() {
      return this == PASCAL || this == COBOL || this == MACRO;
    }

    private String pattern(boolean digits, String end) {
      String d = digits ? "0-9" : "";
      String body = (upper() ? "[A-Z]" : "[a-z]") + rest.replace("$", end).replace("D", d);
      String more = upper() && this != PASCAL ? "[A-Z" + d + "]+" : "[a-z" + d + "]+";
      return joint.isEmpty() ? body : body + "(?:" + joint + more + ")*";
    }
  }

  /// @param separator one character that joins groups of words, or the empty text
  /// @param leading whether it may stand first
  static Casing of(Kind kind, boolean digits, String separator, boolean leading) {
    if (separator.isEmpty()) {
      return new Casing(kind, Regex.compile("^" + kind.pattern(digits, "$") + "$", ""), "");
    }
    String joint = "[" + ("\\]^-[".contains(separator) ? "\\" + separator : separator) + "]";
    String group = "(?:" + kind.pattern(digits, "(?=" + joint + ")|$") + ")";
    Regex pattern =
        Regex.compile(
            "^" + (leading ? joint + "?" : "") + group + "(?:" + joint + group + ")*$", "");
    return new Casing(kind, pattern, leading ? separator : "");
  }

  @Override
  public List<Fault> judge(@Nullable Node value, Sight sight) {
    boolean wrong =
        value instanceof Node.Text(var _, String text)
            && !text.isEmpty()
            && !text.equals(separator)
            && !pattern.finds(text, sight.budget());
    return wrong
        ? List.of(Fault.of(Values.shown(value) + " is not written in " + kind.word() + " case"))
        : List.of();
  }
}
