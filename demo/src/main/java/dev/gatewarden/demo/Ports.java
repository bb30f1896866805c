package dev.gatewarden.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Where everything listens.
///
/// @param gate what people call
/// @param admin the gate's own surface
/// @param shop the naked shop
/// @param issuer who signs tokens
/// @param cacheOfShop a shared cache in front of the naked shop
/// @param cacheOfGate the same in front of the gate
public record Ports(int gate, int admin, int shop, int issuer, int cacheOfShop, int cacheOfGate) {

  public static final Ports USUAL = new Ports(8080, 8081, 9000, 9001, 9002, 9003);

  /// Any that are free.
  public static final Ports ANY = new Ports(0, 0, 0, 0, 0, 0);

  /// Those of them that somebody holds already.
  public List<Integer> taken() {
    List<Integer> taken = new ArrayList<>();
    for (int port : new int[] {gate, admin, shop, issuer, cacheOfShop, cacheOfGate}) {
      if (!free(port)) {
        taken.add(port);
      }
    }
    return taken;
  }

  /// The same, with 0 for those that somebody holds.
  public Ports avoidingTaken() {
    return new Ports(
        orAny(gate),
        orAny(admin),
        orAny(shop),
        orAny(issuer),
        orAny(cacheOfShop),
        orAny(cacheOfGate));
  }

  private static int orAny(int port) {
    return free(port) ? port : 0;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
