package dev.gatewarden.acceptance.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.OwnGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// What no table has: requests with several things wrong at once, at any place, in any pieces,
/// behind
/// and before any other.
class SmugglingProperties {
  private static final int AT_A_TIME = 40;

  private static final List<String> SEEDS =
      List.of(
          Families.BEFORE,
          "HEAD /held/TAG HTTP/1.1\r\n" + Families.HOST + "\r\n",
          "OPTIONS /stream/TAG HTTP/1.1\r\n" + Families.HOST + "Content-Length: 5\r\n\r\nhello",
          Families.post("/stream", "Content-Length: 5\r\n", "hello"),
          Families.post("/stream", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
          Families.post("/stream", "Expect: 100-continue\r\nContent-Length: 5\r\n", "hello"),
          Families.post(
              "/stream", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"),
          "GET /none/TAG HTTP/1.1\r\n"
              + Families.HOST
              + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
          Families.CANARY);

  private static final List<String> PIECES = pieces();

  private static StrictEcho service;
  private static OwnGate gate;

  private static List<String> pieces() {
    List<String> all =
        new ArrayList<>(
            List.of(
                "\r\n",
                "\r",
                "\n",
                " ",
                "\t",
                ":",
                "\u0000",
                ";",
                ",",
                "0",
                "1",
                "\r\n\r\n",
                "\r\n ",
                "5\r\n",
                "0\r\n\r\n",
                "HTTP/1.0",
                "HTTP/1.1",
                "Content-Length: 0\r\n",
                "Content-Length: 5\r\n",
                "Connection: close\r\n",
                "Connection: keep-alive\r\n",
                "GET ",
                "POST ",
                Families.PREFIX));
    Obfuscations.codings().stream().limit(70).map(line -> line + "\r\n").forEach(all::add);
    Obfuscations.lengths(5).stream().limit(60).map(line -> line + "\r\n").forEach(all::add);
    return all;
  }

  @BeforeContainer
  static void open() throws IOException {
    service = StrictEcho.start();
    gate = SmugglingTest.before(service);
  }

  @AfterContainer
  static void close() throws IOException {
    gate.stop();
    try {
      Count count = new Count(gate.decisions());
      count.agreesWith(service);
      assertThat(count.forwarded()).isPositive();
    } finally {
      gate.close();
      service.close();
    }
  }

  @Provide
  Arbitrary<Smuggle> smuggles() {
    Arbitrary<List<String>> requests = Arbitraries.of(SEEDS).list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<List<Tuple.Tuple3<Integer, Integer, String>>> changes =
        Combinators.combine(
                Arbitraries.integers().between(0, 600),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(PIECES))
            .as(Tuple::of)
            .list()
            .ofMaxSize(3);
    Arbitrary<Integer> cut = Arbitraries.integers().between(0, 400);
    return Combinators.combine(requests, changes, cut).as(SmugglingProperties::changed);
  }

  private static Smuggle changed(
      List<String> requests, List<Tuple.Tuple3<Integer, Integer, String>> changes, int cut) {
    StringBuilder text = new StringBuilder(String.join("", requests).replace("TAG", "~"));
    for (var change : changes) {
      int at = change.get1() % text.length();
      int gone = Math.min(change.get2(), text.length() - at);
      text.replace(at, at + gone, change.get3());
    }
    String all = text.toString().replace("~", Smuggle.TAG) + Families.AFTER;
    int half = all.indexOf("\r\n", Math.min(cut, all.length() - 3));
    return half < 0
        ? Smuggle.of("any", "whole", all)
        : Smuggle.of("any", "in two", all.substring(0, half), all.substring(half));
  }

  @Property(tries = 25, seed = "9112")
  void each_connection_is_told_its_own(@ForAll("smuggles") Smuggle first, @ForAll long seed)
      throws Exception {
    List<Smuggle> many = new ArrayList<>();
    many.add(first);
    Arbitrary<Smuggle> others = smuggles();
    var random = new java.util.Random(seed);
    var generator = others.generator(1000);
    while (many.size() < AT_A_TIME) {
      many.add(generator.next(random).value());
    }
    for (Attackers.Told told : Attackers.attack(gate.uri(), many)) {
      var unused = Count.answersOwn(told);
    }
    assertThat(service.faults()).isEmpty();
  }
}
