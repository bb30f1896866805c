package dev.gatewarden.core.decision;

import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.login.LoginWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One change that a verdict asks for. Rooms apply it, guards never do; two different edits of one
/// target contradict each other.
public sealed interface Edit {

  /// What is changed; two edits of an equal target must be equal.
  Object target();

  /// Sets a request header on the way to the upstream, in place of every line of that name.
  record SetRequestHeader(String name, String value) implements Edit {
    @Override
    public Object target() {
      return new Target("request-header", name);
    }
  }

  /// Removes a request header on the way to the upstream.
  record RemoveRequestHeader(String name) implements Edit {
    @Override
    public Object target() {
      return new Target("request-header", name);
    }
  }

  /// Sets a query parameter on the way to the upstream, in place of every pair of that name; each
  /// value makes a pair.
  ///
  /// @param name decoded
  /// @param values as they stand in the query: percent-encoded, so that a bare comma still parts a
  ///     list
  record SetQuery(String name, List<String> values) implements Edit {
    public SetQuery {
      values = List.copyOf(values);
    }

    @Override
    public Object target() {
      return new Target("query", name);
    }
  }

  /// Sets a response header on the way to the caller, in place of every line of that name.
  record SetResponseHeader(String name, String value) implements Edit {
    @Override
    public Object target() {
      return new Target("response-header", name);
    }
  }

  /// Removes a response header on the way to the caller.
  record RemoveResponseHeader(String name) implements Edit {
    @Override
    public Object target() {
      return new Target("response-header", name);
    }
  }

  /// Adds a member to a response header that is a list, such as `Vary`, unless it is there; several
  /// additions never contradict each other.
  record AddResponseValue(String name, String value) implements Edit {
    @Override
    public Object target() {
      return this;
    }
  }

  /// Cuts a stretch out of the request's judged body; what is left is judged again, and that is
  /// forwarded.
  ///
  /// @param from the first byte of the value (of the member's name, for a member of an object)
  /// @param to behind its last byte
  record CutRequest(int from, int to) implements Edit {
    @Override
    public Object target() {
      return this;
    }
  }

  /// Writes into the request's judged body; what comes of it is judged again, and that is
  /// forwarded.
  ///
  /// @param at before which byte
  /// @param text what stands there then, so that JSON stays JSON
  record WriteRequest(int at, String text) implements Edit {
    @Override
    public Object target() {
      return this;
    }
  }

  /// Cuts a stretch out of the judged body; the room closes the gap so that JSON stays JSON.
  ///
  /// @param from the first byte of the value (of the member's name, for a member of an object)
  /// @param to behind its last byte
  record CutBody(int from, int to) implements Edit {
    @Override
    public Object target() {
      return this;
    }
  }

  /// Puts something else in place of a value of the judged body.
  ///
  /// @param from the first byte of the value
  /// @param to behind its last byte
  /// @param json what stands there then: one JSON value
  record MaskBody(int from, int to, String json) implements Edit {
    @Override
    public Object target() {
      return new Target("body", from + "-" + to);
    }
  }

  /// Puts another body in place of the whole, whatever else would be cut out of it or masked in it.
  record ReplaceBody(String body, String contentType) implements Edit {
    @Override
    public Object target() {
      return new Target("body", "whole");
    }
  }

  /// Keeps the answer for repeats of the request.
  ///
  /// @param key what the repeats are known by
  /// @param asked a digest of the request
  /// @param lasting how long it is kept
  record KeepAnswer(String key, byte[] asked, Duration lasting) implements Edit {
    @Override
    public Object target() {
      return new Target("answer", key);
    }
  }

  /// Looks at how a login goes: settles by it what was taken, and remembers who logged in well.
  record WatchLogin(LoginWatch watch) implements Edit {
    @Override
    public Object target() {
      return new Target("login", "");
    }
  }

  /// Charges limits for what an answer turns out to cost, once it has left; a header in which the
  /// service tells it does not leave.
  ///
  /// @param charge what is charged
  /// @param per each so many bytes of the answer cost one more; 0 where its size costs nothing
  /// @param toldBy the name of the header; empty for none
  record ChargeAnswer(Charge charge, long per, String toldBy) implements Edit {
    @Override
    public Object target() {
      return this;
    }
  }

  /// What an answer is charged to.
  @FunctionalInterface
  interface Charge {
    /// What has to be charged.
    ///
    /// @param sized what the answer's size costs
    /// @param told what the service says that the request costs in all; 0 where it says nothing
    /// @param at when the answer has left
    List<Claim> claims(long sized, long told, Instant at);
  }

  /// Writes down that a step of a business flow was done, once the service has answered it well.
  ///
  /// @param flow the flow, with its API
  /// @param holder who goes through it; null where that is what it is about
  /// @param topic what it is about where that is who goes through it, by the names of `about`
  /// @param about digests of what the request says it is about, by name
  /// @param later where the answer says more of it, by name
  /// @param lasting how long it matters
  record KeepStep(
      String flow,
      String step,
      @Nullable String holder,
      List<String> topic,
      Map<String, String> about,
      Map<String, Selector> later,
      Duration lasting)
      implements Edit {
    public KeepStep {
      topic = List.copyOf(topic);
      about = Map.copyOf(about);
      later = Map.copyOf(later);
    }

    @Override
    public Object target() {
      return new Target("step", flow);
    }

    /// Under which key it is written down; null where not all is known of what it is about.
    ///
    /// @param all of what it is about, the answer's part too
    public @Nullable String key(Map<String, String> all) {
      return key(flow, holder, topic, all);
    }

    /// The key of whoever goes through a flow; null where what they speak of is not known.
    public static @Nullable String key(
        String flow, @Nullable String holder, List<String> topic, Map<String, String> about) {
      StringBuilder key = new StringBuilder(flow).append('/');
      if (holder != null) {
        return key.append(holder).toString();
      }
      key.append("about");
      for (int i = 0; i < topic.size(); i++) {
        String digest = about.get(topic.get(i));
        if (digest == null) {
          return null;
        }
        key.append('|').append(digest);
      }
      return key.toString();
    }
  }

  /// Whether it changes the body of the response.
  default boolean ofBody() {
    return switch (this) {
      case CutBody _, MaskBody _, ReplaceBody _ -> true;
      case SetRequestHeader _,
          RemoveRequestHeader _,
          CutRequest _,
          WriteRequest _,
          SetQuery _,
          SetResponseHeader _,
          RemoveResponseHeader _,
          AddResponseValue _,
          KeepAnswer _,
          WatchLogin _,
          ChargeAnswer _,
          KeepStep _ ->
          false;
    };
  }

  /// What an edit changes.
  record Target(String kind, String name) {}
}
