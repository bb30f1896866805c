package dev.gatewarden.demo.shop;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Something the shop does wrong, and can be told to do right.
public enum Fault {
  /// Takes the id from the request and never asks whose the order is.
  BOLA,
  /// Writes every property that comes, also those only an administrator may set.
  MASS_ASSIGNMENT,
  /// Takes any value for an answer: never holds what comes against what it expects.
  UNCHECKED,
  /// Takes an event as often as it comes, and however old it is.
  REPLAY,
  /// Never looks at the bank's signature.
  FORGERY,
  /// Lets shared caches keep what belongs to one person.
  CACHE,
  /// Believes whatever a token says without asking who signed it, and lets in who has none.
  TOKEN,
  /// Takes whatever looks like one of its keys, wherever it stands, and never lets one end.
  KEYS,
  /// Answers with more than it promised.
  EXPOSURE,
  /// Left a page for developers where everybody finds it.
  DEBUG;

  /// What the command line calls it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads `all`, `none`, or words with commas between them.
  ///
  /// @throws IllegalArgumentException with a message for the user
  public static Set<Fault> parse(String words) {
    switch (words) {
      case "all":
        return EnumSet.allOf(Fault.class);
      case "none":
        return EnumSet.noneOf(Fault.class);
      default:
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (String word : words.split(",", -1)) {
          faults.add(of(word.strip()));
        }
        return faults;
    }
  }

  private static Fault of(String word) {
    StringBuilder known = new StringBuilder();
    for (Fault fault : values()) {
      if (fault.word().equals(word)) {
        return fault;
      }
      known.append(known.isEmpty() ? "" : ", ").append(fault.word());
    }
    throw new IllegalArgumentException("`" + word + "` is no fault of the shop: it has " + known);
  }
}
