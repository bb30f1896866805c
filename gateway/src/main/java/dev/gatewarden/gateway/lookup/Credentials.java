package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Exchange;
import java.io.IOException;
import java.util.List;

/// The header lines by which the gate proves itself to a service that it looks something up at.
@FunctionalInterface
public interface Credentials {

  /// The lines for a look-up that an exchange causes. May wait.
  ///
  /// @throws IOException when there are none to be had; nothing is looked up without
  List<Reply.Line> lines(Exchange cause) throws IOException;
}
