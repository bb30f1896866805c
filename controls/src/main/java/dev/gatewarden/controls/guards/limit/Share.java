package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.limit.Budget;
import dev.gatewarden.core.limit.Money;
import dev.gatewarden.core.limit.Quota;
import dev.gatewarden.core.limit.Rate;
import dev.gatewarden.core.limit.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What callers who are alike in something may take together.
///
/// @param per by what requests are told apart: `tenant`, `tenant+user`, `source`, `source/24/48`,
///     `client`, `operation`, `claim:/plan`
/// @param rate how much may be taken in the long run
/// @param quota how much may be taken in an hour, a day or a month, `10000/day`
/// @param budget how much money may be spent in an hour, a day or a month, `20.00/month`
/// @param window how the rate is held
/// @param burst how much of a bucket may be taken at once; from 1 to 1000000, the count of the rate
///     where it is not set
/// @param operations which operations take from it, by their names; all where there are none
/// @param cost what single operations take, by their names; 1 where it is not said
/// @param costBySize each so many bytes of an answer take one more, once it has left; from 1KiB to
///     1GiB
/// @param costToldBy a header in which the service says what a request takes in all, once it has
///     answered; it does not reach the caller
/// @param price what an operation spends of the budget, by its name, and under `*` all that are not
///     named
/// @param then what becomes of a caller whose share is spent, beside the refusal
/// @param whenGone what becomes of it while a shared state cannot be reached; what `state` says
///     where it is not said
public record Share(
    Per per,
    Optional<Rate> rate,
    Optional<Quota> quota,
    Optional<Budget> budget,
    Window window,
    Optional<Long> burst,
    List<String> operations,
    Map<String, Long> cost,
    Optional<Size> costBySize,
    Optional<String> costToldBy,
    Map<String, Money> price,
    Optional<Then> then,
    Optional<Claim.WhenGone> whenGone) {

  /// How a rate is held.
  public enum Window {
    /// A bucket that refills evenly: what was saved up can be used at once.
    BUCKET,
    /// Never more than the count within any stretch of that length.
    SLIDING,
    /// The count for each stretch of that length, beginning with whole ones since 1970; twice the
    /// count can come around where one ends.
    FIXED
  }

  public static final Share DEFAULT =
      new Share(
          Per.parse("user"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Window.BUCKET,
          Optional.empty(),
          List.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Optional.empty());

  /// Stands in `price` for all operations that it does not name.
  public static final String OTHERS = "*";

  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /// What callers need of an answer, and what frames it.
  private static final Set<String> NO_COST =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "etag",
          "location",
          "set-cookie",
          "trailer",
          "transfer-encoding",
          "www-authenticate");

  public Share {
    operations = List.copyOf(operations);
    cost = Map.copyOf(cost);
    price = Map.copyOf(price);
    burst.ifPresent(value -> Bound.within("burst", value, 1, 1_000_000));
    if (burst.isPresent() && (rate.isEmpty() || window != Window.BUCKET)) {
      throw new IllegalArgumentException("`burst` is that of a `rate` with a bucket");
    }
    rate.ifPresent(each -> burst.ifPresent(each::fill));
    counted(rate, quota, burst, operations, cost);
    answered(rate, quota, costBySize, costToldBy);
    priced(budget, operations, price);
    then.ifPresent(each -> followed(each, rate));
  }

  private static void counted(
      Optional<Rate> rate,
      Optional<Quota> quota,
      Optional<Long> burst,
      List<String> operations,
      Map<String, Long> cost) {
    if (!cost.isEmpty() && rate.isEmpty() && quota.isEmpty()) {
      throw new IllegalArgumentException("`cost` is taken from a `rate` or a `quota`");
    }
    long ofRate = rate.map(each -> burst.orElse(each.count())).orElse(Long.MAX_VALUE);
    long most = Math.min(ofRate, quota.map(Quota::count).orElse(Long.MAX_VALUE));
    cost.forEach((operation, each) -> Bound.within("cost of " + operation, each, 1, most));
    within("cost", cost.keySet(), operations);
  }

  private static void answered(
      Optional<Rate> rate,
      Optional<Quota> quota,
      Optional<Size> costBySize,
      Optional<String> costToldBy) {
    costBySize.ifPresent(
        each -> Bound.within("cost-by-size", each, new Size(1 << 10), new Size(1 << 30)));
    costToldBy.ifPresent(
        field -> {
          if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException(
                "`cost-told-by` is `" + field + "`, which is no name of a header");
          }
          if (NO_COST.contains(field.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                "`cost-told-by` is `"
                    + field
                    + "`, which callers need; let the service tell the cost in one of its own, such"
                    + " as `x-query-cost`");
          }
        });
    if ((costBySize.isPresent() || costToldBy.isPresent()) && rate.isEmpty() && quota.isEmpty()) {
      throw new IllegalArgumentException(
          "`cost-by-size` and `cost-told-by` are taken from a `rate` or a `quota`");
    }
  }

  private static void priced(
      Optional<Budget> budget, List<String> operations, Map<String, Money> price) {
    if (budget.isEmpty() != price.isEmpty()) {
      throw new IllegalArgumentException(
          budget.isEmpty()
              ? "`price` is spent of a `budget`"
              : "`budget` needs a `price`, such as `price: {'*': 0.01}`");
    }
    long most = budget.map(each -> each.most().millionths()).orElse(0L);
    price.forEach(
        (operation, each) -> {
          if (each.millionths() > most) {
            throw new IllegalArgumentException(
                "`price` of `" + operation + "` is `" + each + "`, more than the whole `budget`");
          }
        });
    if (budget.isPresent() && price.values().stream().allMatch(each -> each.millionths() == 0)) {
      throw new IllegalArgumentException("`price` has nothing that costs anything");
    }
    Set<String> named = new TreeSet<>(price.keySet());
    named.remove(OTHERS);
    within("price", named, operations);
  }

  private static void within(String setting, Set<String> named, List<String> operations) {
    for (String operation : named) {
      if (!operations.isEmpty() && !operations.contains(operation)) {
        throw new IllegalArgumentException(
            "`" + setting + "` has `" + operation + "`, which is none of the share's `operations`");
      }
    }
  }

  private static void followed(Then then, Optional<Rate> rate) {
    if (then.saysNothing()) {
      throw new IllegalArgumentException(
          "`then` says nothing; write `{block: 10m}`, `{slow: 2s}` or `{step-up: …}`");
    }
    then.stepUp().ifPresent(each -> stronger(each, rate));
  }

  private static void stronger(Then.StepUp stepUp, Optional<Rate> rate) {
    if (stepUp.acr().isEmpty() && stepUp.maxAge().isEmpty()) {
      throw new IllegalArgumentException(
          "`step-up` asks for nothing; write `acr: [urn:example:mfa]`, `max-age: 5m` or both");
    }
    if (rate.isEmpty() || stepUp.rate().isEmpty()) {
      throw new IllegalArgumentException(
          "`step-up` gives a larger `rate` in place of the share's own, and needs both");
    }
    Rate usual = rate.get();
    Rate more = stepUp.rate().get();
    if (!more.per().equals(usual.per()) || more.count() <= usual.count()) {
      throw new IllegalArgumentException(
          "`step-up` gives `"
              + more
              + "`, which has to be more than `"
              + usual
              + "` within the same time");
    }
  }

  boolean isOf(String operation) {
    return operations.isEmpty() || operations.contains(operation);
  }

  /// What an operation spends of the budget, in millionths; 0 where it is free.
  long priceOf(String operation) {
    Money own = price.getOrDefault(operation, price.get(OTHERS));
    return own == null ? 0 : own.millionths();
  }

  /// What is wrong with it as a whole, empty where nothing is.
  String wrong() {
    return rate.isEmpty() && quota.isEmpty() && budget.isEmpty()
        ? "without a `rate`, a `quota` and a `budget`"
        : "";
  }
}
