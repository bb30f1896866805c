package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one operation was seen to be sent and to answer.
final class Contents {
  private static final int MOST_VALUES = 200;

  /// So many objects show what is always there; one shows what can be.
  private static final int ENOUGH = 2;

  private final Place place;

  Contents(Place place) {
    this.place = place;
  }

  /// What its requests carry, or null where they carry nothing.
  ///
  /// @param beside members that they may have as well, and what was seen there
  @Nullable Obj body(String method, List<Example> asked, Map<String, List<Node>> beside) {
    Map<String, List<Node>> values = new LinkedHashMap<>();
    Map<String, List<String>> files = new LinkedHashMap<>();
    int with = 0;
    for (Example each : asked) {
      Body body = each.body();
      if (body == null) {
        continue;
      }
      with++;
      List<Node> known = values.computeIfAbsent(body.type(), _ -> new ArrayList<>());
      switch (body) {
        case Body.Value(var _, Node value) -> add(known, value);
        case Body.Form form -> {
          known.add(form.object());
          form.fields().stream()
              .filter(Body.Field::file)
              .forEach(
                  one ->
                      files.computeIfAbsent(form.type(), _ -> new ArrayList<>()).add(one.name()));
        }
        case Body.Other _ -> {}
      }
    }
    if (values.isEmpty()) {
      return null;
    }
    Tree content = new Tree(place);
    values.forEach(
        (type, all) ->
            content.put(type, sent(method, all, files.getOrDefault(type, List.of()), beside)));
    return new Tree(place)
        .put("required", with == asked.size())
        .put("content", content.object())
        .object();
  }

  private static void add(List<Node> to, Node value) {
    if (to.size() < MOST_VALUES) {
      to.add(value);
    }
  }

  private Obj sent(
      String method, List<Node> values, List<String> files, Map<String, List<Node>> beside) {
    Tree media = new Tree(place);
    if (values.isEmpty()) {
      return media.put("schema", new Tree(place).put("type", "string").object()).object();
    }
    int enough = method.equals("PATCH") ? Integer.MAX_VALUE : 1;
    Obj schema = new Schemas(place, enough).of("", values);
    for (Map.Entry<String, List<Node>> each : beside.entrySet()) {
      List<String> at = List.of("properties", each.getKey());
      if (Json.at(schema, List.of("properties")) != null && Json.at(schema, at) == null) {
        Obj free = new Schemas(place, ENOUGH).of(each.getKey(), each.getValue());
        schema = (Obj) Json.with(schema, at, free);
      }
    }
    for (String each : files) {
      schema =
          (Obj)
              Json.with(
                  schema,
                  List.of("properties", each),
                  new Tree(place).put("type", "string").put("format", "binary").object());
    }
    media.put("schema", schema);
    values.stream()
        .filter(Contents::whole)
        .findFirst()
        .filter(_ -> files.isEmpty())
        .ifPresent(value -> media.put("example", harmless(value)));
    return media.object();
  }

  /// Whether each value of it is known.
  private static boolean whole(Node value) {
    return switch (value) {
      case Obj object -> object.entries().stream().allMatch(each -> whole(each.value()));
      case Arr(var _, List<Node> items) -> items.stream().allMatch(Contents::whole);
      case Node.Text(var _, String text) -> !PostmanBody.open(text);
      case Node.Num _, Node.Bool _, Node.Null _ -> true;
    };
  }

  /// With what is secret made up: nobody's password is tried, or printed.
  private static Node harmless(Node value) {
    return switch (value) {
      case Obj object -> {
        Map<String, Node> members = new LinkedHashMap<>();
        for (Node.Member each : object.entries()) {
          boolean secret = Credentials.secret(each.name());
          members.put(each.name(), secret ? madeUp(each.value()) : harmless(each.value()));
        }
        yield Json.of(members);
      }
      case Arr(var _, List<Node> items) -> Json.of(items.stream().map(Contents::harmless).toList());
      case Node.Text(var _, String text) when Credentials.telling(text) -> madeUp(value);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> value;
    };
  }

  private static Node madeUp(Node secret) {
    return switch (secret) {
      case Obj object -> {
        Map<String, Node> members = new LinkedHashMap<>();
        object.entries().forEach(each -> members.put(each.name(), madeUp(each.value())));
        yield Json.of(members);
      }
      case Arr(var _, List<Node> items) -> Json.of(items.stream().map(Contents::madeUp).toList());
      case Node.Text _ -> Json.of("probe");
      case Node.Num _ -> Json.of(1_234);
      case Node.Bool _, Node.Null _ -> secret;
    };
  }

  /// What it answered, by status.
  ///
  /// @param otherwise what it may answer, where no answer was seen
  Obj responses(List<Example> all, Map<String, List<Node>> otherwise) {
    Map<Integer, Map<String, List<Node>>> answers = new TreeMap<>();
    for (Example each : all) {
      for (Example.Answer answer : each.answers()) {
        Map<String, List<Node>> types =
            answers.computeIfAbsent(answer.status(), _ -> new LinkedHashMap<>());
        Node body = answer.body();
        if (body != null) {
          add(
              types.computeIfAbsent(
                  answer.type().isEmpty() ? "application/json" : answer.type(),
                  _ -> new ArrayList<>()),
              body);
        }
      }
    }
    Tree responses = new Tree(place);
    answers.forEach(
        (status, types) -> {
          Tree response = new Tree(place).put("description", "As it was seen");
          Tree content = new Tree(place);
          types.forEach(
              (type, values) ->
                  content.put(
                      type,
                      new Tree(place)
                          .put("schema", new Schemas(place, ENOUGH).of("", values))
                          .object()));
          if (!content.isEmpty()) {
            response.put("content", content.object());
          }
          responses.put(String.valueOf(status), response.object());
        });
    if (responses.isEmpty()) {
      Tree response = new Tree(place).put("description", "No answer was seen");
      if (!otherwise.isEmpty()) {
        Tree properties = new Tree(place);
        Schemas schemas = new Schemas(place, Integer.MAX_VALUE);
        otherwise.forEach((name, values) -> properties.put(name, schemas.of(name, values)));
        Obj schema =
            new Tree(place).put("type", "object").put("properties", properties.object()).object();
        Obj media = new Tree(place).put("schema", schema).object();
        response.put("content", new Tree(place).put("application/json", media).object());
      }
      responses.put("default", response.object());
    }
    return responses.object();
  }

  /// What a request carried.
  static Seen.Request seen(Map<String, String> path, Example example) {
    Map<String, String> query = new LinkedHashMap<>();
    for (Pair each : example.query()) {
      boolean secret =
          Credentials.key(each.name())
              || Credentials.secret(each.name())
              || Credentials.telling(each.value());
      if (!each.value().isEmpty() && !secret) {
        query.putIfAbsent(each.name(), each.value());
      }
    }
    Node body =
        switch (example.body()) {
          case Body.Value(var _, Node value) when whole(value) -> harmless(value);
          case Body.Form form -> harmless(form.object());
          case null, default -> null;
        };
    return new Seen.Request(path, query, body);
  }
}
