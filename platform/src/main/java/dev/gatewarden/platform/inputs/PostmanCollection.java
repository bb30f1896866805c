package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.platform.discovery.Har;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The requests of a Postman collection, v2.0 or v2.1, with what their variables stand for and what
/// they inherit from their folders. Its scripts are not run.
final class PostmanCollection {
  private static final int DEEPEST = 64;

  /// `pm.environment.set("token", …)`, and how it was written before.
  private static final Pattern SETS =
      Pattern.compile(
          "(?:pm\\.(?:environment|collectionVariables|globals|variables)\\.set"
              + "|postman\\.set(?:Environment|Global)Variable)\\(\\s*[\"'`]([^\"'`]+)[\"'`]");

  private final Obj root;
  private final @Nullable Obj environment;
  private final List<Remark> remarks;
  private final List<Example> examples = new ArrayList<>();

  /// By variable, the request whose script sets it.
  private final Map<String, String> set = new LinkedHashMap<>();

  private final Set<String> remarked = new LinkedHashSet<>();

  /// What a request inherits.
  private record Level(Variables variables, @Nullable Obj auth, int depth) {}

  PostmanCollection(Obj root, @Nullable Obj environment, List<Remark> remarks) {
    this.root = root;
    this.environment = environment;
    this.remarks = remarks;
  }

  /// @throws ProblemsException where the collection cannot be understood
  List<Example> read() {
    scripts(root, "the collection");
    Level top = level(root, new Level(Variables.none(), null, 0));
    each(root.get("item"), top);
    return examples;
  }

  /// What the collection itself, or else its first request that has one, presents.
  ///
  /// @throws ProblemsException where it has none, or a variable of it has no value
  List<Presented> credential() {
    Level top = level(root, new Level(Variables.none(), null, 0));
    PostmanAuth auth = PostmanAuth.of(top.auth(), environment(top.variables()));
    if (auth.presents().isEmpty()) {
      for (Example each : read()) {
        if (each.presents().stream().anyMatch(one -> !one.secret().isEmpty())) {
          return each.presents();
        }
      }
    }
    Place place = top.auth() == null ? root.place() : top.auth().place();
    if (!auth.unknown().isEmpty()) {
      throw wrong(
          place,
          "`{{" + String.join("}}` and `{{", auth.unknown()) + "}}` of its `auth` has no value",
          "name the environment that has it in the place of the collection");
    }
    if (auth.presents().isEmpty() || auth.presents().getFirst().secret().isEmpty()) {
      throw wrong(place, "the collection presents no credential", "write a `token` or a `login`");
    }
    return auth.presents();
  }

  private Level level(Obj item, Level outer) {
    Variables variables = outer.variables().inner(item.get("variable"));
    Obj auth = outer.auth();
    if (item.get("auth") instanceof Obj own && !"inherit".equals(Json.scalar(own.get("type")))) {
      auth = own;
    }
    return new Level(variables, auth, outer.depth() + 1);
  }

  private Variables environment(Variables variables) {
    return environment == null ? variables : variables.inner(environment.get("values"));
  }

  private void each(@Nullable Node items, Level level) {
    if (!(items instanceof Arr(var _, List<Node> all))) {
      return;
    }
    for (Node each : all) {
      if (!(each instanceof Obj item) || Variables.off(item)) {
        continue;
      }
      Level here = level(item, level);
      if (here.depth() > DEEPEST) {
        throw wrong(item.place(), "folders are nested deeper than " + DEEPEST + " levels", "");
      }
      String name = name(item);
      if (item.get("item") != null) {
        scripts(item, "the folder `" + name + "`");
        each(item.get("item"), here);
      } else if (item.get("request") != null) {
        scripts(item, name.isEmpty() ? "a request" : "`" + name + "`");
        item(item, name, here);
      }
    }
  }

  /// As its author calls it; what Postman calls it by its address has no name, and may hold
  /// secrets.
  private static String name(Obj item) {
    String name = Json.scalar(item.get("name"));
    boolean address =
        name != null
            && (name.contains("://")
                || name.contains("{{")
                || (name.indexOf('?') >= 0 && name.indexOf('=') >= 0));
    return name == null || address ? "" : name;
  }

  private void item(Obj item, String name, Level level) {
    Node node = java.util.Objects.requireNonNull(item.get("request"));
    Obj request = node instanceof Obj object ? object : Json.of(Map.of("url", node));
    Place place = node.place();
    Level here =
        request.get("auth") instanceof Obj
            ? level(Json.without(request, "variable"), level)
            : level;
    Variables variables = environment(here.variables());
    Asked asked = asked(request, name, place, variables, here.auth());
    if (asked == null) {
      return;
    }
    List<Example> answered = new ArrayList<>();
    if (item.get("response") instanceof Arr(var _, List<Node> responses)) {
      for (Node each : responses) {
        if (each instanceof Obj response) {
          answered(response, name, variables, here, asked, answered);
        }
      }
    }
    examples.add(asked.example(List.of()));
    examples.addAll(answered);
  }

