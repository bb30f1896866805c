package dev.gatewarden.demo.attack;

import dev.gatewarden.demo.shop.Shop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every attack and every good request, on the naked shop and behind the gate.
///
/// @param gate null when there is none
/// @param reasons why the gate refused
public record Contest(Shop shop, Side naked, @Nullable Side gate, Reasons reasons) {

  /// Where the reason of an answer is learned: on the wire a foreign order looks like an absent
  /// one.
  @FunctionalInterface
  public interface Reasons {
    /// The reason's code, or the empty text.
    String of(Seen seen) throws IOException, InterruptedException;
  }

  /// Runs the rows of a family one after the other, each on a shop put back as it was.
  public List<Result> run(Family family) throws IOException, InterruptedException {
    List<Outcome> bare = new ArrayList<>();
    List<@Nullable Outcome> behind = new ArrayList<>();
    for (Row row : family.rows()) {
      bare.add(on(naked, row));
      behind.add(gate == null ? null : on(gate, row));
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < bare.size(); i++) {
      results.add(result(family.rows().get(i), bare.get(i), behind.get(i)));
    }
    return results;
  }

  private static Outcome on(Side side, Row row) throws IOException, InterruptedException {
    side.reset();
    return row.attempt().on(side);
  }

  private Result result(Row row, Outcome bare, @Nullable Outcome behind)
      throws IOException, InterruptedException {
    boolean expected = bare.reached() == row.faults().stream().allMatch(shop::has);
    if (behind == null) {
      return new Result(row, bare, null, "", expected);
    }
    expected &= behind.reached() != row.isAttack();
    return new Result(row, bare, behind, reasons.of(behind.seen()), expected);
  }
}
