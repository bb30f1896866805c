package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.platform.discovery.Har.Pair;
import java.util.List;
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

  /// Where a request is sent.
  ///
  /// @param origin scheme and authority, `https://api.example.com`; or the variable that stands for
  ///     it, `{{baseUrl}}`, where that has no value
  /// @param base how many segments of the path the address has that its author gave a name
  record Site(String origin, int base) {

    /// Host and port, as a target has them; the variable where there is one.
    String authority() {
      int at = origin.indexOf("://");
      return at < 0 ? origin : origin.substring(at + 3);
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

  /// The request as its author or its address calls it, without its query.
  String called() {
    if (!name.isEmpty()) {
      return name;
    }
    StringBuilder address = new StringBuilder(method).append(' ');
    path.forEach(each -> address.append('/').append(each.value()));
    return path.isEmpty() ? address.append('/').toString() : address.toString();
  }
}
