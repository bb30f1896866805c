package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each bound with its neighbours on both sides.
class KeywordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'minimum':3} | 3 | 2",
        "{'minimum':3} | 3.0 | 2.99999999999999999999999",
        "{'minimum':-3} | -3 | -4",
        "{'minimum':0.5} | 1 | 0",
        "{'minimum':-0.5} | 0 | -1",
        "{'exclusiveMinimum':3} | 4 | 3",
        "{'exclusiveMinimum':3} | 3.00000000000000000001 | 3.00",
        "{'exclusiveMinimum':-0.5} | -0.4999 | -0.5",
        "{'maximum':3} | 3 | 4",
        "{'maximum':3} | 30e-1 | 3.0000000000000000001",
        "{'maximum':1e400} | 1e400 | 1.0000001e400",
        "{'maximum':1e400} | 99e398 | 101e398",
        "{'minimum':-1e400} | -1e400 | -1e401",
        "{'maximum':9223372036854775807} | 9223372036854775807 | 9223372036854775808",
        "{'exclusiveMaximum':3} | 2 | 3",
        "{'exclusiveMaximum':0.5} | 0 | 1",
        "{'exclusiveMaximum':0.5} | 0.49 | 0.5",
        "{'exclusiveMaximum':-1} | -2 | -1",
        "{'multipleOf':3} | 9 | 10",
        "{'multipleOf':0.01} | 19.99 | 19.999",
        "{'multipleOf':0.01} | 1e3 | 1e-3",
        "{'multipleOf':10} | 1e30 | 5",
        "{'multipleOf':2.5} | 7.5 | 7",
        "{'multipleOf':123456789012} | 1234567890120000 | 1234567890120001",
        "{'type':'integer'} | 1.0 | 1.1",
        "{'type':'integer'} | 10e-1 | 1e-1",
        "{'type':'integer'} | 1e400 | 1e-400",
        "{'type':'integer'} | -0 | -0.5",
        "{'type':['integer','string']} | 1 | 1.5",
        "{'type':'number'} | 1.5 | '1.5'",
        "{'enum':[1,2.50]} | 2.5 | 3",
        "{'const':100} | 1e2 | 1e3",
        "{'const':{'a':[1,null]}} | {'a':[1.0,null]} | {'a':[1.0,null],'b':1}",
        "{'enum':['a','\\u00e9']} | '\\u00e9' | 'e'",
        "{'enum':[true]} | true | false",
        "{'enum':[[1,2]]} | [1,2] | [2,1]",
        "{'format':'int32'} | 2147483647 | 2147483648",
        "{'format':'int32'} | -2147483648 | -2147483649",
        "{'format':'int64'} | 9223372036854775807 | 9223372036854775808",
        "{'format':'int64'} | -9223372036854775808 | -9223372036854775809",
        "{'minLength':2} | 'ab' | 'a'",
        "{'maxLength':2} | 'ab' | 'abc'",
        "{'maxLength':2} | '\\ud83d\\ude00x' | '\\ud83d\\ude00xy'",
        "{'maxLength':1} | '\\n' | '\\n\\n'",
        "{'minLength':2} | '\\u00e9\\u00e9' | '\\u00e9'",
        "{'pattern':'^a{2,3}$'} | 'aa' | 'a'",
        "{'pattern':'^a{2,3}$'} | 'aaa' | 'aaaa'",
        "{'minItems':1} | [1] | []",
        "{'maxItems':1} | [1] | [1,2]",
        "{'items':{'type':'string'},'prefixItems':[{'type':'null'}]} | [null,'a'] | ['a']",
        "{'items':false,'prefixItems':[true]} | [1] | [1,2]",
        "{'uniqueItems':true} | [1,2,'1',true] | [1,1.0]",
        "{'uniqueItems':true} | [{'a':1,'b':2},{'a':2,'b':1}] | [{'a':1,'b':2},{'b':2,'a':1}]",
        "{'uniqueItems':true} | ['a','b'] | ['a','\\u0061']",
        "{'uniqueItems':true} | [[],{},0,false,null,''] | [[1],[1]]",
        "{'contains':{'type':'string'}} | [1,'a'] | [1]",
        "{'contains':{'type':'string'},'minContains':2} | ['b','a'] | ['a',2]",
        "{'contains':{'type':'string'},'maxContains':1} | ['b',1] | ['a','b']",
        "{'minProperties':1} | {'a':1} | {}",
        "{'maxProperties':1} | {'a':1} | {'a':1,'b':2}",
        "{'required':['a']} | {'a':null} | {'b':1}",
        "{'required':['a']} | {'\\u0061':null} | {'\\u0062':1}",
        "{'additionalProperties':false,'properties':{'a':true}} | {'\\u0061':1} | {'isAdmin':1}",
        "{'additionalProperties':{'type':'null'},'properties':{'a':true}} | {'a':1,'b':null} |"
            + " {'b':1}",
        "{'patternProperties':{'^x-':{'type':'string'}},'additionalProperties':false} | {'x-a':'1'}"
            + " | {'y':'1'}",
        "{'patternProperties':{'^x-':{'type':'string'}}} | {'x-a':'1'} | {'\\u0078-a':1}",
        "{'propertyNames':{'maxLength':2}} | {'ab':1} | {'abc':1}",
        "{'properties':{'abc':true},'propertyNames':{'maxLength':2}} | {'ab':1} | {'abc':1}",
        "{'dependentRequired':{'a':['b']}} | {'a':1,'b':1} | {'a':1}",
        "{'dependentSchemas':{'a':{'required':['b']}}} | {'b':1} | {'a':1}",
        "{'not':{'type':'string'}} | 1 | 'a'",
        "{'if':{'minimum':10},'then':{'multipleOf':10},'else':{'multipleOf':2}} | 20 | 15",
        "{'if':{'minimum':10},'then':{'multipleOf':10},'else':{'multipleOf':2}} | 4 | 5",
        "{'anyOf':[{'minimum':10},{'multipleOf':2}]} | 4 | 5",
        "{'oneOf':[{'minimum':10},{'multipleOf':2}]} | 4 | 12",
        "{'allOf':[{'minimum':10},{'multipleOf':2}]} | 12 | 4",
        "{'oneOf':[{'type':'string'},{'type':'null'}]} | null | 1",
        "{'unevaluatedProperties':false,'allOf':[{'properties':{'a':true}}]} | {'a':1} | {'b':1}",
        "{'unevaluatedItems':false,'prefixItems':[true]} | [1] | [1,2]",
        "{'unevaluatedItems':false,'anyOf':[{'prefixItems':[true],'properties':{'a':true}},{'minItems':5,'properties':{'b':true}}]}"
            + " | [1] | [1,2]",
      })
  void passes_the_one_and_refuses_the_other(String schema, String passes, String fails) {
    Schema compiled = Texts.schema(schema);
    assertThat(Texts.valid(compiled, passes)).as(passes).isTrue();
    assertThat(Texts.valid(compiled, fails)).as(fails).isFalse();
    assertThat(Texts.violations(compiled, passes)).isEmpty();
    assertThat(Texts.violations(compiled, fails)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "date | 2024-02-29 | 2023-02-29",
        "date-time | 2024-01-01T23:59:60Z | 2024-01-01T22:59:60Z",
        "date-time | 2024-01-01T00:00:00.1+23:59 | 2024-01-01T00:00:00",
        "time | 00:00:00z | 24:00:00z",
        "uuid | 123e4567-e89b-12d3-a456-426614174000 | 123e4567-e89b-12d3-a456-42661417400",
        "email | a.b@example.com | a..b@example.com",
        "ipv4 | 255.255.255.255 | 255.255.255.256",
        "ipv4 | 0.0.0.0 | 00.0.0.0",
        "ipv6 | ::1 | :::1",
        "ipv6 | 1:2:3:4:5:6:7:8 | 1:2:3:4:5:6:7:8:9",
        "hostname | a-b.example | -a.example",
        "uri | https://example.com/a?b#c | //example.com/a",
        "byte | QQ== | QR==",
        "byte | QUI= | QUI",
        "duration | P1DT2H | P1H",
      })
  void knows_formats(String format, String passes, String fails) {
    Schema compiled = Texts.schema("{'format':'" + format + "'}");
    assertThat(Texts.valid(compiled, "'" + passes + "'")).as(passes).isTrue();
    assertThat(Texts.valid(compiled, "'" + fails + "'")).as(fails).isFalse();
  }
}
