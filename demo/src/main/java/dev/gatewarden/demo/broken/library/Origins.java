package dev.gatewarden.demo.broken.library;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.http.Answer;

/// Which websites may read the library's answers in a browser (the CORS protocol of Fetch).
///
/// @param any whether every one may
/// @param none whether those may that have no origin to tell
record Origins(boolean any, boolean none) {

  private static final String READING_ROOM = "https://reading-room.example";

  Answer placed(Ask ask, Answer answer) {
    String origin = ask.header("origin");
    boolean preflight =
        ask.method().equals("OPTIONS")
            && origin != null
            && ask.header("access-control-request-method") != null;
    Answer placed = preflight ? Answer.empty(204) : answer;
    if (origin == null || !allowed(origin)) {
      return placed;
    }
    placed =
        placed
            .with("access-control-allow-origin", origin)
            .with("access-control-allow-credentials", "true");
    return preflight
        ? placed
            .with("access-control-allow-methods", "GET, POST, PATCH, DELETE")
            .with("access-control-allow-headers", "authorization, content-type")
        : placed;
  }

  private boolean allowed(String origin) {
    return origin.equals("null") ? none : any || origin.equals(READING_ROOM);
  }
}
