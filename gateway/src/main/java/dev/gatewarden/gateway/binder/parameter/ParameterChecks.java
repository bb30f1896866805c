package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.canon.Cookies;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the parameters of one operation: the declared ones by their schemas; a query parameter
/// that nobody declared, or one that comes twice, breaks
/// the contract by itself.
public final class ParameterChecks {
  private final @Nullable ParameterCheck[] path;
  private final List<ParameterCheck> query;
  private final List<ParameterCheck> headers;
  private final List<ParameterCheck> cookies;

  public ParameterChecks(List<String> variables, List<ParameterCheck> all) {
    path = new ParameterCheck[variables.size()];
    query = new ArrayList<>();
    headers = new ArrayList<>();
    cookies = new ArrayList<>();
    for (ParameterCheck check : all) {
      switch (check.parameter().in()) {
        case PATH -> {
          int at = variables.indexOf(check.parameter().name());
          if (at >= 0) {
            path[at] = check;
          }
        }
        case QUERY, QUERYSTRING -> query.add(check);
        case HEADER -> headers.add(check);
        case COOKIE -> cookies.add(check);
      }
    }
  }

  /// Whether all parameters are what the contract promises.
  public boolean conform(Exchange exchange) {
    return judge(exchange, null);
  }

  /// What is wrong with them.
  public List<Detail> explain(Exchange exchange) {
    List<Detail> details = new ArrayList<>();
    judge(exchange, details);
    return details;
  }

  private boolean judge(Exchange exchange, @Nullable List<Detail> details) {
    boolean good = inPath(exchange, details);
    if (good || details != null) {
      good &= inQuery(exchange.request().target().query(), details);
    }
    if (good || details != null) {
      good &= inHeaders(exchange, details);
    }
    if (!cookies.isEmpty() && (good || details != null)) {
      good &= inCookies(exchange, details);
    }
    return good;
  }

  private boolean inPath(Exchange exchange, @Nullable List<Detail> details) {
    boolean good = true;
    for (int i = 0; i < path.length; i++) {
      ParameterCheck check = path[i];
      if (check != null) {
        good &= one(check, exchange.pathValues().get(i), details);
      }
    }
    return good;
  }

  private boolean inQuery(Query given, @Nullable List<Detail> details) {
    boolean good = true;
    List<Query.Pair> pairs = given.pairs();
    for (int i = 0; i < pairs.size(); i++) {
      if (find(pairs.get(i).name()) == null) {
        good = false;
        add(details, "query", "a query parameter that this operation does not have");
      }
    }
    for (int i = 0; i < query.size(); i++) {
      ParameterCheck check = query.get(i);
      int count = given.count(check.parameter().name());
      if (count == 0) {
        good &= absent(check, details);
      } else if (check.takesMany() && check.parameter().explode()) {
        good &= many(check, given, details);
      } else if (count > 1) {
        good = false;
        add(details, check.where(), "the parameter is given more than once");
      } else {
        good &=
            one(
                check,
                java.util.Objects.requireNonNull(given.first(check.parameter().name())),
                details);
      }
    }
    return good;
  }

  private boolean inHeaders(Exchange exchange, @Nullable List<Detail> details) {
    boolean good = true;
    for (int i = 0; i < headers.size(); i++) {
      ParameterCheck check = headers.get(i);
      String name = check.parameter().name();
      String value = exchange.request().headers().first(name);
      if (value == null) {
        good &= absent(check, details);
      } else if (exchange.request().headers().count(name) > 1) {
        good = false;
        add(details, check.where(), "the header is given more than once");
      } else {
        good &= one(check, value, details);
      }
    }
    return good;
  }

  private boolean inCookies(Exchange exchange, @Nullable List<Detail> details) {
    if (!(Cookies.read(exchange.request().headers().all("cookie"))
        instanceof OneReading.Clear<Cookies>(Cookies given))) {
      add(details, "cookie", "the cookies have no single reading");
      return false;
    }
    boolean good = true;
    for (ParameterCheck check : cookies) {
      String value = given.only(check.parameter().name());
      if (given.count(check.parameter().name()) > 1) {
        good = false;
        add(details, check.where(), "the cookie is given more than once");
      } else if (value == null) {
        good &= absent(check, details);
      } else {
        good &= one(check, value, details);
      }
    }
    return good;
  }

  private static boolean absent(ParameterCheck check, @Nullable List<Detail> details) {
    if (check.parameter().required()) {
      add(details, check.where(), "a required parameter is missing");
      return false;
    }
    return true;
  }

  private static boolean one(ParameterCheck check, String value, @Nullable List<Detail> details) {
    if (check.takes(value)) {
      return true;
    }
    if (details != null) {
      details.addAll(check.explain(value, null));
    }
    return false;
  }

  private static boolean many(ParameterCheck check, Query given, @Nullable List<Detail> details) {
    List<String> values = new ArrayList<>();
    for (Query.Pair pair : given.pairs()) {
      if (pair.name().equals(check.parameter().name())) {
        values.add(pair.value());
      }
    }
    if (check.takes(values)) {
      return true;
    }
    if (details != null) {
      details.addAll(check.explain(null, values));
    }
    return false;
  }

  private @Nullable ParameterCheck find(String name) {
    for (int i = 0; i < query.size(); i++) {
      if (query.get(i).parameter().name().equals(name)) {
        return query.get(i);
      }
    }
    return null;
  }

  private static void add(@Nullable List<Detail> details, String where, String message) {
    if (details != null) {
      details.add(new Detail(where, "", message));
    }
  }
}
