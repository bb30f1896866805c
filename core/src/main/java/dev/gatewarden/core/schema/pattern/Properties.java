package dev.gatewarden.core.schema.pattern;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The Unicode properties a pattern may name: general categories, scripts and a few binary ones
/// (ECMA-262, table 69 and on).
final class Properties {
  private static final Map<String, Set<Integer>> CATEGORIES = new HashMap<>();

  static {
    category(Character.UPPERCASE_LETTER, "Lu", "Uppercase_Letter");
    category(Character.LOWERCASE_LETTER, "Ll", "Lowercase_Letter");
    category(Character.TITLECASE_LETTER, "Lt", "Titlecase_Letter");
    category(Character.MODIFIER_LETTER, "Lm", "Modifier_Letter");
    category(Character.OTHER_LETTER, "Lo", "Other_Letter");
    category(Character.NON_SPACING_MARK, "Mn", "Nonspacing_Mark");
    category(Character.COMBINING_SPACING_MARK, "Mc", "Spacing_Mark");
    category(Character.ENCLOSING_MARK, "Me", "Enclosing_Mark");
    category(Character.DECIMAL_DIGIT_NUMBER, "Nd", "Decimal_Number");
    category(Character.LETTER_NUMBER, "Nl", "Letter_Number");
    category(Character.OTHER_NUMBER, "No", "Other_Number");
    category(Character.CONNECTOR_PUNCTUATION, "Pc", "Connector_Punctuation");
    category(Character.DASH_PUNCTUATION, "Pd", "Dash_Punctuation");
    category(Character.START_PUNCTUATION, "Ps", "Open_Punctuation");
    category(Character.END_PUNCTUATION, "Pe", "Close_Punctuation");
    category(Character.INITIAL_QUOTE_PUNCTUATION, "Pi", "Initial_Punctuation");
    category(Character.FINAL_QUOTE_PUNCTUATION, "Pf", "Final_Punctuation");
    category(Character.OTHER_PUNCTUATION, "Po", "Other_Punctuation");
    category(Character.MATH_SYMBOL, "Sm", "Math_Symbol");
    category(Character.CURRENCY_SYMBOL, "Sc", "Currency_Symbol");
    category(Character.MODIFIER_SYMBOL, "Sk", "Modifier_Symbol");
    category(Character.OTHER_SYMBOL, "So", "Other_Symbol");
    category(Character.SPACE_SEPARATOR, "Zs", "Space_Separator");
    category(Character.LINE_SEPARATOR, "Zl", "Line_Separator");
    category(Character.PARAGRAPH_SEPARATOR, "Zp", "Paragraph_Separator");
    category(Character.CONTROL, "Cc", "Control");
    category(Character.FORMAT, "Cf", "Format");
    category(Character.SURROGATE, "Cs", "Surrogate");
    category(Character.PRIVATE_USE, "Co", "Private_Use");
    category(Character.UNASSIGNED, "Cn", "Unassigned");
    group("L", "Letter", "Lu", "Ll", "Lt", "Lm", "Lo");
    group("LC", "Cased_Letter", "Lu", "Ll", "Lt");
    group("M", "Mark", "Mn", "Mc", "Me");
    group("N", "Number", "Nd", "Nl", "No");
    group("P", "Punctuation", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po");
    group("S", "Symbol", "Sm", "Sc", "Sk", "So");
    group("Z", "Separator", "Zs", "Zl", "Zp");
    group("C", "Other", "Cc", "Cf", "Cs", "Co", "Cn");
    CATEGORIES.put("digit", CATEGORIES.getOrDefault("Nd", Set.of()));
    CATEGORIES.put("punct", CATEGORIES.getOrDefault("P", Set.of()));
  }

  private Properties() {}

  private static void category(int type, String brief, String name) {
    CATEGORIES.put(brief, Set.of(type));
    CATEGORIES.put(name, Set.of(type));
  }

  private static void group(String brief, String name, String... members) {
    Set<Integer> types = new java.util.HashSet<>();
    for (String member : members) {
      types.addAll(CATEGORIES.getOrDefault(member, Set.of()));
    }
    CATEGORIES.put(brief, types);
    CATEGORIES.put(name, types);
  }

  /// The set behind a name such as `L`, `Letter`, `gc=Lu`, `Script=Greek` or `Alphabetic`.
  ///
  /// @throws IllegalArgumentException when there is none
  static CharSet named(String name) {
    int equals = name.indexOf('=');
    String kind = equals < 0 ? "" : name.substring(0, equals);
    String value = name.substring(equals + 1);
    return switch (kind) {
      case "" -> plain(value);
      case "gc", "General_Category" -> category(value);
      case "sc", "Script", "scx", "Script_Extensions" -> script(value);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CharSet plain(String name) {
    return switch (name) {
      case "Any" -> CharSet.of(0, Character.MAX_CODE_POINT);
      case "ASCII" -> CharSet.of(0, 127);
      case "Alphabetic", "Alpha" -> CharSet.where(Character::isAlphabetic);
      case "Uppercase", "Upper" -> CharSet.where(Character::isUpperCase);
      case "Lowercase", "Lower" -> CharSet.where(Character::isLowerCase);
      case "White_Space", "space" ->
          CharSet.of(9, 13)
              .or(CharSet.of(0x85, 0x85))
              .or(CharSet.where(point -> Character.isSpaceChar(point)));
      case "Ideographic", "Ideo" -> CharSet.where(Character::isIdeographic);
      case "Emoji" -> CharSet.where(Character::isEmoji);
      case "Emoji_Presentation" -> CharSet.where(Character::isEmojiPresentation);
      case "Extended_Pictographic" -> CharSet.where(Character::isExtendedPictographic);
      default -> category(name);
    };
  }

  private static CharSet category(String name) {
    Set<Integer> types = CATEGORIES.get(name);
    if (types == null) {
      throw new IllegalArgumentException(name);
    }
    return CharSet.where(point -> types.contains(Character.getType(point)));
  }

  private static CharSet script(String name) {
    Character.UnicodeScript script = Character.UnicodeScript.forName(name.toUpperCase(Locale.ROOT));
    return CharSet.where(point -> Character.UnicodeScript.of(point) == script);
  }
}
