package dev.gatewarden.demo.broken;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Requests that nobody means well with, for every operation of a contract.
final class Oddities {

  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "x",
          "1e3",
          "999999999999999999999",
          "%00",
          "..%2F..%2Fetc",
          "%E2%82%AC",
          "a".repeat(300),
          "%27%20OR%20%271%27%3D%271");

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "\"text\"",
          "{}",
          "{\"data\":null}",
          "{\"data\":{\"type\":[],\"attributes\":\"a\",\"relationships\":7}}",
          "{\"address\":{},\"weightGrams\":1e400,\"text\":[],\"invoice_ids\":[{}]}",
          "{\"id\":1,\"id\":2}",
          "{\"text\":\"\\ud800\",\"role\":{},\"settings\":[]}",
          "[".repeat(20_000),
          "a=1&a=2&&=&%=%zz",
          "user=%00&id=abc&code=%F0&csrf_token=",
          "--b\r\n\r\n--b--",
          "x".repeat(70_000));

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-www-form-urlencoded",
          "application/vnd.api+json",
          "multipart/form-data; boundary=b",
          "multipart/form-data",
          "text/plain");

  private Oddities() {}

  /// Sends all of them.
  static void to(List<Operation> operations, Visitor visitor) {
    for (Operation operation : operations) {
      String path = operation.path().text();
      String usual = path.replaceAll("\\{[^}]*\\}", "1");
      for (String value : VALUES) {
        visitor.send(operation.method(), path.replaceAll("\\{[^}]*\\}", value), null);
        for (Parameter parameter : operation.parameters()) {
          if (parameter.in() == Parameter.In.QUERY) {
            String name = URLEncoder.encode(parameter.name(), StandardCharsets.UTF_8);
            visitor.send(operation.method(), usual + "?" + name + "=" + value, null);
          }
        }
      }
      if (operation.body() != null) {
        for (String body : BODIES) {
          for (String type : TYPES) {
            visitor.with("Content-Type", type).send(operation.method(), usual, body);
          }
        }
      }
      for (String token : List.of("Bearer", "Bearer a.b.c", "Basic !", "Bearer e30.e30.", "x")) {
        visitor.with("Authorization", token).send(operation.method(), usual, null);
      }
    }
  }
}
