package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.decision.Threat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How sound a contract is, from 0 to 100, and what cost it how much.
///
/// Five parts have a share each. A finding takes from what is left of its part: as much as its risk
/// says where every operation has it, half of that where hardly any has.
///
/// However much is left, a contract with a critical finding has 49 at most, and one with a high
/// finding 69: no number of sound parts makes up for a hole.
///
/// @param parts in the order of their shares; they add up to the value, where nothing bounds it
public record Score(int value, List<PartScore> parts) {
  public Score {
    parts = List.copyOf(parts);
  }

  /// A part of what makes a contract sound.
  public enum Part {
    ACCESS("access to objects, properties and functions", 30),
    AUTHENTICATION("who calls", 25),
    CONSUMPTION("how much can be asked for", 20),
    CONFIGURATION("transport and configuration", 15),
    INVENTORY("what is there, and whose it is", 10);

    private final String title;
    private final int share;

    Part(String title, int share) {
      this.title = title;
      this.share = share;
    }

    public String title() {
      return title;
    }

    /// Of a hundred.
    public int share() {
      return share;
    }

    static Part of(Threat threat) {
      return switch (threat) {
        case API1_OBJECT_AUTHORIZATION, API3_PROPERTY_AUTHORIZATION, API5_FUNCTION_AUTHORIZATION ->
            ACCESS;
        case API2_AUTHENTICATION -> AUTHENTICATION;
        case API4_RESOURCE_CONSUMPTION, API6_BUSINESS_FLOWS, API7_SSRF -> CONSUMPTION;
        case API8_MISCONFIGURATION -> CONFIGURATION;
        case API9_INVENTORY, API10_UNSAFE_CONSUMPTION -> INVENTORY;
      };
    }
  }

  /// What is left of a part.
  ///
  /// @param left of its share
  /// @param taken the points each finding took, by its id
  public record PartScore(Part part, double left, Map<String, Double> taken) {}

  /// What is against the user's own rules alone costs nothing, so that scores of different teams
  /// compare.
  ///
  /// @param operations how many the contract has
  static Score of(List<Ranked> all, int operations) {
    List<Ranked> findings = all.stream().filter(each -> each.finding().weakens()).toList();
    List<PartScore> parts = new ArrayList<>();
    double sum = 0;
    for (Part part : Part.values()) {
      double left = part.share();
      Map<String, Double> taken = new LinkedHashMap<>();
      for (Ranked each : findings) {
        if (Part.of(each.finding().threat()) == part) {
          double points = left * each.risk().value() / 100 * (1 + extent(each, operations)) / 2;
          taken.put(each.finding().id(), points);
          left -= points;
        }
      }
      parts.add(new PartScore(part, left, taken));
      sum += left;
    }
    return new Score(Math.min(most(findings), (int) Math.floor(sum)), parts);
  }

  /// What has a finding is not perfect.
  private static int most(List<Ranked> findings) {
    int most = 100;
    for (Ranked each : findings) {
      int here =
          switch (each.finding().severity()) {
            case CRITICAL -> 49;
            case HIGH -> 69;
            case MEDIUM, LOW -> 99;
          };
      most = Math.min(most, here);
    }
    return most;
  }

  private static double extent(Ranked ranked, int operations) {
    int concerned = ranked.finding().operations().size();
    return operations == 0 ? 1 : Math.min(1.0, (double) concerned / operations);
  }
}
