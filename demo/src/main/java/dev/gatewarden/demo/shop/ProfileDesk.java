package dev.gatewarden.demo.shop;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where people see and change who they are to the shop.
final class ProfileDesk {

  private static final Answer ABSENT = Answer.problem(404, "no profile");

  private final Shelves shelves;
  private final Set<Fault> faults;

  ProfileDesk(Shelves shelves, Set<Fault> faults) {
    this.shelves = shelves;
    this.faults = faults;
  }

  Answer answer(Incoming request, Caller caller) {
    return switch (request.method()) {
      case "GET", "HEAD" -> answer(shelves.profile(caller.subject()));
      case "PATCH" -> answer(change(Json.read(request.body()), caller));
      default -> Answer.problem(405, "GET or PATCH");
    };
  }

  private @Nullable Profile change(JsonNode json, Caller caller) {
    boolean everything = faults.contains(Fault.MASS_ASSIGNMENT) || caller.administers();
    return shelves.changeProfile(
        caller.subject(),
        old ->
            new Profile(
                old.id(),
                json.path("displayName").asString(old.displayName()),
                json.path("email").asString(old.email()),
                everything ? json.path("role").asString(old.role()) : old.role()));
  }

  private Answer answer(@Nullable Profile profile) {
    if (profile == null) {
      return ABSENT;
    }
    ObjectNode json = Json.write(profile);
    if (faults.contains(Fault.EXPOSURE)) {
      json.put("passwordHash", "$2b$12$c2VjcmV0LW9mLWEtZGVtbw");
    }
    return Answer.json(200, json.toString());
  }
}
