package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.probe.Identity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What an operation without a binding changes, as far as its words tell.
final class Mild {
  private static final Pattern SEARCH =
      Pattern.compile("(search|query|lookup|find|preview|validate|estimate|calculate)\\w*");

  private static final Pattern ENTRY =
      Pattern.compile(
          "(o?auth\\d?|authorize|authenticate|log-?_?in|sign-?_?(in|up)|register|token|session)s?");

  private static final Pattern EXIT = Pattern.compile("(log|sign)-?_?(out|off)|revoke|revocation");

  private static final Pattern FORGOTTEN =
      Pattern.compile(".*(forgot|recover|lost-?password|magic-?link|password).*");

  /// Who asks for a credential changes the caller's password, unless it says that it mails a link.
  private static final Pattern MAILED =
      Pattern.compile(".*(forgot|recover|lost|magic-?link|reset|request).*");

  /// What there is one of: posting there writes over it.
  private static final Pattern SINGLE =
      Pattern.compile(
          "(settings?|config(uration)?s?|preferences?|profile|me|self|options|flags|features"
              + "|policy|limits?)");

  private static final Pattern SWEEPING =
      Pattern.compile(
          "(delete|remove|reset|purge|drop|wipe|clear|truncate|shutdown|restart|create-?_?db)\\w*");

  /// What is made so happens to somebody, or moves something.
  private static final Pattern HAPPENING =
      Pattern.compile(
          "(ban|block|suspension|transfer|payment|payout|withdrawal|refund|charge|broadcast"
              + "|notification|e?-?mail|invitation|deployment|command)s?|sms");

  private Mild() {}

  /// Whether a POST that names nothing makes something new, looks something up, or is a way in: it
  /// changes nothing that was there before.
  ///
  /// @param as who would send it: a way out ends nothing that the tester did not begin, where they
  ///     can log in again
  static boolean adds(Contract contract, Operation operation, Identity as) {
    if (contract.operation(operation.id().name()) != operation) {
      // nobody says any more what it does
      return false;
    }
    String last = last(operation);
    if (HAPPENING.matcher(last).matches()) {
      return false;
    }
    if (SWEEPING.matcher(last).matches()) {
      return forgotten(operation) || takesAddress(operation);
    }
    return adds(contract, operation)
        || SEARCH.matcher(last).matches()
        || ENTRY.matcher(last).matches()
        || forgotten(operation)
        || (EXIT.matcher(last).matches() && (as.isNobody() || as.login() != null));
  }

  private static boolean forgotten(Operation operation) {
    boolean asks = operation.security().stated() && !operation.security().admitsAnonymous();
    return takes(operation, FORGOTTEN) && (!asks || takes(operation, MAILED));
  }

  /// Whether a GET sounds as if it swept something away.
  static boolean sweeps(Operation operation) {
    return SWEEPING.matcher(last(operation)).matches();
  }

  /// Whether it sounds like a way out, which ends the session of whoever takes it.
  static boolean ends(Operation operation) {
    return EXIT.matcher(last(operation)).matches();
  }

  /// Whether it is the list's own path, or says that it made something.
  private static boolean adds(Contract contract, Operation operation) {
    String path = operation.path().text();
    return makes(contract, operation)
        || operation.responses().byStatus().containsKey("201")
        || (!SINGLE.matcher(last(operation)).matches()
            && contract.operations().stream()
                .anyMatch(each -> each.safe() && each.path().text().equals(path)));
  }

  /// Whether what it makes stands below its path, as the contract has it.
  static boolean makes(Contract contract, Operation operation) {
    String above = operation.path().text() + "/{";
    return contract.operations().stream()
        .anyMatch(
            each ->
                each.path().text().startsWith(above)
                    && each.path().text().indexOf('/', above.length()) < 0);
  }

  private static boolean takes(Operation operation, Pattern words) {
    return words.matcher(operation.path().text().toLowerCase(Locale.ROOT)).matches();
  }

  /// Whether it asks for somebody's address, as forgotten passwords do.
  private static boolean takesAddress(Operation operation) {
    return operation.body() != null
        && operation.body().content().types().values().stream()
            .anyMatch(
                each ->
                    each.schema() != null
                        && dev.gatewarden.core.contract.Shape.of(each.schema())
                            .members()
                            .keySet()
                            .stream()
                            .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("mail")));
  }

  /// The last literal of the path, lower case.
  private static String last(Operation operation) {
    List<PathTemplate.Segment> segments = operation.path().segments();
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).parts().size() == 1
          && segments.get(i).parts().getFirst() instanceof PathTemplate.Literal(String text)) {
        return text.toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }
}
