package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One request as somebody wrote it down or recorded it, and what it was answered.
///
/// @param place where it stands
/// @param name what its author calls it; the empty text where nobody does
/// @param method upper case
/// @param site where it was sent
/// @param path the segments of its address
/// @param presents its credential; empty where it has none
record Example(
    Place place,
    String name,
    String method,
    Site site,
    List<Step> path,
    List<Pair> query,
    List<Pair> headers,
    @Nullable Body body,
    List<Presented> presents,
    List<Answer> answers) {
  private static final int MOST_CALLED = 8;

  /// Where a request is sent.
  ///
  /// @param origin scheme and authority, `https://api.example.com`; or the variable that stands for
  ///     it, `{{baseUrl}}`, where that has no value
  /// @param base how many segments of the path the address has that its author gave a name
  record Site(String origin, int base) {
    Site {
      int scheme = origin.indexOf("://");
      if (scheme >= 0) {
        // who calls is no part of where, and may be told to nobody
        int at = origin.lastIndexOf('@');
        String host = origin.substring(Math.max(at + 1, scheme + 3));
        String before = origin.substring(0, scheme).toLowerCase(Locale.ROOT);
        String usual = before.equals("https") ? ":443" : before.equals("http") ? ":80" : "\0";
        String plain =
            host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
        origin = before + "://" + (host.contains("{{") ? plain : plain.toLowerCase(Locale.ROOT));
      }
    }

    /// Host and port, as a target has them; the variable where there is one.
    String authority() {
      int at = origin.indexOf("://");
      return at < 0 ? origin : origin.substring(at + 3);
    }

    /// Whether it is a host and port, where the usual port of its scheme may be named or not.
    boolean is(@Nullable String address) {
      String usual = origin.startsWith("https://") ? ":443" : ":80";
      return authority().equals(address) || (authority() + usual).equals(address);
    }

    boolean known() {
      return origin.contains("://") && !origin.contains("{{");
    }
  }

  /// What came back.
  ///
  /// @param type the media type, or the empty text
  /// @param body where it is JSON
  record Answer(int status, String type, @Nullable Node body) {
    boolean well() {
      return status >= 200 && status < 300;
    }

    /// Nothing of the body.
    @Override
    public String toString() {
      return status + " " + type;
    }
  }

  Example {
    path = List.copyOf(path);
    query = List.copyOf(query);
    headers = List.copyOf(headers);
    presents = List.copyOf(presents);
    answers = List.copyOf(answers);
  }

  /// Whether it was seen to be refused, and never to work.
  boolean refused() {
    return !answers.isEmpty() && answers.stream().noneMatch(each -> each.status() < 400);
  }

  /// The request as its author or its address calls it, without its query and without ids.
  String called() {
    if (!name.isEmpty()) {
      return name;
    }
    StringBuilder address = new StringBuilder(method).append(' ');
    path.stream()
        .limit(MOST_CALLED)
        .map(each -> Ids.like(each.value()) ? "{}" : each.value())
        .forEach(each -> address.append('/').append(each));
    return path.isEmpty() ? address.append('/').toString() : address.toString();
  }
}
