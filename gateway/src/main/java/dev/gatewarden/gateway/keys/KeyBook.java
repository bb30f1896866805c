package dev.gatewarden.gateway.keys;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.gateway.identity.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Every key that was issued, by its id, in the order of issue; with the keyed digest of its text.
record KeyBook(Map<String, Entry> entries) {
  static final KeyBook EMPTY = new KeyBook(Map.of());

  private static final Bounds BOUNDS = new Bounds(32 << 20, 8, 2_000_000);
  private static final Place.Origin ORIGIN =
      new Place.Origin(URI.create("state:api-keys.json"), "api-keys");

  /// One key and the digest of its text, in hexadecimal.
  record Entry(ApiKey key, String digest) {}

  KeyBook {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /// The same book with some entries put in place of those of their id, or added.
  KeyBook with(Entry... changed) {
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    for (Entry entry : changed) {
      all.put(entry.key().id(), entry);
    }
    return new KeyBook(all);
  }

  /// The same book without what ended before an instant.
  KeyBook since(Instant instant) {
    Map<String, Entry> all = new LinkedHashMap<>();
    entries.forEach(
        (id, entry) -> {
          Instant ended = entry.key().ended();
          Instant end =
              ended != null && ended.isBefore(entry.key().expires())
                  ? ended
                  : entry.key().expires();
          if (!end.isBefore(instant)) {
            all.put(id, entry);
          }
        });
    return all.size() == entries.size() ? this : new KeyBook(all);
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder("[");
    String before = "\n";
    for (Entry entry : entries.values()) {
      text.append(before).append(JsonWriter.write(members(entry)));
      before = ",\n";
    }
    return text.append("\n]\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> members(Entry entry) {
    ApiKey key = entry.key();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", key.id());
    members.put("ring", key.ring());
    members.put("environment", key.environment());
    members.put("name", key.name());
    members.put("owner", key.owner());
    members.put("operations", key.operations());
    members.put("scopes", new TreeSet<>(key.scopes()));
    members.put("roles", new TreeSet<>(key.roles()));
    put(members, "tenant", key.tenant());
    members.put("created", key.created());
    members.put("expires", key.expires());
    members.put("state", key.state());
    put(members, "ended", key.ended());
    put(members, "successor", key.successor());
    members.put("digest", entry.digest());
    return members;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  /// The book that bytes hold.
  ///
  /// @throws IOException when they hold none
  static KeyBook read(byte[] content) throws IOException {
    try {
      Map<String, Entry> entries = new LinkedHashMap<>();
      if (new DocumentReader(BOUNDS).read(ORIGIN, content) instanceof Node.Arr all) {
        for (Node each : all.items()) {
          Entry entry = entry((Node.Obj) each);
          entries.put(entry.key().id(), entry);
        }
        return new KeyBook(entries);
      }
    } catch (ProblemsException
        | ClassCastException
        | DateTimeParseException
        | IllegalArgumentException broken) {
      throw new IOException("the kept API keys cannot be read", broken);
    }
    throw new IOException("the kept API keys cannot be read");
  }

  private static Entry entry(Node.Obj said) {
    String ended = text(said, "ended");
    ApiKey key =
        new ApiKey(
            needed(said, "id"),
            needed(said, "ring"),
            needed(said, "environment"),
            needed(said, "name"),
            needed(said, "owner"),
            texts(said, "operations"),
            new TreeSet<>(texts(said, "scopes")),
            new TreeSet<>(texts(said, "roles")),
            text(said, "tenant"),
            Instant.parse(needed(said, "created")),
            Instant.parse(needed(said, "expires")),
            ApiKey.State.valueOf(needed(said, "state")),
            ended == null ? null : Instant.parse(ended),
            text(said, "successor"));
    return new Entry(key, needed(said, "digest"));
  }

  private static String needed(Node.Obj said, String name) {
    String text = text(said, name);
    if (text == null) {
      throw new IllegalArgumentException("`" + name + "` is missing");
    }
    return text;
  }

  private static @Nullable String text(Node.Obj said, String name) {
    return said.get(name) instanceof Node.Text text ? text.value() : null;
  }

  private static List<String> texts(Node.Obj said, String name) {
    List<String> texts = new ArrayList<>();
    if (said.get(name) instanceof Node.Arr all) {
      all.items().forEach(each -> texts.add(((Node.Text) each).value()));
    }
    return texts;
  }

  /// When keys were last used, by id, as milliseconds: what a gate wrote, read back.
  static Map<String, Long> uses(byte[] content) {
    Map<String, Long> uses = new TreeMap<>();
    for (String line : new String(content, StandardCharsets.US_ASCII).split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        uses.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
      }
    }
    return uses;
  }

  static byte[] uses(Map<String, Long> uses) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(uses)
        .forEach((id, at) -> text.append(id).append(' ').append(at.longValue()).append('\n'));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
