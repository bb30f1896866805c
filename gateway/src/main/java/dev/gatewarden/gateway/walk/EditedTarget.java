package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The target of a request with what verdicts put into its query.
final class EditedTarget {
  private static final String HEX = "0123456789ABCDEF";

  private EditedTarget() {}

  /// The very target where no verdict changes it.
  static Target of(Target target, List<Edit> edits) {
    Target edited = target;
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.SetQuery set) {
        edited = new Target(edited.path(), with(edited.query(), set));
      }
    }
    return edited;
  }

  /// The values stand where the name stood first, else at the end.
  private static Query with(Query query, Edit.SetQuery set) {
    List<Query.Pair> pairs = new ArrayList<>(query.pairs().size() + set.values().size());
    StringBuilder text = new StringBuilder(query.text().length() + 32);
    boolean written = false;
    int from = 0;
    for (int i = 0; i < query.pairs().size(); i++) {
      Query.Pair pair = query.pairs().get(i);
      int end = query.text().indexOf('&', from);
      end = end < 0 ? query.text().length() : end;
      if (!pair.name().equals(set.name())) {
        part(text).append(query.text(), from, end);
        pairs.add(pair);
      } else if (!written) {
        write(set, text, pairs);
        written = true;
      }
      from = end + 1;
    }
    if (!written) {
      write(set, text, pairs);
    }
    return new Query(text.toString(), pairs);
  }

  private static void write(Edit.SetQuery set, StringBuilder text, List<Query.Pair> pairs) {
    for (String value : set.values()) {
      name(set.name(), part(text));
      text.append('=').append(value);
      pairs.add(new Query.Pair(set.name(), value));
    }
  }

  private static StringBuilder part(StringBuilder text) {
    return text.isEmpty() ? text : text.append('&');
  }

  /// Percent-encodes everything that is not unreserved (RFC 3986, section 2.3).
  private static void name(String name, StringBuilder to) {
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '.'
              || b == '_'
              || b == '~'
              || b == '$';
      if (plain) {
        to.append((char) b);
      } else {
        to.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
  }
}
