package dev.gatewarden.bench;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.gateway.state.LocalRelations;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/// What object checks add to a request with everything in memory, and what the gate adds between a
/// foreign object and an absent one: every room but the sockets, interleaved in one run.
public final class ObjectCosts {
  private static final int WARM_UP = 60_000;
  private static final int ROUNDS = 11;
  private static final int REQUESTS = 20_000;
  private static final int PAIRS = 10_000;
  private static final Set<String> OFF = Set.of("object-owner", "object-release");
  private static final String TARGET = "/v1/orders/" + Payloads.ORDER_ID;

  private ObjectCosts() {}

  public static void main(String[] arguments) {
    Bytes order = bytes(Payloads.order());
    Bytes made = bytes(Payloads.newOrder());
    Bytes change = bytes("{\"note\":\"please ring twice\"}");
    RequestHead get = ShopWalks.head("GET", TARGET, 0);
    RequestHead post = ShopWalks.head("POST", "/v1/orders", made.length());
    RequestHead patch = ShopWalks.head("PATCH", TARGET, change.length());
    costs("GET, judged by the answer", get, Bytes.NONE, 200, order, nothing());
    costs("GET, the owner learned", get, Bytes.NONE, 200, order, learned());
    costs("POST that creates", post, made, 201, order, nothing());
    costs("PATCH, the owner learned", patch, change, 200, order, learned());
    between("GET, judged by the answer", get, order, (_, _, _, _) -> Lookups.absent());
    between("DELETE, looked up", ShopWalks.head("DELETE", TARGET, 0), order, alternating());
  }

  private static Relations nothing() {
    return new LocalRelations(1000);
  }

  private static Relations learned() {
    Relations relations = new LocalRelations(1000);
    relations.learn(
        new Relations.Key("shop", "order", Payloads.ORDER_ID),
        new Relations.Relation(Identity.SUBJECT, "north", Map.of()));
    return relations;
  }

  private static void costs(
      String name, RequestHead head, Bytes body, int status, Bytes answer, Relations relations) {
    Lookups absent = (_, _, _, _) -> Lookups.absent();
    ShopWalks with = new ShopWalks(Set.of(), absent, relations);
    ShopWalks without = new ShopWalks(OFF, absent, relations);
    ResponseHead answered = head(status, answer);
    walks(with, WARM_UP, head, body, answered, answer);
    walks(without, WARM_UP, head, body, answered, answer);
    double[] more = new double[ROUNDS];
    double[] all = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      double on = walks(with, REQUESTS, head, body, answered, answer);
      double off = walks(without, REQUESTS, head, body, answered, answer);
      all[i] = on;
      more[i] = on - off;
    }
    System.out.printf(
        "%-28s %7.0f ns, of which object checks %6.0f ns%n", name, median(all), median(more));
  }

  private static double walks(
      ShopWalks shop,
      int count,
      RequestHead head,
      Bytes body,
      ResponseHead answered,
      Bytes answer) {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      shop.walk(head, body, answered, answer);
    }
    return (System.nanoTime() - began) / (double) count;
  }

  /// Finds another's object and none in turn.
  private static Lookups alternating() {
    return new Lookups() {
      private boolean there;

      @Override
      public Answer lookUp(
          ObjectType type,
          String id,
          Map<String, String> within,
          dev.gatewarden.core.exchange.Exchange cause) {
        there = !there;
        return there
            ? new Answer.Found(
                new ObjectFacts(Fact.of(id), Fact.of("bob"), Fact.of("north"), Map.of(), 0, 0))
            : Lookups.absent();
      }
    };
  }

  private static void between(String name, RequestHead head, Bytes order, Lookups lookups) {
    ShopWalks shop = new ShopWalks(Set.of(), lookups, nothing());
    Bytes foreign = bytes(order.utf8().replace(Identity.SUBJECT, "bob"));
    Bytes none = bytes("{\"title\":\"no such order\",\"status\":404}");
    ResponseHead found = head(200, foreign);
    ResponseHead absent =
        new ResponseHead(404, Lines.of("content-type", "application/problem+json"), none.length());
    double[] difference = new double[PAIRS];
    double[] first = new double[PAIRS];
    for (int i = -WARM_UP; i < PAIRS; i++) {
      long began = System.nanoTime();
      int one = shop.refused(head, found, foreign);
      long middle = System.nanoTime();
      int other = shop.refused(head, absent, none);
      long end = System.nanoTime();
      if (one != 404 || other != 404) {
        throw new IllegalStateException("answered " + one + " and " + other);
      }
      if (i >= 0) {
        first[i] = middle - began;
        difference[i] = (middle - began) - (end - middle);
      }
    }
    System.out.printf(
        "%-28s %7.0f ns, foreign over absent %6.0f ns in the median of %d pairs%n",
        name, median(first), median(difference), PAIRS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static ResponseHead head(int status, Bytes body) {
    return new ResponseHead(
        status,
        Lines.of("content-type", "application/json", "date", "Thu, 15 Jan 2026 10:00:00 GMT"),
        body.length());
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
