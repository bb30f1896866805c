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
    List<Result> results = new ArrayList<>();
    for (Row row : family.rows()) {
      results.add(run(row));
    }
    return results;
  }

  private Result run(Row row) throws IOException, InterruptedException {
    naked.reset();
    Outcome bare = row.attempt().on(naked);
    boolean expected = bare.reached() == (row.faults().stream().allMatch(shop::has));
    if (gate == null) {
      return new Result(row, bare, null, "", expected);
    }
    gate.reset();
    Outcome behind = row.attempt().on(gate);
    expected &= behind.reached() != row.isAttack();
    return new Result(row, bare, behind, reasons.of(behind.seen()), expected);
  }
}
