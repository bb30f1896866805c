package dev.gatewarden.core.finding;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells what data the examples of a schema show, by how they are built.
final class Examples {
  private static final int LONGEST = 4096;
  private static final int MOST = 20;

  private Examples() {}

  /// What one value looks like.
  record Seen(Sensitivity sensitivity, String kind) {}

  /// The worst that any example shows, or null.
  static @Nullable Seen of(Node.Obj schema) {
    List<Node> all = new ArrayList<>();
    if (schema.get("example") != null) {
      all.add(schema.get("example"));
    }
    all.addAll(Tree.items(schema.get("examples")));
    Seen worst = null;
    for (Node each : all.subList(0, Math.min(MOST, all.size()))) {
      String text = Tree.text(each);
      Seen seen = text == null ? null : of(text);
      if (seen != null
          && (worst == null || seen.sensitivity().compareTo(worst.sensitivity()) > 0)) {
        worst = seen;
      }
    }
    return worst;
  }

  /// What a value looks like, or null.
  static @Nullable Seen of(String value) {
    return value.length() > LONGEST ? null : seen(value.strip());
  }

  private static @Nullable Seen seen(String text) {
    if (text.startsWith("-----BEGIN ") && text.contains("PRIVATE KEY")) {
      return new Seen(Sensitivity.CREDENTIAL, "a private key");
    }
    if (token(text)) {
      return new Seen(Sensitivity.CREDENTIAL, "a signed token");
    }
    if (iban(text)) {
      return new Seen(Sensitivity.FINANCIAL, "an IBAN");
    }
    if (card(text)) {
      return new Seen(Sensitivity.FINANCIAL, "a card number");
    }
    return address(text) ? new Seen(Sensitivity.PERSONAL, "an email address") : null;
  }

  /// Three parts of base64url, the first of which begins like a JSON object.
  private static boolean token(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return text.startsWith("eyJ") && first > 3 && second > first + 1 && text.indexOf(' ') < 0;
  }

  private static boolean address(String text) {
    int at = text.indexOf('@');
    int dot = text.lastIndexOf('.');
    return at > 0
        && at == text.lastIndexOf('@')
        && dot > at + 1
        && dot < text.length() - 1
        && text.chars().noneMatch(c -> c <= ' ' || c == '/' || c == ':' || c == '<' || c == '{');
  }

  /// By its check digits (ISO 13616).
  private static boolean iban(String text) {
    String plain = text.replace(" ", "");
    if (plain.length() < 15
        || plain.length() > 34
        || !plain.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')
        || !Character.isLetter(plain.charAt(0))
        || !Character.isLetter(plain.charAt(1))
        || !Character.isDigit(plain.charAt(2))
        || !Character.isDigit(plain.charAt(3))) {
      return false;
    }
    int rest = 0;
    String turned = plain.substring(4) + plain.substring(0, 4);
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  /// By its grouping, its first digit and its check digit (ISO/IEC 7812-1): a bare number of that
  /// length may be anything.
  private static boolean card(String text) {
    String plain = text.replace(" ", "").replace("-", "");
    if (plain.length() < 15
        || plain.length() > 16
        || !plain.chars().allMatch(c -> c >= '0' && c <= '9')
        || "3456".indexOf(plain.charAt(0)) < 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < plain.length(); i++) {
      int digit = plain.charAt(plain.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : digit * 2;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }
}