  /// A saved answer, to the request as it was then.
  private void answered(
      Obj response, String name, Variables variables, Level level, Asked now, List<Example> to) {
    String code = Json.scalar(response.get("code"));
    if (code == null || !code.matches("[1-5][0-9][0-9]")) {
      return;
    }
    String text = Json.scalar(response.get("body"));
    Node body = text == null || text.isBlank() ? null : json(response, text);
    String type = type(headers(response.get("header"), variables, response.place()));
    Example.Answer answer =
        new Example.Answer(
            Integer.parseInt(code),
            type.isEmpty() && body != null ? "application/json" : type,
            body);
    Asked then =
        response.get("originalRequest") instanceof Obj original
            ? asked(original, name, response.place(), variables, level.auth())
            : null;
    to.add((then == null ? now : then).example(List.of(answer)));
  }

  private static @Nullable Node json(Obj at, String text) {
    return Har.json(at.place().origin(), text.getBytes(StandardCharsets.UTF_8));
  }

  /// A request before anything answered it.
  private record Asked(
      Place place,
      String name,
      String method,
      PostmanUrl url,
      List<Pair> headers,
      @Nullable Body body,
      List<Presented> presents) {
    Example example(List<Example.Answer> answers) {
      return new Example(
          place,
          name,
          method,
          url.site(),
          url.path(),
          url.query(),
          headers,
          body,
          presents,
          answers);
    }
  }

  private @Nullable Asked asked(
      Obj request, String name, Place place, Variables variables, @Nullable Obj auth) {
    String said = Json.scalar(request.get("method"));
    String method = said == null || said.isBlank() ? "GET" : said.toUpperCase(Locale.ROOT);
    PostmanUrl url = PostmanUrl.of(request.get("url"), place, variables);
    url.unknown().forEach(each -> unknown(each, name, place));
    List<Pair> headers = headers(request.get("header"), variables, place);
    PostmanAuth shown = PostmanAuth.of(auth, variables);
    if (shown.remark() != null && remarked.add("auth " + shown.remark().place().pointer())) {
      remarks.add(new Remark(name, shown.remark()));
    }
    List<Presented> presents = new ArrayList<>(shown.presents());
    if (presents.isEmpty()) {
      presents.addAll(Credentials.in(headers, url.query()));
    }
    PostmanBody body = PostmanBody.of(request.get("body"), variables, type(headers));
    body.unknown().forEach(each -> unknown(each, name, place));
    if (body.why() != null) {
      remarks.add(new Remark(name, new Problem(place, body.why())));
      return null;
    }
    return new Asked(place, name, method, url, headers, body.body(), presents);
  }

  private static String type(List<Pair> headers) {
    return headers.stream()
        .filter(each -> each.name().equalsIgnoreCase("content-type"))
        .map(each -> Recording.media(each.value()))
        .findFirst()
        .orElse("");
  }

  /// Headers are a list of objects, or in v2.0 a text with a line for each.
  private static List<Pair> headers(@Nullable Node node, Variables variables, Place place) {
    List<Pair> headers = new ArrayList<>();
    if (node instanceof Arr(var _, List<Node> items)) {
      for (Node each : items) {
        if (each instanceof Obj header && !Variables.off(header)) {
          String name = Json.scalar(header.get("key"));
          String value = Json.scalar(header.get("value"));
          if (name != null && !name.isBlank()) {
            headers.add(
                new Pair(name.strip(), variables.fill(value == null ? "" : value, place).text()));
          }
        }
      }
    } else if (node instanceof Node.Text(var _, String text)) {
      for (String line : text.split("\\R", -1)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers.add(
              new Pair(
                  line.substring(0, colon).strip(),
                  variables.fill(line.substring(colon + 1).strip(), place).text()));
        }
      }
    }
    return headers;
  }

  private void scripts(Obj item, String owner) {
    if (!(item.get("event") instanceof Arr(var _, List<Node> events))) {
      return;
    }
    for (Node each : events) {
      if (each instanceof Obj event && event.get("script") instanceof Obj script) {
        String text = lines(script.get("exec"));
        Matcher sets = SETS.matcher(text);
        while (sets.find()) {
          set.putIfAbsent(sets.group(1), owner);
        }
        boolean before = "prerequest".equals(Json.scalar(event.get("listen")));
        if (before && text.lines().anyMatch(PostmanCollection::does)) {
          remarks.add(
              new Remark(
                  "",
                  new Problem(
                      event.place(),
                      "the script before requests of " + owner + " is not run",
                      "what it would set is given by `--environment`, or by identities")));
        }
      }
    }
  }

  private static boolean does(String line) {
    return !line.isBlank() && !line.strip().startsWith("//");
  }

  private static String lines(@Nullable Node exec) {
    if (exec instanceof Arr(var _, List<Node> items)) {
      StringBuilder text = new StringBuilder();
      items.forEach(each -> text.append(Json.scalar(each)).append('\n'));
      return text.toString();
    }
    String text = Json.scalar(exec);
    return text == null ? "" : text;
  }

  private void unknown(String variable, String request, Place place) {
    if (remarked.add(variable)) {
      String setter = set.get(variable);
      remarks.add(
          new Remark(
              request,
              new Problem(
                  place,
                  "`{{"
                      + variable
                      + "}}` has no value"
                      + (setter == null
                          ? ""
                          : ": a script of " + setter + " sets it, and scripts are not run"),
                  "give it one in the collection, or by `--environment`")));
    }
  }

  static ProblemsException wrong(Place place, String message, String advice) {
    return new ProblemsException(List.of(new Problem(place, message, advice)));
  }
}
