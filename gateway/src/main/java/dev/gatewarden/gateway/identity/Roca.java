package dev.gatewarden.gateway.identity;

import java.math.BigInteger;

/// Tells RSA moduli of the generator whose keys can be factored (CVE-2017-15361) by what they leave
/// behind: modulo every small prime they are a power of 65537.
final class Roca {
  private static final int LARGEST = 167;
  private static final BigInteger GENERATOR = BigInteger.valueOf(65537);

  private Roca() {}

  /// Whether a modulus looks so. By chance one in a hundred million does.
  static boolean marks(BigInteger modulus) {
    for (int prime = 11; prime <= LARGEST; prime += 2) {
      BigInteger p = BigInteger.valueOf(prime);
      if (p.isProbablePrime(20) && !isPower(modulus.mod(p).intValue(), prime)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPower(int remainder, int prime) {
    int step = GENERATOR.mod(BigInteger.valueOf(prime)).intValue();
    int power = 1;
    do {
      if (power == remainder) {
        return true;
      }
      power = power * step % prime;
    } while (power != 1);
    return false;
  }
}
