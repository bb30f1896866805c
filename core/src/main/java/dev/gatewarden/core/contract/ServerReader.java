package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads where an API says it stands.
final class ServerReader {
  private final Notes notes;

  ServerReader(Notes notes) {
    this.notes = notes;
  }

  List<Server> servers(@Nullable Node node, Place root) {
    List<Server> servers = new ArrayList<>();
    for (Node each : Nodes.items(node)) {
      Obj object = Nodes.object(each);
      String url = object == null ? null : Nodes.text(object.get("url"));
      if (object == null || url == null) {
        notes.warning(each.place(), "a server without `url` says nothing");
        continue;
      }
      servers.add(server(filled(url, Nodes.object(object, "variables"), object), object));
    }
    return servers.isEmpty() ? List.of(new Server("/", null, "", root)) : servers;
  }

  private String filled(String url, @Nullable Obj variables, Obj server) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    while (true) {
      int open = url.indexOf('{', from);
      int close = open < 0 ? -1 : url.indexOf('}', open);
      if (close < 0) {
        return filled.append(url, from, url.length()).toString();
      }
      filled.append(url, from, open);
      String name = url.substring(open + 1, close);
      Obj variable = Nodes.object(variables, name);
      String value = variable == null ? null : Nodes.scalar(variable.get("default"));
      if (value == null) {
        notes.warning(
            server.place(), "the server's variable `" + Nodes.shown(name) + "` has no default");
        value = "";
      }
      filled.append(value);
      from = close + 1;
    }
  }

  private Server server(String url, Obj object) {
    try {
      URI uri = new URI(url.strip());
      String host = uri.getHost();
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      while (path.endsWith("/")) {
        path = path.substring(0, path.length() - 1);
      }
      return new Server(
          url,
          host == null ? null : host.toLowerCase(Locale.ROOT),
          path.isEmpty() || path.startsWith("/") ? path : "/" + path,
          object.place());
    } catch (URISyntaxException wrong) {
      notes.warning(object.place(), "the server's `url` is no URL: `" + Nodes.shown(url) + "`");
      return new Server(url, null, "", object.place());
    }
  }
}
