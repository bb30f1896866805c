package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.List;

/// One policy as it stands in a file: Cedar's own parser does not say where in a file it is wrong,
/// so files are taken apart before it sees them.
///
/// @param from the index of its first character in the file
/// @param template whether it has a slot
record Statement(PolicyFile file, int number, int from, String text, boolean template) {

  /// The statements of a file. What cannot be a policy is left to Cedar to refuse.
  static List<Statement> of(PolicyFile file) {
    return new Splitter(file).all();
  }

  /// What it is called where it does not name itself.
  String usualId() {
    return file.origin().name() + "#" + number;
  }

  /// The place of a byte of its text in UTF-8, as Cedar counts.
  Place at(int octet) {
    int index = 0;
    int octets = 0;
    while (index < text.length() && octets < octet) {
      int point = text.codePointAt(index);
      octets += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      index += Character.charCount(point);
    }
    return file.at(from + index);
  }

  /// The statement with other texts in place of its slots, so that it is a policy.
  String filled(String principal, String resource) {
    StringBuilder filled = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < text.length(); i = Splitter.next(text, i)) {
      boolean ofPrincipal = text.startsWith("?principal", i);
      if (ofPrincipal || text.startsWith("?resource", i)) {
        filled.append(text, copied, i).append(ofPrincipal ? principal : resource);
        copied = i + (ofPrincipal ? 10 : 9);
      }
    }
    return filled.append(text, copied, text.length()).toString();
  }

  /// Ends statements at semicolons outside of strings and comments.
  private static final class Splitter {
    private final PolicyFile file;
    private final String text;
    private final List<Statement> all = new ArrayList<>();

    Splitter(PolicyFile file) {
      this.file = file;
      this.text = file.text();
    }

    List<Statement> all() {
      int begin = -1;
      boolean slot = false;
      for (int i = 0; i < text.length(); i = next(text, i)) {
        char c = text.charAt(i);
        boolean nothing = Character.isWhitespace(c) || text.startsWith("//", i) || c == '\uFEFF';
        if (begin < 0 && !nothing) {
          begin = i;
          slot = false;
        }
        slot |= c == '?';
        if (c == ';') {
          add(begin, i + 1, slot);
          begin = -1;
        }
      }
      if (begin >= 0) {
        add(begin, text.length(), slot);
      }
      return all;
    }

    private void add(int begin, int end, boolean slot) {
      all.add(new Statement(file, all.size() + 1, begin, text.substring(begin, end), slot));
    }

    /// The index behind the character, the string or the comment at an index.
    static int next(String text, int i) {
      if (text.startsWith("//", i)) {
        int end = text.indexOf('\n', i);
        return end < 0 ? text.length() : end;
      }
      if (text.charAt(i) != '"') {
        return i + 1;
      }
      int end = i + 1;
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(end + 1, text.length());
    }
  }
}
