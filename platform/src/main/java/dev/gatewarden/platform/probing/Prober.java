package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import dev.gatewarden.platform.inputs.Seen;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// Runs probes against an API: finds its objects, attacks, and deletes what it made.
///
/// The same contract, identities, seed and API give the same attempts in the same order.
public final class Prober {
  /// How the reason ends for which a probe was not run at all.
  public static final String UNRUN = ": it was not run";

  private final Contract contract;
  private final Cast cast;
  private final Wire wire;
  private final Clock clock;
  private final long seed;
  private List<Operation> before = List.of();
  private List<String> behind = List.of();
  private Seen seen = Seen.NONE;

  /// @param wire of this run alone
  public Prober(Contract contract, Cast cast, Wire wire, Clock clock, long seed) {
    this.contract = contract;
    this.cast = cast;
    this.wire = wire;
    this.clock = clock;
    this.seed = seed;
  }

  /// Tells what the version before had; what was taken away since then must not answer.
  public Prober after(List<Operation> operations) {
    before = List.copyOf(operations);
    return this;
  }

  /// Tells where the service stands, where nothing may answer.
  public Prober behind(List<String> addresses) {
    behind = List.copyOf(addresses);
    return this;
  }

  /// Tells what others were seen to send: values to begin with.
  public Prober seeing(Seen requests) {
    seen = requests;
    return this;
  }

  /// @param operations those that may be attacked
  /// @throws IOException where no port is free to listen at
  public Report run(List<Operation> operations, List<Probe> probes, Progress progress)
      throws IOException {
    Notebook notebook = new Notebook();
    cast.identities().forEach(wire::hide);
    wire.telling(progress);
    try (Bait bait = Bait.laid()) {
      Run run = new Run(contract, operations, cast, wire, notebook, bait, clock, seed, seen);
      attack(run, probes, notebook, progress);
      wire.of("");
      int objects = run.known();
      run.clean();
      return notebook.report(wire.attempts(), objects, run.met());
    }
  }

  private void attack(Run run, List<Probe> probes, Notebook notebook, Progress progress) {
    int begun = 0;
    try {
      run.after(before);
      run.behind(behind);
      run.explore();
      for (Probe probe : probes) {
        Attack attack = attack(probe);
        progress.begins(attack, begun + 1, probes.size());
        wire.of(attack.id());
        notebook.of(attack);
        begun++;
        attempt(probe, run, notebook);
      }
    } catch (Scene.Spent spent) {
      String why = wire.spent();
      if (begun == 0) {
        notebook.untested(null, why + " before the first probe");
      } else {
        notebook.untested(null, why + " in the middle");
      }
      for (Probe probe : probes.subList(begun, probes.size())) {
        notebook.of(attack(probe));
        notebook.untested(null, why + UNRUN);
      }
    }
  }

  /// A probe that fails over what it was answered costs its own result alone.
  private static void attempt(Probe probe, Run run, Notebook notebook) {
    try {
      probe.run(run);
    } catch (Scene.Spent spent) {
      throw spent;
    } catch (RuntimeException | StackOverflowError failed) {
      notebook.untested(
          null, "the probe itself failed (" + failed.getClass().getSimpleName() + ")");
    }
  }

  /// The name of a probe.
  public static Attack attack(Probe probe) {
    return attack(probe.getClass());
  }

  /// The name of a kind of probe.
  public static Attack attack(Class<? extends Probe> probe) {
    Attack attack = probe.getAnnotation(Attack.class);
    if (attack == null) {
      throw new dev.gatewarden.core.GatewardenBug(probe.getName() + " has no name");
    }
    return attack;
  }
}
