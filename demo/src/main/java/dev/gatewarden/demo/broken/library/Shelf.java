package dev.gatewarden.demo.broken.library;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Who;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What the library keeps, as the resources it answers with.
final class Shelf {

  final Map<String, ObjectNode> books = new LinkedHashMap<>();
  final Map<String, ObjectNode> loans = new LinkedHashMap<>();
  final Map<String, ObjectNode> members = new LinkedHashMap<>();
  private int lastBook;
  private int lastLoan;

  void fill() {
    books.clear();
    loans.clear();
    members.clear();
    lastBook = 0;
    lastLoan = 500;
    for (Who who : Who.ALL) {
      member(who);
    }
    book("Sea Charts of the North");
    book("Bread");
    book("Ladders and Falls");
    book("On Sitting");
    book("Stamps");
    loan("alice", "north", "b1", "for the trip with my sister");
    loan("alice", "north", "b2", "");
    loan("bob", "north", "b3", "too late");
    loan("carol", "south", "b4", "");
    loan("dave", "south", "b5", "");
  }

  ObjectNode book(String title) {
    String id = "b" + ++lastBook;
    ObjectNode book = resource("books", id);
    ((ObjectNode) book.path("attributes")).put("title", title).put("lent", false);
    books.put(id, book);
    return book;
  }

  ObjectNode loan(String member, String branch, String book, String note) {
    String id = Integer.toString(++lastLoan);
    ObjectNode loan = resource("loans", id);
    ((ObjectNode) loan.path("attributes")).put("note", note).put("branch", branch);
    ObjectNode relationships = loan.putObject("relationships");
    relationships.putObject("member").putObject("data").put("type", "members").put("id", member);
    relationships.putObject("book").putObject("data").put("type", "books").put("id", book);
    loans.put(id, loan);
    return loan;
  }

  private void member(Who who) {
    String name = who.name();
    ObjectNode member = resource("members", name);
    ((ObjectNode) member.path("attributes"))
        .put("display-name", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
        .put("email", name + "@" + who.tenant() + ".example")
        .put("branch", who.tenant())
        .put("role", who.admin() ? "librarian" : "reader")
        .put("fines", 250);
    members.put(name, member);
  }

  private static ObjectNode resource(String type, String id) {
    ObjectNode resource = Ask.json().put("type", type).put("id", id);
    resource.putObject("attributes");
    return resource;
  }
}
