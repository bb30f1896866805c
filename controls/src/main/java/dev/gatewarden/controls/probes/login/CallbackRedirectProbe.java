package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Begins a login with the wish to be led to another host after it, and comes back from the
/// authorization server.
///
/// The names of the wish are those of the contract, or of `next` in `callback`; where neither says
/// one, the usual ones.
@Attack(
    id = "callback-redirect",
    title = "a callback leads wherever it is told",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 601,
    changes = true,
    remedy = "lead to paths of your own alone after a login")
public final class CallbackRedirectProbe implements Probe {
  private static final Set<String> USUAL =
      Set.of("next", "return_to", "returnTo", "returnUrl", "redirect", "redirect_to", "continue");

  @Override
  public void run(Scene scene) {
    Callback callback = Callback.of(scene);
    if (callback == null) {
      return;
    }
    Set<String> names = names(callback);
    for (String each : Away.written()) {
      Map<String, String> wish = new LinkedHashMap<>();
      names.stream().sorted().forEach(name -> wish.put(name, each));
      Trip trip = callback.begin(new Visitor(scene::send), wish);
      Trip.Given given = trip == null ? null : callback.given(trip);
      Answer answer = trip == null || given == null ? null : given.to(trip.browser());
      if (answer != null && Away.led(answer)) {
        callback.found(
            names.size() == 1 ? "query." + names.iterator().next() : "query",
            Severity.MEDIUM,
            "after the login the callback leads to any host: `" + each + "` is followed",
            List.of(given == null ? answer.attempt() : given.attempt(), answer.attempt()));
        return;
      }
    }
    callback.withstood();
  }

  private static Set<String> names(Callback callback) {
    Set<String> names = new LinkedHashSet<>(callback.signIn().next());
    for (Operation each : callback.scene().contract().operations()) {
      if (each.safe() && callback.start().equals(callback.signIn().root() + each.path().text())) {
        for (Parameter parameter : each.parameters()) {
          if (parameter.in() == Parameter.In.QUERY && Away.leads(parameter.name())) {
            names.add(parameter.name());
          }
        }
      }
    }
    return names.isEmpty() ? USUAL : names;
  }
}
