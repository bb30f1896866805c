package dev.gatewarden.core.finding;

import dev.gatewarden.core.document.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what data a property holds: by `x-gatewarden-class`, by its format, by the last words of
/// its name.
public final class Classifier {
  private static final String CLASS = "x-gatewarden-class";
  private static final Set<String> SAID_PUBLIC = Set.of("public", "open");
  private static final Set<String> SAID_INTERNAL = Set.of("internal", "technical");
  private static final Set<String> SAID_FINANCIAL = Set.of("financial", "payment", "pci");
  private static final Set<String> SAID_CREDENTIAL = Set.of("credential", "credentials", "secret");

  /// Words after which the one before them still says what it is.
  private static final Set<String> TRAILING =
      Set.of("hash", "hashed", "encrypted", "value", "text", "confirmation", "confirm", "raw");

  private static final Map<Sensitivity, List<String>> PHRASES =
      Map.of(
          Sensitivity.CREDENTIAL,
          List.of(
              "password",
              "passwd",
              "pwd",
              "passphrase",
              "passcode",
              "secret",
              "secret key",
              "private key",
              "api key",
              "apikey",
              "access key",
              "access token",
              "refresh token",
              "id token",
              "auth token",
              "bearer token",
              "session token",
              "reset token",
              "authtoken",
              "accesstoken",
              "jwt",
              "otp",
              "totp",
              "pin code",
              "recovery code"),
          Sensitivity.FINANCIAL,
          List.of(
              "iban",
              "card number",
              "cardnumber",
              "credit card",
              "creditcard",
              "cvv",
              "cvc",
              "cvv2",
              "account number",
              "routing number",
              "sort code",
              "bank account",
              "salary",
              "wage"),
          Sensitivity.PERSONAL,
          List.of(
              "email",
              "e mail",
              "mail address",
              "email address",
              "phone",
              "phone number",
              "telephone",
              "mobile",
              "mobile number",
              "first name",
              "firstname",
              "last name",
              "lastname",
              "middle name",
              "given name",
              "family name",
              "full name",
              "fullname",
              "surname",
              "maiden name",
              "birthday",
              "birthdate",
              "birth date",
              "date of birth",
              "dob",
              "gender",
              "ssn",
              "social security number",
              "passport",
              "passport number",
              "national id",
              "tax id",
              "driver license",
              "street",
              "street address",
              "home address",
              "postal address",
              "billing address",
              "shipping address",
              "zip code",
              "zipcode",
              "postal code",
              "postcode",
              "nationality",
              "ethnicity",
              "religion",
              "marital status",
              "diagnosis",
              "blood type"));

  private Classifier() {}

  /// What a property of that name and schema holds, or null where nothing tells.
  ///
  /// @param name the nearest property's or parameter's, or null
  public static @Nullable Sensitivity of(@Nullable String name, Node.Obj schema) {
    Sensitivity said = said(schema);
    if (said != null) {
      return said;
    }
    String type = Tree.text(schema, "type");
    if ("boolean".equals(type) || "object".equals(type) || "array".equals(type)) {
      return null;
    }
    String format = Tree.text(schema, "format");
    if ("password".equals(format)) {
      return Sensitivity.CREDENTIAL;
    }
    if ("email".equals(format) || "idn-email".equals(format)) {
      return Sensitivity.PERSONAL;
    }
    return name == null ? null : named(name);
  }

  private static @Nullable Sensitivity said(Node.Obj schema) {
    String word = Tree.text(schema, CLASS);
    if (word == null) {
      return null;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (SAID_PUBLIC.contains(lower)) {
      return Sensitivity.PUBLIC;
    }
    if (SAID_INTERNAL.contains(lower)) {
      return Sensitivity.INTERNAL;
    }
    if (SAID_FINANCIAL.contains(lower)) {
      return Sensitivity.FINANCIAL;
    }
    return SAID_CREDENTIAL.contains(lower) ? Sensitivity.CREDENTIAL : Sensitivity.PERSONAL;
  }

  /// What a name tells, or null.
  public static @Nullable Sensitivity named(String name) {
    List<String> words = NameWords.of(name);
    while (words.size() > 1 && TRAILING.contains(words.getLast())) {
      words = words.subList(0, words.size() - 1);
    }
    for (Sensitivity each :
        List.of(Sensitivity.CREDENTIAL, Sensitivity.FINANCIAL, Sensitivity.PERSONAL)) {
      for (String phrase : PHRASES.getOrDefault(each, List.of())) {
        if (NameWords.endIn(words, phrase)) {
          return each;
        }
      }
    }
    return null;
  }
}
