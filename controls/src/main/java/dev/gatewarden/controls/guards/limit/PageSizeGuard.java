package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.Bound;
import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Paging;
import dev.gatewarden.core.contract.Paging.Meaning;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Stage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bounds how many items a caller may ask for at once, and how deep into a list.
///
/// Page sizes and places are known by their names, `limit`, `per_page`, `offset`, `page`,
/// `page[size]`; what is beside them tells `from` and `to` of a stretch of time from a place in a
/// list. What the contract bounds by `maximum` holds beside this. No number, a negative one, and 0
/// where the
/// contract does not state it as the `minimum`, are taken for a wish without end, as many services
/// take them.
@Control(
    id = "page-size",
    stage = Stage.CONFORM,
    threats = {Threat.API4_RESOURCE_CONSUMPTION})
public final class PageSizeGuard implements Guard {

  /// What becomes of a wish for too many.
  public enum Then {
    /// It is refused.
    REFUSE,
    /// The service is asked for the most there may be.
    CLAMP
  }

  /// What can be set.
  ///
  /// @param most how many items one page may have; from 1 to 1000000
  /// @param then what becomes of a wish for more
  /// @param deepest how many items may be left out before it, by `offset`, or by `page` times the
  ///     page's size; from 1 to 1000000000
  public record Config(long most, Then then, long deepest) {
    public Config {
      Bound.within("most", most, 1, 1_000_000);
      Bound.within("deepest", deepest, 1, 1_000_000_000);
    }
  }

  /// Why a request is refused.
  public enum Why implements Reason {
    TOO_MANY("too many items are asked for at once"),
    TOO_DEEP("the page lies too deep in the list");

    private final String summary;

    Why(String summary) {
      this.summary = summary;
    }

    @Override
    public String control() {
      return "page-size";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          PageSizeGuard.class,
          new Config(1_000, Then.REFUSE, 100_000),
          Reads.HEAD,
          Why.values(),
          PageSizeGuard::seated);

  private static final int DIGITS = 18;
  private static final BigDecimal WITHOUT_END = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Config config;
  private final List<Size> sizes;
  private final List<Spot> offsets;
  private final List<Spot> numbers;

  /// A parameter that says how many items a page has.
  ///
  /// @param zero whether the contract states that there may be none
  /// @param usual the size where nothing is said; 1 where the contract does not say it either
  private record Size(String name, boolean zero, long usual) {}

  /// A parameter that says where a page begins.
  ///
  /// @param loose whether the contract gives it no type, so that it may be a cursor
  private record Spot(String name, boolean loose) {}

  private PageSizeGuard(Config config, List<Size> sizes, List<Spot> offsets, List<Spot> numbers) {
    this.config = config;
    this.sizes = sizes;
    this.offsets = offsets;
    this.numbers = numbers;
  }

  private static Optional<Guard> seated(Setting setting, Config config) {
    Operation operation = setting.operation();
    List<Size> sizes =
        Paging.asked(operation, Meaning.SIZE).stream().map(PageSizeGuard::size).toList();
    List<Spot> offsets =
        Paging.asked(operation, Meaning.OFFSET).stream()
            .map(each -> new Spot(each.name(), false))
            .toList();
    List<Spot> numbers =
        Paging.asked(operation, Meaning.NUMBER).stream()
            .map(each -> new Spot(each.name(), !each.typed()))
            .toList();
    return !operation.safe() || (sizes.isEmpty() && offsets.isEmpty() && numbers.isEmpty())
        ? Optional.empty()
        : Optional.of(new PageSizeGuard(config, sizes, offsets, numbers));
  }

  private static Size size(Paging.Asked asked) {
    BigDecimal least = number(asked.shape().value("minimum"));
    BigDecimal usual = number(asked.shape().value("default"));
    return new Size(
        asked.name(),
        least != null && least.signum() == 0,
        usual == null ? 1 : usual.min(WITHOUT_END).max(BigDecimal.ONE).longValue());
  }

  private static @Nullable BigDecimal number(@Nullable Node node) {
    return node instanceof Node.Num number ? number.value() : null;
  }

  @Override
  public Verdict judge(Call call) {
    Query query = call.exchange().request().target().query();
    List<Edit> edits = List.of();
    long page = 1;
    for (int i = 0; i < sizes.size(); i++) {
      Size size = sizes.get(i);
      long said = said(query, size);
      long wished = said < 0 ? size.usual : said;
      if (wished > config.most) {
        // Who says nothing cannot know that the contract's own default is too much.
        if (said >= 0 && config.then == Then.REFUSE) {
          return Verdict.deny(Why.TOO_MANY);
        }
        edits = edits.isEmpty() ? new ArrayList<>(1) : edits;
        edits.add(new Edit.SetQuery(size.name, List.of(Long.toString(config.most))));
        wished = config.most;
      }
      page = Math.max(page, wished);
    }
    if (deep(query, offsets, 1) || deep(query, numbers, page)) {
      return Verdict.deny(Why.TOO_DEEP);
    }
    return edits.isEmpty() ? Verdict.pass() : new Verdict.Pass(null, List.of(), List.copyOf(edits));
  }

  /// The largest of what is said under the name, -1 where nothing is.
  private static long said(Query query, Size size) {
    long most = -1;
    for (int i = 0; i < query.pairs().size(); i++) {
      Query.Pair pair = query.pairs().get(i);
      if (pair.name().equals(size.name)) {
        long number = number(pair.value());
        most = Math.max(most, number == 0 && !size.zero ? Long.MAX_VALUE : number);
      }
    }
    return most;
  }

  private boolean deep(Query query, List<Spot> spots, long times) {
    for (int i = 0; i < query.pairs().size() && !spots.isEmpty(); i++) {
      Query.Pair pair = query.pairs().get(i);
      for (int j = 0; j < spots.size(); j++) {
        Spot spot = spots.get(j);
        if (spot.name.equals(pair.name())
            && number(pair.value()) > config.deepest / times
            && !(spot.loose && cursor(pair.value()))) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether it is neither a number nor written like one.
  private static boolean cursor(String text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      letters += c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ? 1 : 0;
    }
    return letters > 1;
  }

  /// What a text writes in digits alone; without end where it writes anything else.
  private static long number(String text) {
    if (text.isEmpty() || text.length() > DIGITS) {
      return Long.MAX_VALUE;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Long.MAX_VALUE;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
