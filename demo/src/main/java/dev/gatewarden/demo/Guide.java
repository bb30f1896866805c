package dev.gatewarden.demo;

import dev.gatewarden.demo.shop.Shelves;
import java.net.URI;
import java.nio.file.Path;

/// What runs where, and what to try: a dozen lines, of which those for a shell work when pasted.
final class Guide {

  private Guide() {}

  static String text(Playground playground, RunningGate gate, Path operatorToken) {
    URI shop = playground.shop().uri();
    return """

    Everything goes on running; Ctrl-C stops it. In another terminal:

      TOKEN=$(./gatewarden demo token bob)
      curl -i -H "Authorization: Bearer $TOKEN" %3$s/v1/orders/%5$s   # naked
      curl -i -H "Authorization: Bearer $TOKEN" %1$s/v1/orders/%5$s   # behind the gate
      curl -i -H "Authorization: Bearer $(./gatewarden demo token alice --alg none)" %1$s/v1/profile
      curl -H "Authorization: Bearer $(cat %6$s)" %2$s/metrics

      %1$s  the gate             %3$s  the shop, naked
      %2$s  its admin surface    %4$s  the issuer
      examples/shop/shop.yaml  what the shop promises   examples/shop/gatewarden.yaml  who may prove what
    """
        .formatted(
            gate.uri(),
            gate.admin(),
            shop,
            playground.issuer().uri(),
            Shelves.OF_ALICE,
            operatorToken);
  }
}
