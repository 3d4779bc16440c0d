package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake costs one line, which names it, and exit status 2. */
class BadInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          frobnicate                             | unknown command 'frobnicate'
          --frobnicate                           | unknown option '--frobnicate'
          demo --frobnicate                      | unknown option '--frobnicate'
          demo --port 70000                      | '70000' is no number from 0 to 65535
          demo --port -1                         | '-1' is no number
          demo --port                            | '--port'
          demo --host a/b                        | "a/b" is no host
          demo there                             | unexpected argument 'there'
          echo --frobnicate                      | unknown option '--frobnicate'
          echo --port 70000                      | '70000' is no number from 0 to 65535
          echo --port 99999999999999999999       | is no number from 0 to 65535
          echo --port eighty                     | 'eighty' is no number
          echo --port 1 --port 2                 | '--port'
          echo --host ''                         | "" is no host
          echo --threads 0                       | '0' is no number from 1
          echo --threads many                    | 'many' is no number
          echo --transport carrier_pigeon        | "carrier_pigeon"
          echo --transport                       | '--transport'
          echo --style epic                      | 'epic' is no style, known are callback and loop
          echo --max-message 3G                  | '3G' is no size
          echo --max-message 0                   | '0' is no size
          echo there                             | unexpected argument 'there'
          connect                                | URL
          connect --frobnicate ws://127.0.0.1/   | unknown option '--frobnicate'
          connect http://127.0.0.1/              | needs ws:// or wss://
          connect 127.0.0.1:80                   | is malformed
          connect ws://                          | is malformed
          connect ws://127.0.0.1:70000/          | malformed host or port
          connect ws://u:secret@127.0.0.1/       | has a user name
          connect ws://127.0.0.1/#top            | has a fragment
          connect ws://127.0.0.1/ twice          | unexpected argument 'twice'
          connect ws://127.0.0.1/ --header colon | there is no colon in it
          connect ws://127.0.0.1/ --header ?:x   | "?", not a token
          connect ws://127.0.0.1/ --header Host:x | header Host is set by the handshake itself
          connect ws://127.0.0.1/ --subprotocol ? | "?" is not a token
          connect ws://127.0.0.1/ --subprotocol '' | "" is not a token
          connect ws://127.0.0.1/ --count 0      | '0' is no number from 1
          connect ws://127.0.0.1/ --count -3     | '-3' is no number
          connect ws://127.0.0.1/ --wait 5       | '5' is no time such as 500ms
          connect ws://127.0.0.1/ --wait         | '--wait'
          bench                                  | URL
          bench --frobnicate ws://127.0.0.1/     | unknown option '--frobnicate'
          bench http://127.0.0.1/                | needs ws:// or wss://
          bench ws://127.0.0.1/ twice            | unexpected argument 'twice'
          bench ws://127.0.0.1/ --connections 0  | '0' is no number from 1 to 1000000
          bench ws://127.0.0.1/ --rate -1        | '-1' is no number of messages a second
          bench ws://127.0.0.1/ --rate fast      | 'fast' is no number of messages a second up to 10000000, nor 'max'
          bench ws://127.0.0.1/ --rate 10000001  | '10000001' is no number of messages a second
          bench ws://127.0.0.1/ --size 0         | '0' is no size
          bench ws://127.0.0.1/ --duration 0s    | '0s' is too short; choose at least 1ms
          bench ws://127.0.0.1/ --duration 10    | '10' is no time such as 500ms
          bench ws://127.0.0.1/ --warm-up -1s    | '-1s' is no time such as 500ms
          bench ws://127.0.0.1/ --pipeline 0     | '0' is no number from 1 to 65536
          bench ws://127.0.0.1/ --pipeline 2K    | '2K' is no number from 1 to 65536
          bench ws://127.0.0.1/ --threads 0      | '0' is no number from 1
          bench ws://127.0.0.1/ --text --binary  | --text and --binary exclude each other
          bench ws://127.0.0.1/ --pipeline 65536 --size 64K | --pipeline 65536 of --size 65536 would be more than 1G
          bench ws://127.0.0.1/ --header colon   | there is no colon in it
          bench ws://127.0.0.1/ --subprotocol ?  | "?" is not a token
          """)
  void isToldInOneLine(String commandLine, String told) {
    Outcome outcome = Outcome.of(words(commandLine));

    assertThat(outcome.err())
        .startsWith("priz")
        .contains(told)
        .endsWith(" --help\n")
        .hasLineCount(1)
        .doesNotContain("secret");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(2);
  }

  private static String[] words(String commandLine) {
    return commandLine.replace("''", "").split(" ", -1);
  }
}
