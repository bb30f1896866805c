package dev.gatewarden.gateway.binder.normal;

import dev.gatewarden.core.canon.Ambiguity;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.canon.TargetReader;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Routing;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Request;
import dev.gatewarden.core.exchange.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings the parameters of one operation into their declared form: what is judged from here on,
/// and what is forwarded, is the request that comes out.
public final class HeadNormalization {
  private final @Nullable NormalParameter[] path;
  private final Map<String, NormalParameter> query = new HashMap<>();
  private final Map<String, NormalParameter> headers = new HashMap<>();

  HeadNormalization(List<String> variables, List<NormalParameter> parameters) {
    path = new NormalParameter[variables.size()];
    for (NormalParameter each : parameters) {
      Parameter parameter = each.parameter();
      switch (parameter.in()) {
        case PATH -> path[variables.indexOf(parameter.name())] = each;
        case QUERY -> query.put(parameter.name(), each);
        case HEADER -> headers.put(parameter.name().toLowerCase(Locale.ROOT), each);
        case COOKIE, QUERYSTRING -> {}
      }
    }
  }

  /// The request in its form; the very request where it is in it already; refused where the form
  /// leaves something that has no single reading.
  ///
  /// @param most the most parameters the query may have
  public OneReading<Request> apply(Request request, Routing.Matched matched, int most) {
    Target before = request.target();
    String text = path(before.path(), matched);
    String pairs = query.isEmpty() ? before.query().text() : pairs(before.query());
    Target after = before;
    if (!text.equals(before.path()) || !pairs.equals(before.query().text())) {
      String whole = pairs.isEmpty() ? text : text + "?" + pairs;
      switch (TargetReader.read(whole, most, text.indexOf(';') >= 0)) {
        case OneReading.Refused<Target>(Ambiguity why) -> {
          return OneReading.refused(why);
        }
        case OneReading.Clear<Target>(Target target) -> after = target;
      }
    }
    Headers fields = headers(request.headers());
    return after.equals(before) && fields == request.headers()
        ? OneReading.of(request)
        : OneReading.of(request.with(after, fields));
  }

  private String path(String canonical, Routing.Matched matched) {
    String text = canonical;
    for (int i = path.length - 1; i >= 0; i--) {
      NormalParameter parameter = path[i];
      if (parameter != null) {
        String before = PathReader.decode(canonical, matched.from(i), matched.to(i));
        String after = parameter.of(before);
        if (!after.equals(before)) {
          text =
              text.substring(0, matched.from(i))
                  + PathReader.encode(after).replace(",", "%2C")
                  + text.substring(matched.to(i));
        }
      }
    }
    return text;
  }

  private String pairs(Query before) {
    if (before.pairs().isEmpty()) {
      return before.text();
    }
    String[] written = before.text().split("&", -1);
    StringBuilder text = new StringBuilder(before.text().length());
    Set<Query.Pair> items = new HashSet<>();
    for (int i = 0; i < written.length; i++) {
      Query.Pair pair = before.pairs().get(i);
      NormalParameter parameter = query.get(pair.name());
      String value = parameter == null ? pair.value() : parameter.of(pair.value());
      if (parameter != null
          && parameter.itemwise()
          && parameter.form().uniqueItems()
          && !items.add(new Query.Pair(pair.name(), value))) {
        continue;
      }
      text.append(text.isEmpty() ? "" : "&");
      if (value.equals(pair.value())) {
        text.append(written[i]);
      } else {
        int equals = written[i].indexOf('=');
        text.append(written[i], 0, equals).append('=');
        // encoded as data; reading it again brings it into the canonical spelling
        text.append(
            PathReader.encode(value).replace(",", "%2C").replace("&", "%26").replace("+", "%2B"));
      }
    }
    return text.toString();
  }

  private Headers headers(Headers before) {
    Map<String, String> changed = null;
    for (Map.Entry<String, NormalParameter> each : headers.entrySet()) {
      String value = before.first(each.getKey());
      String after = value == null ? null : each.getValue().of(value);
      if (after != null && !after.equals(value)) {
        changed = changed == null ? new HashMap<>() : changed;
        changed.put(each.getKey(), after);
      }
    }
    return changed == null ? before : new NormalHeaders(before, changed);
  }
}
