package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import java.util.ArrayList;
import java.util.List;

/// The version a contract gives itself: numbers with dots, or anything else, such as a day.
///
/// @param numbers none where it is no such version
public record Version(String text, List<Long> numbers) {

  public Version {
    numbers = List.copyOf(numbers);
  }

  public static Version of(Contract contract) {
    return of(contract.version());
  }

  /// Reads `1.4.0`, `v2` or `2.0.0-rc.1`.
  public static Version of(String text) {
    String plain = text.strip();
    if (plain.startsWith("v") || plain.startsWith("V")) {
      plain = plain.substring(1);
    }
    int end = 0;
    while (end < plain.length()
        && (Character.isDigit(plain.charAt(end)) || plain.charAt(end) == '.')) {
      end++;
    }
    boolean dated = plain.matches("[0-9]{4}-[0-9]{2}.*");
    List<Long> numbers = new ArrayList<>();
    for (String number : dated || end == 0 ? new String[0] : plain.substring(0, end).split("\\.")) {
      if (number.isEmpty() || number.length() > 15) {
        return new Version(plain, List.of());
      }
      numbers.add(Long.parseLong(number));
    }
    return new Version(plain, numbers);
  }

  /// Whether callers of the older one must expect anything: the first number is higher, or, while
  /// that is 0, the second (semver.org, 4 and 8); any later text where one of them has no numbers.
  public boolean isNewerThan(Version older) {
    if (numbers.isEmpty() || older.numbers.isEmpty()) {
      return text.compareTo(older.text) > 0;
    }
    int at = number(0) == 0 && older.number(0) == 0 ? 1 : 0;
    return number(at) > older.number(at);
  }

  /// What tells this version from others that live beside it: the first number, or the whole text.
  public String major() {
    return numbers.isEmpty() ? text : Long.toString(number(0));
  }

  private long number(int at) {
    return at < numbers.size() ? numbers.get(at) : 0;
  }
}
