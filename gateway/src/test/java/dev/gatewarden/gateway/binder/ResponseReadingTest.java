package dev.gatewarden.gateway.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is found in answers, and above all in those that break their promise: a value that has to
/// be
/// hidden is found wherever it stands, or it is said that nobody knows.
class ResponseReadingTest {
  private static final Promise API =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /users/{id}:
              get:
                operationId: getUser
                x-gatewarden-object: none
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                responses:
                  '200':
                    description: the user
                    headers:
                      x-total: {required: true, schema: {type: integer}}
                    content:
                      application/json:
                        schema: {$ref: '#/components/schemas/User'}
          components:
            schemas:
              User:
                type: object
                properties:
                  id: {type: string}
                  age: {type: integer}
                  ssn: {type: string, x-gatewarden-class: personal}
                  margin: {type: number, x-gatewarden-read: ['role:admin']}
                  friends: {type: array, items: {$ref: '#/components/schemas/User'}}
          """);

  private static Reading read(String body) {
    return API.answer(
        "getUser",
        200,
        body.replace('\'', '"'),
        "content-type",
        "application/json",
        "x-total",
        "1");
  }

  private static Set<String> found(String body) {
    Reading reading = read(body);
    Set<String> found = new TreeSet<>();
    for (Mark mark : reading.marks()) {
      String text = reading.bytes().utf8().substring(mark.from(), mark.to()).replace('"', '\'');
      switch (mark.meaning()) {
        case Meaning.Classified(String name) -> found.add(name + " " + text);
        case Meaning.Stray(var _, String name) -> found.add("stray " + name + " " + text);
        case Meaning.Readable _ -> found.add("restricted " + text);
        case Meaning.Undeclared _ -> found.add("undeclared " + text);
        case Meaning.Unread _ -> found.add("unread " + text);
        case Meaning.Broken _,
            Meaning.Writable _,
            Meaning.Identity _,
            Meaning.Typed _,
            Meaning.TypedPart _,
            Meaning.Part _ -> {}
      }
    }
    return found;
  }

  @Test
  void finds_marked_values_in_an_answer_that_keeps_its_promise() {
    assertThat(API.problems()).isEmpty();
    assertThat(read("{'id':'a','ssn':'1'}").conforms()).isTrue();
    assertThat(found("{'ssn':'1','friends':[{'ssn':'2','margin':3}]}"))
        .containsExactly("personal '1'", "personal '2'", "restricted 3");
  }

  @Test
  void finds_them_behind_a_fault_and_through_recursion() {
    Reading broken = read("{'id':1,'ssn':'1'}");
    assertThat(broken.conforms()).isFalse();
    assertThat(broken.complete()).isTrue();
    assertThat(found("{'id':1,'friends':[{'age':'x','friends':[{'ssn':'deep','margin':'m'}]}]}"))
        .containsExactly("personal 'deep'", "restricted 'm'");
  }

  @Test
  void finds_them_under_escaped_names() {
    assertThat(found("{'age':'x','\\u0073sn':'1'}")).containsExactly("personal '1'");
    assertThat(found("{'more':{'\\u0073sn':'1'}}"))
        .containsExactly("stray personal '1'", "undeclared {'\\u0073sn':'1'}");
  }

  @Test
  void finds_strays_in_what_nobody_promised() {
    assertThat(found("{'debug':{'rows':[{'SSN':'1'},{'a':['ssn','x']}]}}"))
        .contains("stray personal '1'")
        .noneMatch(one -> one.equals("stray personal 'x'"));
    assertThat(found("{'age':'x','debug':{'ssn':[1,2]}}")).contains("stray personal [1,2]");
  }

  @Test
  void finds_what_is_restricted_in_what_nobody_promised() {
    assertThat(found("{'debug':[{'Margin':3}]}")).contains("restricted 3");
    assertThat(found("{'friends':[{'debug':{'a':{'margin':4}}}]}")).contains("restricted 4");
  }

  @Test
  void tells_of_what_it_could_not_read() {
    assertThat(found("{'friends':{'ssn':'1'}}")).containsExactly("unread {'ssn':'1'}");
    assertThat(read("{'ssn':'1','ssn':'2'}").complete()).isFalse();
    assertThat(read("{'ssn':'1'").complete()).isFalse();
    assertThat(read("{'ssn':'1'} {}").complete()).isFalse();
    assertThat(read("[".repeat(200) + "]".repeat(200)).complete()).isFalse();
  }

  @Test
  void reads_a_long_list_of_broken_items_to_its_end() {
    StringBuilder json = new StringBuilder("{'friends':[{'age':'x'}");
    json.append(",{'age':'x','ssn':'1'}".repeat(5_000)).append("]}");
    Reading reading = read(json.toString());
    assertThat(reading.complete()).isTrue();
    assertThat(reading.marks().stream().filter(m -> m.meaning() instanceof Meaning.Classified))
        .hasSize(5_000);
  }

  @Test
  void tells_by_the_breach_which_promise_is_broken() {
    String json = "application/json";
    assertThat(API.answer("getUser", 201, "{}", "content-type", json).breach())
        .isEqualTo(Breach.UNDECLARED_STATUS);
    assertThat(API.answer("getUser", 200, "a;b", "content-type", "text/csv").breach())
        .isEqualTo(Breach.UNDECLARED_TYPE);
    assertThat(API.answer("getUser", 200, "{}", "content-type", json).breach())
        .isEqualTo(Breach.RESPONSE_HEADER);
    assertThat(API.answer("getUser", 200, "{}", "content-type", json, "x-total", "many").breach())
        .isEqualTo(Breach.RESPONSE_HEADER);
    assertThat(read("{'id':1}").breach()).isEqualTo(Breach.SCHEMA);
    assertThat(read("{}").breach()).isEqualTo(Breach.NONE);
  }

  @Test
  void knows_what_has_to_go() {
    Reading reading = read("{'id':'a','age':'x','friends':[{'id':1},{'id':'b'}]}");
    assertThat(reading.mend())
        .extracting(gap -> reading.bytes().utf8().substring(gap.nameFrom(), gap.to()))
        .containsExactly("\"age\":\"x\"", "\"id\":1");
  }
}
