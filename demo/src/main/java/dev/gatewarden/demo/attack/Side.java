package dev.gatewarden.demo.attack;

import dev.gatewarden.demo.issuer.Issuer;
import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.demo.issuer.TokenWish;
import dev.gatewarden.demo.shop.Bank;
import dev.gatewarden.demo.shop.SharedCache;
import dev.gatewarden.demo.shop.Shelves;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One of the two ways to the shop: straight to it, or through the gate. Everything goes over real
/// sockets; only what happened in the shop is looked up beside them.
public final class Side {

  /// The way in.
  ///
  /// @param uri where the API is
  /// @param cache a shared cache in front of it
  public record Door(URI uri, SharedCache cache) {}

  private final Door door;
  private final Issuer issuer;
  private final Bank bank;
  private final Keys keys;
  private final Shelves shelves;
  private final Clock clock;
  private final HttpClient client;

  public Side(
      Door door,
      Issuer issuer,
      Bank bank,
      Keys keys,
      Shelves shelves,
      Clock clock,
      HttpClient client) {
    this.door = door;
    this.issuer = issuer;
    this.bank = bank;
    this.keys = keys;
    this.shelves = shelves;
    this.clock = clock;
    this.client = client;
  }

  /// Puts the shop back as it was, and empties the cache.
  public void reset() {
    shelves.reset();
    door.cache().clear();
  }

  /// What the shop really holds.
  public Shelves shelves() {
    return shelves;
  }

  /// An honest token.
  public String token(Person person) {
    return issuer.token(person);
  }

  public String token(TokenWish wish) {
    return issuer.token(wish);
  }

  /// An honest wish for a token, to be made worse.
  public TokenWish wish(Person person) {
    return issuer.wish(person);
  }

  /// The keys that partners hold.
  Keys keys() {
    return keys;
  }

  public Instant now() {
    return clock.instant();
  }

  /// @param token null sends none
  public Seen get(String path, @Nullable String token) throws IOException, InterruptedException {
    return send(request(door.uri(), path, token).GET());
  }

  public Seen getThroughCache(String path, @Nullable String token)
      throws IOException, InterruptedException {
    return send(request(door.cache().uri(), path, token).GET());
  }

  public Seen delete(String path, @Nullable String token) throws IOException, InterruptedException {
    return send(request(door.uri(), path, token).DELETE());
  }

  public Seen post(String path, @Nullable String token, String json)
      throws IOException, InterruptedException {
    return send(json(request(door.uri(), path, token), "POST", json));
  }

  public Seen patch(String path, @Nullable String token, String json)
      throws IOException, InterruptedException {
    return send(json(request(door.uri(), path, token), "PATCH", json));
  }

  /// An event as the bank sends it.
  public Seen event(String id, Instant sent, String json) throws IOException, InterruptedException {
    return event(id, sent, json, bank.sign(id, sent, json));
  }

  public Seen event(String id, Instant sent, String json, String signature)
      throws IOException, InterruptedException {
    return send(
        json(request(door.uri(), "/v1/webhooks/bank", null), "POST", json)
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(sent.getEpochSecond()))
            .header("webhook-signature", signature));
  }

  /// A request of any other kind, for [#send].
  public HttpRequest.Builder request(String path, @Nullable String token) {
    return request(door.uri(), path, token);
  }

  private static HttpRequest.Builder request(URI base, String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.Builder json(HttpRequest.Builder request, String method, String json) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(json));
  }

  public Seen send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return Seen.of(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }
}
