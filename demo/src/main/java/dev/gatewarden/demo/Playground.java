package dev.gatewarden.demo;

import com.nimbusds.jose.jwk.JWKSet;
import dev.gatewarden.demo.attack.Contest;
import dev.gatewarden.demo.attack.Keys;
import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.issuer.Issuer;
import dev.gatewarden.demo.issuer.IssuerKeys;
import dev.gatewarden.demo.issuer.TokenWish;
import dev.gatewarden.demo.shop.Bank;
import dev.gatewarden.demo.shop.Caller;
import dev.gatewarden.demo.shop.Callers;
import dev.gatewarden.demo.shop.Fault;
import dev.gatewarden.demo.shop.SharedCache;
import dev.gatewarden.demo.shop.Shop;
import dev.gatewarden.demo.shop.VerifyingCallers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything the demonstration needs, running on loopback.
public final class Playground implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Clock clock = Clock.systemUTC();
  private final HttpClient client;
  private final Bank bank;
  private final Keys partners;
  private final StateFolder state;
  private final Ports ports;
  private final Issuer issuer;
  private final Shop shop;
  private final SharedCache cacheOfShop;
  private volatile @Nullable RunningGate gate;

  private Playground(StateFolder state, Set<Fault> faults, Ports ports) throws IOException {
    this.state = state;
    this.ports = ports;
    this.client =
        closing(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build());
    try {
      this.bank = new Bank(state.secret("bank.secret", Bank::freshSecret));
      this.partners = PartnerKeys.issued(state.path(), clock);
      IssuerKeys keys = IssuerKeys.in(state);
      this.issuer = closing(Issuer.start(ports.issuer(), keys, clock));
      this.shop =
          closing(
              Shop.start(ports.shop(), faults, callers(keys), bank, partners.warehouse(), clock));
      this.cacheOfShop = closing(SharedCache.start(ports.cacheOfShop(), shop.uri(), clock));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Starts issuer, shop and cache; the gate comes later.
  public static Playground start(StateFolder state, Set<Fault> faults, Ports ports)
      throws IOException {
    return new Playground(state, faults, ports);
  }

  public Issuer issuer() {
    return issuer;
  }

  public Shop shop() {
    return shop;
  }

  public Bank bank() {
    return bank;
  }

  public SharedCache cacheOfShop() {
    return cacheOfShop;
  }

  /// The example's configuration for a gate in front of this shop.
  ///
  /// @param ports where the gate shall listen
  public ShopFiles files(Tree tree, Ports ports) {
    return new ShopFiles(tree)
        .listening(ports.gate(), ports.admin())
        .issuer(issuer.uri())
        .upstream(shop.uri())
        .state(state);
  }

  /// Whom a shop believes that does it right: the issuer, and the gate in front of it.
  private Callers callers(IssuerKeys keys) {
    Callers issued =
        new VerifyingCallers(issuer.uri().toString(), TokenWish.AUDIENCE, keys::set, clock);
    Callers passed = new VerifyingCallers("gatewarden", "shop", this::keysOfTheGate, clock);
    return token -> {
      Caller caller = issued.of(token);
      return caller == null ? passed.of(token) : caller;
    };
  }

  private JWKSet keysOfTheGate() {
    RunningGate opened = gate;
    if (opened == null) {
      return new JWKSet();
    }
    try {
      return JWKSet.load(opened.admin().resolve("/.well-known/jwks.json").toURL());
    } catch (IOException | ParseException e) {
      return new JWKSet();
    }
  }

  /// The way straight to the shop.
  public Side naked() {
    return side(new Side.Door(shop.uri(), cacheOfShop));
  }

  private Side side(Side.Door door) {
    return new Side(door, issuer, bank, partners, shop.shelves(), clock, client);
  }

  /// Opens a gate in front of the shop.
  ///
  /// @param without a guard to leave out, or the empty text
  public RunningGate gate(ShopFiles files, String without) throws IOException {
    RunningGate opened = closing(OpenedGate.open(files.placed(state), state, without));
    gate = opened;
    return opened;
  }

  /// The way through the gate, with a shared cache of its own in front.
  ///
  /// @throws IOException when the cache's port is taken
  public Side behind(RunningGate gate) throws IOException {
    return side(
        new Side.Door(
            gate.uri(), closing(SharedCache.start(ports.cacheOfGate(), gate.uri(), clock))));
  }

  /// The attacks, on the naked shop alone.
  public Contest contest() {
    return new Contest(shop, naked(), null, _ -> "");
  }

  /// The attacks, on the naked shop and behind the gate.
  public Contest contest(RunningGate gate) throws IOException {
    return new Contest(shop, naked(), behind(gate), decisions(gate));
  }

  /// Why the gate said what it said, as its own surface tells; empty where it does not.
  public String reason(RunningGate gate, Seen seen) throws IOException, InterruptedException {
    return decisions(gate).of(seen);
  }

  private Decisions decisions(RunningGate gate) {
    return new Decisions(client, gate.admin(), gate.operatorToken());
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("could not stop", e);
      }
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }
}
