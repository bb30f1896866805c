package dev.gatewarden.app.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What must hold of how services in trouble are spared.
final class SparingChecks {
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  private SparingChecks() {}

  static void upstream(Api.UpstreamSettings upstream, Remarks at) {
    whole(upstream.deadline(), upstream.whole(), at);
    if (upstream.ejection() != Sparing.Ejection.NONE
        && at.get("ejection") != null
        && upstream.to().size() == 1) {
      at.add(
          "ejection",
          "`ejection` has no effect: there is one address, which is never left out",
          "leave it out");
    }
  }

  static void timing(Sparing.Timing timing, Remarks at) {
    if (timing.deadline() == null && timing.whole() == null) {
      at.add("`upstream` says nothing", "write `deadline: 10s` or `whole: 60s`");
    }
    if (timing.deadline() != null) {
      span("deadline", timing.deadline(), at);
    }
    whole(timing.deadline(), timing.whole(), at);
  }

  private static void whole(@Nullable Duration deadline, @Nullable Duration whole, Remarks at) {
    if (whole == null) {
      return;
    }
    span("whole", whole, at);
    if (deadline != null && whole.compareTo(deadline) < 0) {
      at.add(
          "whole",
          "`whole` is shorter than `deadline`, which then has no effect",
          "the whole exchange takes at least as long as its head");
    }
  }

  static void atOnce(Sparing.AtOnce atOnce, Remarks at) {
    at.whole("calls", atOnce.calls(), 1, MOST);
    at.whole("each-place", atOnce.eachPlace(), 1, MOST);
    at.whole("queue", atOnce.queue(), 0, MOST);
    most("patience", atOnce.patience(), at);
  }

  static void breaker(Sparing.Breaker breaker, Remarks at) {
    at.whole("failed", breaker.failed(), 1, 100);
    at.whole("slow", breaker.slow(), 1, 100);
    at.whole("calls", breaker.calls(), 1, MOST);
    at.whole("trials", breaker.trials(), 1, MOST);
    span("window", breaker.window(), at);
    span("rest", breaker.rest(), at);
    if (breaker.slowAfter() != null) {
      span("slow-after", breaker.slowAfter(), at);
    } else if (at.get("slow") != null) {
      at.add(
          "slow", "`slow` has no effect without `slow-after`", "say from when on a call is slow");
    }
  }

  static void retry(Sparing.Retry retry, Remarks at) {
    at.whole("times", retry.times(), 1, 10);
    at.whole("budget", retry.budget(), 0, 100);
    at.whole("spare", retry.spare(), 0, MOST);
    most("pause", retry.pause(), at);
    most("longest", retry.longest(), at);
    if (retry.when().isEmpty()) {
      at.add("when", "`when` is empty, so that nothing is tried again", "write `retry: none`");
    }
  }

  static void ejection(Sparing.Ejection ejection, Remarks at) {
    at.whole("after", ejection.after(), 1, MOST);
    at.whole("most", ejection.most(), 1, 100);
    span("rest", ejection.rest(), at);
    most("slow-start", ejection.slowStart(), at);
  }

  static void health(Sparing.Health health, Remarks at) {
    String path = health.path();
    boolean plain = path.startsWith("/") && path.length() <= 1024;
    for (int i = 0; i < path.length(); i++) {
      plain &= path.charAt(i) > ' ' && path.charAt(i) < 0x7f && path.charAt(i) != '#';
    }
    if (!plain) {
      at.add(
          "path",
          "`path` is `" + Scalars.shortened(path) + "`; it begins with `/` and holds no spaces",
          "write it as `/healthz`");
    }
    span("every", health.every(), at);
    span("within", health.within(), at);
    if (health.within().compareTo(health.every()) > 0) {
      at.add(
          "within", "`within` is longer than `every`", "an answer comes before the next question");
    }
    at.whole("up", health.up(), 1, 1000);
    at.whole("down", health.down(), 1, 1000);
  }

  private static void span(String key, Duration duration, Remarks at) {
    at.positive(key, duration);
    most(key, duration, at);
  }

  private static void most(String key, Duration duration, Remarks at) {
    if (duration.compareTo(LONGEST) > 0) {
      at.add(key, "`" + key + "` is longer than a day", "");
    }
  }
}
