package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a Postman request proves who sends it, as the `auth` of a request, a folder or a collection
/// says.
///
/// @param unknown variables of it that have no value
/// @param remark why it cannot be presented, or null
record PostmanAuth(List<Presented> presents, Set<String> unknown, @Nullable Problem remark) {

  PostmanAuth {
    presents = List.copyOf(presents);
  }

  /// @param auth the object under `auth`; null where nothing is presented
  static PostmanAuth of(@Nullable Obj auth, Variables variables) {
    if (auth == null) {
      return new PostmanAuth(List.of(), Set.of(), null);
    }
    return new Reading(auth, variables).read();
  }

  /// One reading, which remembers what had no value.
  private static final class Reading {
    private final String type;
    private final @Nullable Node settings;
    private final Place place;
    private final Variables variables;
    private final Set<String> unknown = new LinkedHashSet<>();

    Reading(Obj auth, Variables variables) {
      String said = Json.scalar(auth.get("type"));
      this.type = said == null ? "" : said;
      this.settings = auth.get(type);
      this.place = auth.place();
      this.variables = variables;
    }

    PostmanAuth read() {
      return switch (type) {
        case "noauth", "" -> new PostmanAuth(List.of(), Set.of(), null);
        case "bearer" -> presented(Where.HEADER, "Authorization", "Bearer ", value("token"));
        case "basic" -> basic();
        case "apikey" -> {
          String name = value("key");
          boolean query = value("in").equals("query");
          yield presented(
              query ? Where.QUERY : Where.HEADER,
              name.isEmpty() ? "X-Api-Key" : name,
              "",
              value("value"));
        }
        case "oauth2" -> {
          String prefix = value("headerPrefix");
          yield value("addTokenTo").equals("queryParams")
              ? presented(Where.QUERY, "access_token", "", value("accessToken"))
              : presented(
                  Where.HEADER,
                  "Authorization",
                  prefix.isEmpty() ? "Bearer " : prefix.strip() + " ",
                  value("accessToken"));
        }
        case "jwt" -> presented(Where.HEADER, "Authorization", "Bearer ", "");
        default ->
            new PostmanAuth(
                List.of(new Presented(Where.HEADER, "Authorization", "", "")),
                Set.of(),
                new Problem(
                    place,
                    "its `" + type + "` authorization is made anew for each request, and not here",
                    "give identities that present what the API takes"));
      };
    }

    private PostmanAuth basic() {
      String pair = value("username") + ":" + value("password");
      String coded =
          pair.equals(":") || !unknown.isEmpty()
              ? ""
              : Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      return presented(Where.HEADER, "Authorization", "Basic ", coded);
    }

    /// A secret that is not wholly known is none.
    private PostmanAuth presented(Where where, String name, String prefix, String secret) {
      String known = unknown.isEmpty() ? secret : "";
      return new PostmanAuth(List.of(new Presented(where, name, prefix, known)), unknown, null);
    }

    /// One of the settings: v2.1 has them in a list, v2.0 in an object.
    private String value(String name) {
      Node value = settings instanceof Obj object ? object.get(name) : null;
      if (settings instanceof Arr(var _, List<Node> items)) {
        for (Node each : items) {
          if (each instanceof Obj pair && name.equals(Json.scalar(pair.get("key")))) {
            value = pair.get("value");
          }
        }
      }
      String text = Json.scalar(value);
      if (text == null) {
        return "";
      }
      Variables.Filled filled = variables.fill(text, place);
      unknown.addAll(filled.unknown());
      return filled.text();
    }
  }
}
