package dev.gatewarden.app.command.probe;

import dev.gatewarden.controls.probes.login.Trip;
import dev.gatewarden.controls.probes.login.Visitor;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.SignIn;
import dev.gatewarden.platform.probing.Courier;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Logs somebody in at an API that is a client of an authorization server, as a browser does.
final class BrowserLogin {
  private final Courier courier;

  /// @param courier carries what is sent
  BrowserLogin(Courier courier) {
    this.courier = courier;
  }

  /// The cookies that the API set.
  ///
  /// @throws IOException where it does not work; the message repeats nothing of the answers
  List<Presented> as(String name, Identity.Login login, SignIn signIn) throws IOException {
    OAuth.Endpoint start = signIn.start();
    if (start == null) {
      throw new IOException(
          "`" + name + "` presents nothing; give it a `token`, or `callback` a `start`");
    }
    Visitor person = new Visitor(courier::send);
    Answer entered = person.logIn("login of " + name, login);
    Trip trip = Trip.begin(new Visitor(courier::send), start.address(), Map.of());
    OAuth.Endpoint callback = signIn.callback();
    Trip.Given given =
        entered.status() == 0 || entered.status() >= 400 || trip == null
            ? null
            : trip.given(person, signIn.root(), callback == null ? null : callback.address());
    if (trip == null || given == null) {
      throw new IOException(
          trip == null
              ? "the `start` of `callback` leads to no authorization server"
              : "`"
                  + name
                  + "` is given no code by the authorization server, whose login is answered "
                  + entered.status());
    }
    Answer arrived = given.to(trip.browser());
    List<Presented> got = trip.browser().presents(given.at());
    if (arrived.status() == 0 || arrived.status() >= 400 || got.isEmpty()) {
      throw new IOException(
          "the callback of `" + name + "` is answered " + arrived.status() + " and sets no cookie");
    }
    got.forEach(each -> courier.hide(each.secret()));
    return got;
  }
}
