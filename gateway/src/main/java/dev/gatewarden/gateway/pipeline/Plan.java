package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.exchange.Stage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Who judges the calls of one operation, by stage, cheaper guards first.
public final class Plan {
  private static final Comparator<Seat> BY_COST =
      Comparator.comparing(Seat::cost).thenComparing(Seat::id).thenComparing(Seat::scheme);
  private final Operation operation;
  private final Seat[][] seats = new Seat[Stage.values().length][];
  private final Familiar[] familiar = new Familiar[Stage.values().length];

  public Plan(Operation operation, Map<Stage, List<Seat>> byStage) {
    this.operation = operation;
    Map<Stage, List<Seat>> all = new EnumMap<>(Stage.class);
    all.putAll(byStage);
    for (Stage stage : Stage.values()) {
      Seat[] row = all.getOrDefault(stage, List.of()).toArray(Seat[]::new);
      Arrays.sort(row, BY_COST);
      seats[stage.ordinal()] = row;
      familiar[stage.ordinal()] = new Familiar(row);
    }
  }

  public Operation operation() {
    return operation;
  }

  /// The seats of a stage; not to be changed.
  Seat[] at(Stage stage) {
    return seats[stage.ordinal()];
  }

  /// All seats, stage by stage.
  public List<Seat> all() {
    return Arrays.stream(seats).flatMap(Arrays::stream).toList();
  }

  /// The decision that this stage came to last.
  Familiar familiar(Stage stage) {
    return familiar[stage.ordinal()];
  }

  /// Whether anybody judges at a stage.
  public boolean judges(Stage stage) {
    return seats[stage.ordinal()].length > 0;
  }
}
