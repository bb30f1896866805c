package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.canon.TargetReader;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Target;
import dev.gatewarden.core.opaque.OpaqueType;
import dev.gatewarden.core.opaque.Tenant;
import dev.gatewarden.gateway.binder.opaque.Swapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ids of opaque types in the heads of one operation's requests: in the path, the query, header
/// fields and cookies.
public final class HeadIds {
  private final PathTemplate template;
  private final Map<String, Place> path = new HashMap<>();
  private final Map<String, Place> query = new HashMap<>();
  private final Map<String, Place> headers = new HashMap<>();
  private final Map<String, Place> cookies = new HashMap<>();
  private final @Nullable PageCursor cursor;

  /// Where ids of a type stand.
  ///
  /// @param list how several are parted, or null where there is one
  record Place(Selector at, OpaqueType type, @Nullable IdList list) {}

  HeadIds(PathTemplate template, List<Place> places, @Nullable PageCursor cursor) {
    this.template = template;
    this.cursor = cursor;
    for (Place place : places) {
      switch (place.at()) {
        case Selector.PathParameter(String name) -> path.put(name, place);
        case Selector.QueryParameter(String name) -> query.put(name, place);
        case Selector.Header(String name) -> headers.put(name.toLowerCase(Locale.ROOT), place);
        case Selector.Cookie(String name) -> cookies.put(name, place);
        default -> {}
      }
    }
  }

  boolean isEmpty() {
    return path.isEmpty()
        && query.isEmpty()
        && headers.isEmpty()
        && cookies.isEmpty()
        && cursor == null;
  }

  /// By what its pages are found; null where callers bring no cursors.
  public @Nullable PageCursor cursor() {
    return cursor;
  }

  /// Whether the query says where a page begins in a way that nobody was given.
  boolean astray(Query asked, Tenant tenant) {
    PageCursor pages = cursor;
    if (pages == null) {
      return false;
    }
    for (Query.Pair pair : asked.pairs()) {
      if (pages.bare(pair.name(), Swapping.INWARD)
          || (pages.is(pair.name(), Swapping.INWARD)
              && pages.pair(pair.value(), Swapping.INWARD, tenant) == null)) {
        return true;
      }
    }
    return false;
  }

  /// The exchange with the ids that the service has; the very same where there are none, null where
  /// the caller brought one that nobody was given.
  @Nullable Exchange inner(Exchange asked, Tenant tenant) {
    if (isEmpty()) {
      return asked;
    }
    Swapped to = target(asked.request().target(), asked.pathValues(), Swapping.INWARD, tenant);
    Headers fields = to == null ? null : fields(asked.request().headers(), tenant);
    return to == null || fields == null
        ? null
        : asked.with(asked.request().with(to.target(), fields), to.values());
  }

  /// A target with other ids.
  ///
  /// @param values of the path, decoded, in the order of the template
  public record Swapped(Target target, List<String> values) {}

  /// The target with the other ids; null where one has none.
  ///
  /// @param values of the path, decoded, in the order of the template
  public @Nullable Swapped target(Target before, List<String> values, Swapping way, Tenant tenant) {
    List<String> after = values(values, way, tenant);
    String pairs = after == null ? null : pairs(before.query(), way, tenant);
    if (after == null || pairs == null) {
      return null;
    }
    String text = path.isEmpty() ? before.path() : path(before.path(), values, after);
    String whole = pairs.isEmpty() ? text : text + "?" + pairs;
    return TargetReader.read(whole, Integer.MAX_VALUE, text.indexOf(';') >= 0)
            instanceof OneReading.Clear<Target>(Target target)
        ? new Swapped(target, after)
        : null;
  }

  private @Nullable List<String> values(List<String> values, Swapping way, Tenant tenant) {
    if (path.isEmpty()) {
      return values;
    }
    List<String> after = new ArrayList<>(values);
    for (int i = 0; i < after.size(); i++) {
      Place place = path.get(template.variables().get(i));
      String other = place == null ? values.get(i) : swapped(place, values.get(i), way, tenant);
      if (other == null) {
        return null;
      }
      after.set(i, other);
    }
    return after;
  }

  private static @Nullable String swapped(Place place, String text, Swapping way, Tenant tenant) {
    IdList list = place.list();
    if (list == null || list.repeated() || text.indexOf(list.delimiter()) < 0) {
      return way.text(place.type(), text, tenant);
    }
    StringBuilder all = new StringBuilder();
    for (int from = 0; from <= text.length(); ) {
      int end = text.indexOf(list.delimiter(), from);
      end = end < 0 ? text.length() : end;
      String each = text.substring(from, end);
      String other =
          way.text(
              place.type(), place.at() instanceof Selector.Header ? each.strip() : each, tenant);
      if (other == null || other.indexOf(list.delimiter()) >= 0) {
        return null;
      }
      all.append(from == 0 ? "" : list.delimiter()).append(other);
      from = end + 1;
    }
    return all.toString();
  }

