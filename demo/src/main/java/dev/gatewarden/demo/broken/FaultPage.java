package dev.gatewarden.demo.broken;

import java.util.List;

/// The page that lists every fault, in Markdown.
public final class FaultPage {

  private FaultPage() {}

  public static String text() {
    StringBuilder page = new StringBuilder();
    int all = List.of(Specimen.values()).stream().mapToInt(each -> each.flaws().size()).sum();
    page.append("<!-- made by `gatewarden demo broken --list` -->\n# Deliberately broken APIs\n\n")
        .append(Specimen.values().length)
        .append(" small APIs with ")
        .append(all)
        .append(" faults, each a switch. Whatever is not switched on is repaired.\n\n")
        .append("    ./gatewarden demo broken parcels --faults parcel-read,odd-id-fails\n\n")
        .append("starts one on loopback, and prints where its contract and its identities are.\n")
        .append("`--faults all` switches everything on. `POST /_reset` on the control port puts\n")
        .append(
            "everything back; where an API signs tokens, `POST /_token` there signs the claims\n")
        .append("that are sent over honest ones.\n");
    for (Specimen specimen : Specimen.values()) {
      page.append("\n## ").append(specimen.word()).append("\n\n");
      page.append(specimen.style()).append("\n");
      specimen.flaws().forEach(flaw -> entry(page, flaw));
    }
    return page.toString();
  }

  private static void entry(StringBuilder page, Flaw flaw) {
    Story story = flaw.story();
    page.append("\n### ")
        .append(flaw.word())
        .append("\n\n")
        .append(story.title())
        .append(" · ")
        .append(story.threat().label())
        .append(' ')
        .append(story.threat().title())
        .append(" · CWE-")
        .append(story.cwe())
        .append("\n\n- where: `")
        .append(story.where())
        .append("`\n- shown: ")
        .append(story.shown())
        .append("\n- repaired: ")
        .append(story.repaired())
        .append('\n');
    if (!flaw.alsoShows().isEmpty()) {
      page.append("- includes: ")
          .append(String.join(", ", flaw.alsoShows().stream().map(Flaw::word).toList()))
          .append('\n');
    }
  }
}
