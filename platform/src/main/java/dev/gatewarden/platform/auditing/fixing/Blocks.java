package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Node;

/// Where what is written in lines ends.
record Blocks(Text text) {

  /// The last line of a member: what is indented further belongs to it; comments and empty lines
  /// behind it do not.
  int end(Node.Member member, int indent) {
    boolean list = member.value() instanceof Node.Arr;
    return end(member.namePlace().line(), indent, list);
  }

  /// The last line of what begins in a line.
  ///
  /// @param indent of what it begins with
  /// @param list whether items of a list may stand at the same indent
  int end(int line, int indent, boolean list) {
    int end = line;
    for (int next = line + 1; next <= text.lines() && text.begin(next) < text.length(); next++) {
      String each = text.line(next);
      if (each.isBlank() || each.stripLeading().startsWith("#")) {
        continue;
      }
      int own = each.length() - each.stripLeading().length();
      boolean item =
          list && own == indent && (each.startsWith("- ", own) || each.substring(own).equals("-"));
      boolean closes = own == indent && (each.charAt(own) == '}' || each.charAt(own) == ']');
      if (own <= indent && !item && !closes) {
        break;
      }
      end = next;
    }
    return end;
  }
}