  /// The template stands at the end of the path, behind what the API stands below.
  private String path(String before, List<String> values, List<String> after) {
    List<PathTemplate.Segment> segments = template.segments();
    String rest = before;
    String text = "";
    int value = values.size();
    for (int i = segments.size() - 1; i >= 0; i--) {
      int slash = rest.lastIndexOf('/');
      String segment = rest.substring(slash + 1);
      int count = variables(segments.get(i));
      value -= count;
      boolean changed = false;
      for (int k = value; k < value + count; k++) {
        changed |= !values.get(k).equals(after.get(k));
      }
      text = '/' + (changed ? written(segments.get(i), after, value) : segment) + text;
      rest = rest.substring(0, Math.max(0, slash));
    }
    return rest + text;
  }

  private static int variables(PathTemplate.Segment segment) {
    int count = 0;
    for (PathTemplate.Part part : segment.parts()) {
      count += part instanceof PathTemplate.Variable ? 1 : 0;
    }
    return count;
  }

  private String written(PathTemplate.Segment segment, List<String> values, int first) {
    StringBuilder text = new StringBuilder();
    int at = first;
    for (PathTemplate.Part part : segment.parts()) {
      switch (part) {
        case PathTemplate.Literal(String literal) -> text.append(PathReader.encode(literal));
        case PathTemplate.Variable(String name) -> {
          Place place = path.get(name);
          String encoded = PathReader.encode(values.get(at++));
          boolean one = place != null && place.list() == null;
          text.append(one ? encoded.replace(",", "%2C") : encoded);
        }
      }
    }
    return text.toString();
  }

  private @Nullable String pairs(Query before, Swapping way, Tenant tenant) {
    if ((query.isEmpty() && cursor == null) || before.pairs().isEmpty()) {
      return before.text();
    }
    String[] written = before.text().split("&", -1);
    StringBuilder text = new StringBuilder(before.text().length());
    for (int i = 0; i < written.length; i++) {
      Query.Pair pair = before.pairs().get(i);
      Place place = query.get(pair.name());
      text.append(i == 0 ? "" : "&");
      if (place == null) {
        String other = page(written[i], pair, way, tenant);
        if (other == null) {
          return null;
        }
        text.append(other);
        continue;
      }
      String other = swapped(place, pair.value(), way, tenant);
      if (other == null) {
        return null;
      }
      int equals = written[i].indexOf('=');
      text.append(written[i], 0, equals < 0 ? written[i].length() : equals).append('=');
      String encoded = PathReader.encode(other).replace("&", "%26").replace("+", "%2B");
      IdList list = place.list();
      boolean parted = list != null && !list.repeated();
      text.append(parted ? encoded : encoded.replace(",", "%2C"));
    }
    return text.toString();
  }

  /// A pair that holds no id, as it is written; null where it says a place that nobody was given.
  private @Nullable String page(String written, Query.Pair pair, Swapping way, Tenant tenant) {
    PageCursor pages = cursor;
    if (pages == null || !(pages.is(pair.name(), way) || pages.bare(pair.name(), way))) {
      return written;
    }
    return pages.bare(pair.name(), way) ? null : pages.pair(pair.value(), way, tenant);
  }

  private @Nullable Headers fields(Headers before, Tenant tenant) {
    Map<String, String> changed = null;
    for (Map.Entry<String, Place> each : headers.entrySet()) {
      String value = before.first(each.getKey());
      if (value != null) {
        String other = swapped(each.getValue(), value, Swapping.INWARD, tenant);
        // what comes twice has no one reading, and what stays public names nothing
        if (other == null || before.count(each.getKey()) > 1) {
          return null;
        }
        changed = changed == null ? new HashMap<>() : changed;
        changed.put(each.getKey(), other);
      }
    }
    if (!cookies.isEmpty() && before.count("cookie") > 0) {
      String line = cookies(before, tenant);
      if (line == null) {
        return null;
      }
      changed = changed == null ? new HashMap<>() : changed;
      changed.put("cookie", line);
    }
    return changed == null ? before : new OtherFields(before, changed);
  }

  /// All cookies in one line (RFC 9113, section 8.2.3).
  private @Nullable String cookies(Headers before, Tenant tenant) {
    if (!(Cookies.read(before.all("cookie")) instanceof OneReading.Clear<Cookies>(Cookies all))) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    for (Cookies.Cookie cookie : all.all()) {
      Place place = cookies.get(cookie.name());
      String value =
          place == null ? cookie.value() : swapped(place, cookie.value(), Swapping.INWARD, tenant);
      if (value == null || value.indexOf(';') >= 0 || (place != null && value.indexOf(' ') >= 0)) {
        return null;
      }
      line.append(line.isEmpty() ? "" : "; ").append(cookie.name()).append('=').append(value);
    }
    return line.toString();
  }
}
