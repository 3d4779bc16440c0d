package dev.priz.conformance.browser;

import dev.priz.WebSocketServer;

/**
 * The editor demo's page.
 *
 * @param page which shows it
 */
record EditorPage(Page page) implements AutoCloseable {
  // Types as a person does, in one place after another, with a picture drawn now and then.
  private static final String TYPE_AT_RANDOM =
      """
      (async (seed, changes, word) => {
        const area = document.querySelector('#text');
        let state = seed;
        const random = (below) => {
          state = (state * 48271) % 2147483647;
          return state % below;
        };
        for (let i = 0; i < changes; i++) {
          const length = area.value.length;
          const at = [0, random(length + 1), length][random(3)];
          const end = random(4) ? at : Math.min(length, at + random(5));
          area.setSelectionRange(at, end);
          const words = [word + i + ' ', '\\n', '😀', 'ğ', 'אב'];
          if (random(4)) document.execCommand('insertText', false, words[random(words.length)]);
          else document.execCommand(random(2) ? 'delete' : 'forwardDelete');
          if (random(3) === 0) await new Promise(requestAnimationFrame);
        }
      })\
      """;

  /** Opens a document, and waits until it is there. */
  static EditorPage open(Chromium chromium, WebSocketServer server, String document) {
    Page page = chromium.open(server, "/editor?doc=" + document);
    var editor = new EditorPage(page);
    editor.untilConnected();
    return editor;
  }

  /** Gives oneself a name. */
  void name(String name) {
    page.type("#name", name);
  }

  /** Types where the caret is. */
  void type(String words) {
    page.evaluate("document.querySelector('#text').focus()");
    page.evaluate("document.execCommand('insertText', false, " + Page.quote(words) + ")");
  }

  /** Types at an index. */
  void typeAt(int index, String words) {
    select(index, index);
    type(words);
  }

  /** Makes some changes in all places, also where others type. */
  void typeAtRandom(long seed, int changes, String word) {
    page.evaluate("document.querySelector('#text').focus()");
    String arguments =
        1 + Math.floorMod(seed, 2_000_000_000) + ", " + changes + ", " + Page.quote(word);
    page.evaluate(TYPE_AT_RANDOM + "(" + arguments + ")");
  }

  /** Selects some letters. */
  void select(int start, int end) {
    page.evaluate("document.querySelector('#text').setSelectionRange(" + start + ", " + end + ")");
  }

  /** Loses its connection and has no other until it {@linkplain #comeBack comes back}. */
  void goAway() {
    // As when the browser keeps a page for its back button.
    page.evaluate("void dispatchEvent(new PageTransitionEvent('pagehide'))");
    page.until("document.body.classList.contains('away')");
  }

  void comeBack() {
    page.evaluate("void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    untilConnected();
  }

  void untilConnected() {
    page.until("!document.body.classList.contains('away')");
    page.until("!document.querySelector('#text').disabled");
  }

  String text() {
    return page.evaluate("document.querySelector('#text').value").asString();
  }

  /** Waits until the field has this text, and its copy too. */
  void untilText(String text) {
    page.until("document.querySelector('#text').value === " + Page.quote(text));
    page.until("document.querySelector('#mirror').textContent === " + Page.quote(text + "\u200b"));
  }

  /** Waits until the field has these words somewhere. */
  void untilHas(String words) {
    page.until("document.querySelector('#text').value.includes(" + Page.quote(words) + ")");
  }

  /** Where the selection begins and ends. */
  String selection() {
    return page.evaluate(
            "((area) => area.selectionStart + '-' + area.selectionEnd)"
                + "(document.querySelector('#text'))")
        .asString();
  }

  @Override
  public void close() {
    page.close();
  }
}
