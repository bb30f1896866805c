package dev.gatewarden.core.login;

import java.text.Normalizer;
import java.util.Locale;

/// The name of an account, read as loosely as any service may read it.
public final class AccountName {
  private AccountName() {}

  /// One text for all that some service takes for one account, or sends to one mailbox: without
  /// case, accents, blanks around it and marks nobody sees; an address without its tag, at Google
  /// without its dots; a telephone number as its digits. What it puts together by mistake shares an
  /// allowance, and nothing else.
  public static String loose(String name) {
    String text = bare(bare(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)).strip();
    int at = text.lastIndexOf('@');
    if (at > 0) {
      return address(text.substring(0, at), text.substring(at + 1));
    }
    String digits = digits(text);
    return digits.isEmpty() ? text : digits;
  }

  private static String address(String local, String domain) {
    String host = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    int tag = local.indexOf('+');
    String box = (tag > 0 ? local.substring(0, tag) : local).strip();
    if (host.equals("gmail.com") || host.equals("googlemail.com")) {
      return box.replace(".", "") + "@gmail.com";
    }
    return box + "@" + host.strip();
  }

  /// The digits of a telephone number without what leads out of a country; empty where it is none.
  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (c != '0' || !digits.isEmpty()) {
          digits.append(c);
        }
      } else if (" +-().".indexOf(c) < 0) {
        return "";
      }
    }
    return digits.toString();
  }

  /// Compatible forms as one (Unicode NFKD), without accents and without what is not seen.
  private static String bare(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= c >= ' ' && c < 0x7f;
    }
    if (plain) {
      return text;
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder bare = new StringBuilder(apart.length());
    apart
        .codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.CONTROL -> {}
                default -> bare.appendCodePoint(c);
              }
            });
    return bare.toString();
  }
}
