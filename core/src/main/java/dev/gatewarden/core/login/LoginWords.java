package dev.gatewarden.core.login;

import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// The words by which operations are called that prove somebody, and by which they call what they
/// take.
public final class LoginWords {

  /// What is called so takes a credential and gives another one.
  public static final Set<String> ENTRANCE =
      Set.of(
          "login",
          "logon",
          "signin",
          "authenticate",
          "authentication",
          "auth",
          "token",
          "tokens",
          "oauth",
          "oauth2",
          "session",
          "sessions",
          "otp",
          "mfa",
          "2fa");

  /// What is called so is needed by callers who are not known yet, or have lost their credential.
  public static final Set<String> ENROLMENT =
      Set.of(
          "signup",
          "register",
          "registration",
          "registrations",
          "forgot",
          "reset",
          "recover",
          "recovery",
          "activate",
          "activation",
          "verify",
          "verification",
          "confirm",
          "confirmation",
          "logout",
          "signout",
          "refresh",
          "invitation");

  /// Where passwords and codes are tried.
  public static final Set<String> TRIES =
      Set.of(
          "login",
          "logon",
          "signin",
          "authenticate",
          "otp",
          "mfa",
          "2fa",
          "password",
          "passwords",
          "pin",
          "verify");

  static final Set<String> ENDS =
      Set.of("logout", "logoff", "signout", "revoke", "revocation", "introspect", "introspection");

  static final Set<String> LOST =
      Set.of("forgot", "forgotten", "lost", "reset", "recover", "recovery");

  static final Set<String> LOST_WHAT =
      Set.of(
          "password",
          "passwords",
          "passwd",
          "pwd",
          "account",
          "accounts",
          "credentials",
          "pin",
          "login",
          "auth");

  static final Set<String> SECOND_STEP =
      Set.of(
          "otp",
          "totp",
          "mfa",
          "2fa",
          "tfa",
          "twofactor",
          "factor",
          "verify",
          "verification",
          "confirm",
          "confirmation",
          "challenge",
          "passcode",
          "passwordless");

  static final Set<String> MESSAGE =
      Set.of("otp", "code", "magic", "passwordless", "verification", "confirmation");

  static final Set<String> SENDS =
      Set.of("send", "resend", "request", "link", "start", "issue", "generate");

  static final Set<String> MEMBERSHIP =
      Set.of("signup", "register", "registration", "registrations", "registrate");

  static final Set<String> PEOPLE =
      Set.of("users", "user", "accounts", "account", "customers", "customer", "members", "member");

  static final Set<String> PASSWORDS =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "pass",
          "pswd",
          "passphrase",
          "passwort",
          "kennwort",
          "motdepasse",
          "mdp",
          "contrasena",
          "senha",
          "wachtwoord",
          "losenord",
          "adgangskode",
          "passord",
          "salasana",
          "haslo",
          "heslo");

  static final Set<String> ACCOUNTS =
      Set.of(
          "username",
          "user",
          "userid",
          "login",
          "loginname",
          "loginid",
          "email",
          "emailaddress",
          "useremail",
          "mail",
          "mailaddress",
          "phone",
          "phonenumber",
          "telephone",
          "mobile",
          "mobilenumber",
          "msisdn",
          "account",
          "accountname",
          "accountid",
          "identifier",
          "handle",
          "nickname",
          "customerid",
          "customernumber",
          "usernameoremail",
          "emailorusername",
          "emailorphone",
          "benutzername",
          "benutzer",
          "usuario",
          "utilisateur",
          "identifiant",
          "correo",
          "courriel",
          "gebruikersnaam");

  static final Set<String> CODES =
      Set.of(
          "code",
          "otp",
          "totp",
          "pin",
          "passcode",
          "otpcode",
          "totpcode",
          "mfacode",
          "authcode",
          "smscode",
          "emailcode",
          "logincode",
          "resetcode",
          "verificationcode",
          "confirmationcode",
          "securitycode",
          "recoverycode",
          "backupcode",
          "twofactorcode",
          "onetimecode",
          "onetimepassword");

  static final Set<String> PENDING =
      Set.of(
          "mfatoken",
          "mfaticket",
          "mfaid",
          "challenge",
          "challengeid",
          "challengetoken",
          "transaction",
          "transactionid",
          "ticket",
          "statetoken",
          "factortoken",
          "logintoken",
          "loginid",
          "flowid",
          "requestid",
          "pendingtoken",
          "temptoken",
          "ephemeraltoken",
          "verificationid",
          "session",
          "sessionid",
          "authsession");

  private LoginWords() {}

  /// The words of the parts of its path that do not vary, in order.
  public static List<String> ofPath(Operation operation) {
    List<String> words = new ArrayList<>();
    for (PathTemplate.Segment segment : operation.path().segments()) {
      for (PathTemplate.Part part : segment.parts()) {
        if (part instanceof PathTemplate.Literal(String text)) {
          words.addAll(NameWords.of(text));
        }
      }
    }
    return words;
  }

  /// The words of its `operationId`, none where it has none.
  public static List<String> ofId(Operation operation) {
    if (!(operation.source().get("operationId") instanceof Node.Text id)) {
      return List.of();
    }
    // generated ids begin with the module they stand in
    String name = id.value();
    return NameWords.of(name.substring(name.lastIndexOf('.') + 1));
  }

  static boolean any(Set<String> words, Set<String> of) {
    return !Collections.disjoint(words, of);
  }

  /// A name in lower case, without what parts its words.
  static String plain(String name) {
    return String.join("", NameWords.of(name));
  }
}
