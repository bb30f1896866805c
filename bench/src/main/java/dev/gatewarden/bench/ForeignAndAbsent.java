package dev.gatewarden.bench;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// How much longer the gate takes to keep back somebody else's object than to say that there is
/// none: pairs of both, interleaved, without sockets and without the service's own time.
///
/// A report and no bound: what a caller could measure is the service's own difference and the
/// network's noise on top.
public final class ForeignAndAbsent {
  private static final int PAIRS = 10_000;
  private static final int WARM_UP = 20_000;

  private final ShopWalks shop = new ShopWalks();
  private final RequestHead get = ShopWalks.head("GET", "/v1/orders/" + Payloads.ORDER_ID, 0);
  private final Bytes foreign =
      bytes(Payloads.order().replace("\"" + Identity.SUBJECT + "\"", "\"bob\""));
  private final Bytes absent = bytes("{\"title\":\"Not Found\",\"status\":404}");

  private ForeignAndAbsent() {}

  /// Prints the report.
  public static void main(String[] arguments) {
    new ForeignAndAbsent().report();
  }

  private void report() {
    for (int i = 0; i < WARM_UP; i++) {
      ofForeign();
      ofAbsent();
    }
    long[] one = new long[PAIRS];
    long[] other = new long[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      if ((i & 1) == 0) {
        one[i] = ofForeign();
        other[i] = ofAbsent();
      } else {
        other[i] = ofAbsent();
        one[i] = ofForeign();
      }
    }
    double told = told(one, other);
    long[] difference = new long[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      difference[i] = one[i] - other[i];
    }
    print("foreign", one);
    print("absent", other);
    print("foreign - absent", difference);
    line("one pair is told apart with a chance of %.1f %%", 100 * told);
  }

  private long ofForeign() {
    return shop.nanos(get, head(200, "application/json", foreign), foreign);
  }

  private long ofAbsent() {
    return shop.nanos(get, head(404, "application/problem+json", absent), absent);
  }

  /// The chance that the longer of two is the foreign one: 50 % where nothing can be told.
  private static double told(long[] one, long[] other) {
    long longer = 0;
    long equal = 0;
    for (int i = 0; i < PAIRS; i++) {
      longer += one[i] > other[i] ? 1 : 0;
      equal += one[i] == other[i] ? 1 : 0;
    }
    return (longer + equal / 2.0) / PAIRS;
  }

  private static void print(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    line(
        "%-18s median %7d ns   10 %% %7d   90 %% %7d",
        what, sorted[PAIRS / 2], sorted[PAIRS / 10], sorted[PAIRS * 9 / 10]);
  }

  private static void line(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }

  private static ResponseHead head(int status, String type, Bytes body) {
    return new ResponseHead(
        status,
        Lines.of("content-type", type, "date", "Thu, 15 Jan 2026 10:00:00 GMT"),
        body.length());
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
