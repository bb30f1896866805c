package dev.gatewarden.demo.broken;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;

/// An API in memory, as broken as it is told to be.
///
/// It does one thing at a time, so that handlers need no locks of their own.
///
/// @param <F> what can be wrong with it
public abstract class BrokenApi<F extends Enum<F> & Flaw> {

  private static final int MOST_BODY = 64 << 10;

  protected final Clock clock;
  private final Set<F> faults;
  private final ReentrantLock lock = new ReentrantLock();

  protected BrokenApi(Class<F> kind, Set<F> faults, Clock clock) {
    this.faults = EnumSet.noneOf(kind);
    this.faults.addAll(faults);
    this.clock = clock;
  }

  /// Answers one request.
  public final Answer answer(Incoming request) {
    lock.lock();
    try {
      Ask ask = null;
      Answer answer;
      try {
        ask = Ask.of(request);
        answer = answered(ask);
      } catch (Refused e) {
        answer = refused(e);
      }
      return ask == null ? hardened(answer) : polished(ask, answer);
    } finally {
      lock.unlock();
    }
  }

  /// Puts everything back as it was at the start.
  public final void reset() {
    lock.lock();
    try {
      fill();
    } finally {
      lock.unlock();
    }
  }

  protected final boolean on(F fault) {
    return faults.contains(fault);
  }

  protected abstract Routes routes();

  /// Throws away what is there, and puts in what is there at the start.
  protected abstract void fill();

  /// An error in the words of this API.
  protected abstract Answer error(int status, String title);

  /// How long a body may be, in bytes.
  protected int mostBody(Ask ask) {
    return MOST_BODY;
  }

  /// Says that a body cannot be read.
  protected Answer unreadable(JacksonException why) {
    return error(400, "the body cannot be read");
  }

  /// Says that the API itself failed.
  protected Answer failed(RuntimeException why) {
    return error(500, "something went wrong");
  }

  /// Adds what every answer carries.
  protected Answer polished(Ask ask, Answer answer) {
    return hardened(answer);
  }

  protected static Answer hardened(Answer answer) {
    return answer
        .with("cache-control", "private, no-store")
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .with("referrer-policy", "no-referrer")
        .with("strict-transport-security", "max-age=31536000; includeSubDomains")
        .with("x-content-type-options", "nosniff")
        .with("x-frame-options", "DENY");
  }

  /// Lets other requests in while this one waits for something.
  protected final void waiting(Runnable waits) {
    lock.unlock();
    try {
      waits.run();
    } finally {
      lock.lock();
    }
  }

  private Answer answered(Ask ask) {
    try {
      if (ask.request().body().length > mostBody(ask)) {
        throw new Refused(413, "the body is too large");
      }
      return routes().answer(ask);
    } catch (JacksonException e) {
      return unreadable(e);
    } catch (Refused e) {
      return refused(e);
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private Answer refused(Refused why) {
    Answer answer = error(why.status(), why.title());
    return why.header().isEmpty() ? answer : answer.with(why.header(), why.value());
  }
}
