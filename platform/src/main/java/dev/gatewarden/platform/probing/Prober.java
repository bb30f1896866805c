package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// Runs probes against an API: finds its objects, attacks, and deletes what it made.
///
/// The same contract, identities, seed and API give the same attempts in the same order.
public final class Prober {
  private final Contract contract;
  private final Cast cast;
  private final Target target;
  private final Clock clock;
  private final long seed;
  private List<Operation> before = List.of();

  public Prober(Contract contract, Cast cast, Target target, Clock clock, long seed) {
    this.contract = contract;
    this.cast = cast;
    this.target = target;
    this.clock = clock;
    this.seed = seed;
  }

  /// Tells what the version before had; what was taken away since then must not answer.
  public Prober after(List<Operation> operations) {
    before = List.copyOf(operations);
    return this;
  }

  /// @param operations those that may be attacked
  /// @throws IOException where no port is free to listen at
  /// @param progress is told the id of each probe before it begins
  public Report run(List<Operation> operations, List<Probe> probes, Consumer<String> progress)
      throws IOException {
    Notebook notebook = new Notebook();
    try (Wire wire = new Wire(target, Secrets.of(cast.identities()));
        Bait bait = Bait.laid()) {
      Run run = new Run(contract, operations, cast, target, wire, notebook, bait, clock, seed);
      try {
        run.after(before);
        run.explore();
        for (Probe probe : probes) {
          Attack attack = attack(probe);
          progress.accept(attack.id());
          wire.of(attack.id());
          notebook.of(attack);
          attempt(probe, run, notebook);
        }
      } catch (Scene.Spent spent) {
        notebook.untested(null, "the " + target.most() + " requests that were agreed to are spent");
      }
      wire.of("");
      int objects = run.known();
      clean(run, notebook);
      return notebook.report(wire.attempts(), objects);
    }
  }

  /// A probe that fails over what it was answered costs its own result alone.
  private static void attempt(Probe probe, Run run, Notebook notebook) {
    try {
      probe.run(run);
    } catch (Scene.Spent spent) {
      throw spent;
    } catch (RuntimeException failed) {
      notebook.untested(
          null, "the probe itself failed (" + failed.getClass().getSimpleName() + ")");
    }
  }

  private static void clean(Run run, Notebook notebook) {
    try {
      run.clean();
    } catch (Scene.Spent spent) {
      notebook.left("what was made: no request was left to delete it");
    }
  }

  /// The name of a probe.
  public static Attack attack(Probe probe) {
    Attack attack = probe.getClass().getAnnotation(Attack.class);
    if (attack == null) {
      throw new dev.gatewarden.core.GatewardenBug(probe.getClass().getName() + " has no name");
    }
    return attack;
  }
}
