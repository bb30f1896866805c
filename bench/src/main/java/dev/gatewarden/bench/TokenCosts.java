package dev.gatewarden.bench;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.management.OperatingSystemMXBean;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.gateway.identity.Algorithm;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.KeySource;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.state.LocalBlocks;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What judging tokens costs the processor: good ones, known and new, and floods of forged ones
/// with
/// and without the limit on sources that keep failing.
public final class TokenCosts {
  private static final String ISSUER = "https://id.example";
  private static final String AUDIENCE = "https://api.example";
  private static final int FLOOD = 8_000;
  private static final int CALLERS = 64;
  private static final int WARM = 16;
  private static final int MEASURED = 8;
  private static final Ip HOME = Ip.of(new byte[] {(byte) 192, 0, 2, 1});

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Workshop workshop;
  private final Path keys;
  private final RSAKey rsa;
  private final ECKey ec;
  private final Random random = new Random(1);
  private final String first;

  private TokenCosts(Path folder) throws Exception {
    InstantSource clock = InstantSource.system();
    workshop = Workshop.open(folder, clock, new LocalBlocks(clock), null, 2);
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    keys =
        Files.writeString(
            folder.resolve("keys.json"),
            new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
    first = good(JWSAlgorithm.RS256, 1).getFirst();
  }

  /// Prints a line for each kind of token.
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("token-costs");
    TokenCosts costs = new TokenCosts(folder);
    try {
      costs.run();
    } finally {
      costs.workshop.close();
    }
  }

  private void run() throws Exception {
    System.out.println("CPU of the process for each token, in microseconds");
    known();
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256)) {
      report("new, " + algorithm + ", good", good(algorithm, 3_000), true);
    }
    report("forged, ES256, a known key, no limit", forged(), true);
    report("forged, ES256, a known key, one source", forged(), false);
    report("forged, ES256, unknown keys, no limit", unknown(), true);
    report("forged, ES256, unknown keys, one source", unknown(), false);
  }

  private void known() throws Exception {
    TokenVerifier verifier = verifier();
    String token = good(JWSAlgorithm.RS256, 1).getFirst();
    judge(verifier, List.of(token), true);
    for (int round = 0; round < 3; round++) {
      int times = 2_000_000;
      long before = machine.getProcessCpuTime();
      for (int i = 0; i < times; i++) {
        if (!(verifier.verify(token, HOME) instanceof Verification.Verified)) {
          throw new IllegalStateException("a good token was refused");
        }
      }
      if (round == 2) {
        line("known, good", machine.getProcessCpuTime() - before, times, "");
      }
    }
  }

  /// @param apart whether each token comes from an address of its own, so that no limit holds
  private void report(String what, List<String> tokens, boolean apart) throws Exception {
    for (int round = 0; round < WARM; round++) {
      judge(ready(), tokens, apart);
    }
    long spent = 0;
    String outcome = "";
    for (int round = 0; round < MEASURED; round++) {
      TokenVerifier verifier = ready();
      long before = machine.getProcessCpuTime();
      outcome = judge(verifier, tokens, apart);
      spent += machine.getProcessCpuTime() - before;
    }
    line(what, spent, MEASURED * tokens.size(), outcome);
  }

  /// A verifier that has its keys, and has proved nothing that will be asked of it.
  private TokenVerifier ready() throws Exception {
    TokenVerifier verifier = verifier();
    judge(verifier, List.of(first), true);
    return verifier;
  }

  private static void line(String what, long nanos, int times, String outcome) {
    System.out.printf("%-42s %8.2f  %s%n", what, nanos / 1000.0 / times, outcome);
  }

  /// Judges tokens as the gate does: on a loop first, and where that cannot say on a virtual
  /// thread.
  private static String judge(TokenVerifier verifier, List<String> tokens, boolean apart)
      throws Exception {
    Map<TokenVerifier.Fault, Integer> faults = new EnumMap<>(TokenVerifier.Fault.class);
    int[] good = new int[1];
    try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore callers = new Semaphore(CALLERS);
      for (int i = 0; i < tokens.size(); i++) {
        String token = tokens.get(i);
        Ip source =
            apart ? Ip.of(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}) : HOME;
        try {
          count(verifier.verify(token, source), faults, good);
        } catch (WouldWait wait) {
          callers.acquire();
          waiting.execute(
              () -> {
                try {
                  count(verifier.verify(token, source), faults, good);
                } finally {
                  callers.release();
                }
              });
        }
      }
      waiting.shutdown();
      if (!waiting.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("some tokens are never judged");
      }
    }
    return "good " + good[0] + " " + faults;
  }

  private static synchronized void count(
      Verification answer, Map<TokenVerifier.Fault, Integer> faults, int[] good) {
    switch (answer) {
      case Verification.Verified _ -> good[0]++;
      case Verification.Refused(var fault) -> faults.merge(fault, 1, Integer::sum);
    }
  }

  private TokenVerifier verifier() {
    return workshop.verifier(
        IssuerSettings.of(
            "corp",
            ISSUER,
            List.of(AUDIENCE),
            Set.of(Algorithm.RS256, Algorithm.ES256),
            new KeySource.File(keys)));
  }

  private List<String> good(JWSAlgorithm algorithm, int count) throws Exception {
    boolean isRsa = algorithm.equals(JWSAlgorithm.RS256);
    JWSSigner signer = isRsa ? new RSASSASigner(rsa) : new ECDSASigner(ec);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String input = unsigned(algorithm.getName(), isRsa ? "rsa" : "ec", "g" + random.nextLong());
      tokens.add(
          input
              + "."
              + signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII)));
    }
    return tokens;
  }

  private List<String> forged() {
    Random bits = new Random(2);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      byte[] signature = new byte[64];
      bits.nextBytes(signature);
      signature[0] &= 0x7f;
      signature[32] &= 0x7f;
      tokens.add(
          unsigned("ES256", "ec", "f" + i)
              + "."
              + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }
    return tokens;
  }

  private List<String> unknown() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      tokens.add(forgedOne(i));
    }
    return tokens;
  }

  private String forgedOne(int number) {
    String signature =
        Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]).replace('A', 'B');
    return unsigned("ES256", "k" + number, "u") + "." + signature.substring(0, 85) + "A";
  }

  private static String unsigned(String algorithm, String kid, String id) {
    long now = System.currentTimeMillis() / 1000;
    return part("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\",\"typ\":\"at+jwt\"}")
        + "."
        + part(
            "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"user-%s\",\"client_id\":\"app\",\"scope\":\"orders:read orders:write\",\"jti\":\"%s\",\"tenant\":\"north\",\"iat\":%d,\"exp\":%d}"
                .formatted(ISSUER, AUDIENCE, id, id, now - 1, now + 3_600));
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
