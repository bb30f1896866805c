package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A fault and the probe that found it.
public record Found(Attack attack, Fault fault) {

  /// Where it is: the operation's name, or the empty text.
  public String operation() {
    Operation operation = fault.operation();
    return operation == null ? "" : operation.id().name();
  }

  /// The same for the same fault in every run: of the probe, the operation and the place.
  public String fingerprint() {
    String text = attack.id() + "\n" + operation() + "\n" + fault.place();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return attack.id() + "-" + HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException missing) {
      throw new dev.gatewarden.core.GatewardenBug("every JDK has SHA-256", missing);
    }
  }
}
