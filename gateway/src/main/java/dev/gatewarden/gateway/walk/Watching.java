package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.schema.ResponseSchemaGuard;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.gateway.binder.ResponseBinder;
import dev.gatewarden.gateway.conformity.Fault;
import dev.gatewarden.gateway.conformity.FaultReader;
import dev.gatewarden.gateway.conformity.Track;
import dev.gatewarden.gateway.pipeline.Notes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Keeps count of answers that break their contract, and of where they do.
final class Watching {
  private static final String GUARD = ResponseSchemaGuard.ENTRY.id();
  private static final int MOST_POINTER = 200;
  private static final int MOST_FIELDS = 4;

  private Watching() {}

  /// What is wrong with an answer, where `response-schema` has something against it; counted
  /// either way.
  static List<Fault> of(
      Track track, ResponseBinder binder, Reading reading, Notes notes, Instant now) {
    if (reading.conforms() && !spoke(notes.wouldDeny()) && !spoke(notes.determined())) {
      track.judged(false, now);
      return List.of();
    }
    track.judged(true, now);
    Set<String> declared = binder.declared();
    List<Fault> faults = new ArrayList<>(FaultReader.of(reading.explain(), declared));
    undeclared(reading, declared, faults);
    track.broke(faults, now);
    return faults;
  }

  private static boolean spoke(List<Judged> judged) {
    for (int i = 0; i < judged.size(); i++) {
      if (judged.get(i).guard().equals(GUARD)) {
        return true;
      }
    }
    return false;
  }

  private static void undeclared(Reading reading, Set<String> declared, List<Fault> faults) {
    Bytes body = reading.bytes();
    int told = 0;
    for (Mark mark : reading.marks()) {
      if (mark.meaning() instanceof Meaning.Undeclared && told++ < MOST_FIELDS) {
        String pointer =
            Violation.pointer(body.array(), body.from(), body.to(), mark.nameFrom(), MOST_POINTER);
        Fault fault = FaultReader.undeclared(pointer, declared);
        if (!faults.contains(fault)) {
          faults.add(fault);
        }
      }
    }
  }
}
