package dev.priz.conformance.browser;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in a browser, steered as by its visitor and looked at from inside. */
final class Page implements AutoCloseable {
  static final int CONTROL = 2;
  static final int SHIFT = 8;

  private static final JsonMapper JSON = new JsonMapper();

  // Looks whenever the page changes.
  private static final String UNTIL =
      """
      (condition, words) => new Promise((resolve, reject) => {
        const look = () => condition() && resolve();
        const everything = { subtree: true, childList: true, attributes: true, characterData: true };
        new MutationObserver(look).observe(document, everything);
        const says = () => `still not so: ${words}; the page says ${document.body.innerText}`;
        setTimeout(() => reject(says()), 20_000);
        look();
      })\
      """;

  private final DevTools devTools;
  private final String context;
  private final String session;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  private Page(DevTools devTools, String context, String session) {
    this.devTools = devTools;
    this.context = context;
    this.session = session;
  }

  /** Opens a page, and waits until all of it is loaded. */
  static Page open(DevTools devTools, String url) {
    String context =
        devTools.call("Target.createBrowserContext").get("browserContextId").asString();
    return open(devTools, context, url);
  }

  private static Page open(DevTools devTools, String context, String url) {
    var blank = Map.of("url", "about:blank", "browserContextId", context);
    JsonNode target = devTools.call("", "Target.createTarget", blank).get("targetId");
    var attaching = Map.of("targetId", target, "flatten", true);
    JsonNode session = devTools.call("", "Target.attachToTarget", attaching).get("sessionId");
    var page = new Page(devTools, context, session.asString());
    devTools.listen(session.asString(), page::hear);
    page.call("Runtime.enable", Map.of());
    page.call("Log.enable", Map.of());
    // As if each page's window were the one in front.
    page.call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    page.resizeToDesktop();
    page.go(url);
    return page;
  }

  /** Goes to an address, and waits until all of it is loaded. */
  void go(String url) {
    call("Page.navigate", Map.of("url", url));
    evaluate("document.readyState === 'complete' || new Promise(done => onload = done)");
  }

  /** Goes back to the page before, soon. */
  void goBack() {
    // Not at once: the page that is left could not answer.
    evaluate("void setTimeout(() => history.back())");
  }

  /** Makes the window 1280 x 800 pixels large. */
  void resizeToDesktop() {
    resize(1280, 800, 1, false);
  }

  /** Makes the window that of a phone, 390 x 844 points with two pixels each way. */
  void resizeToPhone() {
    resize(390, 844, 2, true);
  }

  /** The value of a JavaScript expression; a promise is waited for. */
  JsonNode evaluate(String expression) {
    var parameters = Map.of("expression", expression, "awaitPromise", true, "returnByValue", true);
    JsonNode answer = call("Runtime.evaluate", parameters);
    JsonNode exception = answer.at("/exceptionDetails/exception");
    if (exception.isMissingNode()) return answer.at("/result/value");
    throw new AssertionError(
        exception.path("value").asString(exception.path("description").asString("")));
  }

  /** Waits until a JavaScript expression is true. */
  void until(String condition) {
    evaluate("(" + UNTIL + ")(() => " + condition + ", " + quote(condition) + ")");
  }

  /** Waits until an element has this text. */
  void untilShown(String selector, String text) {
    until(all(selector) + ".some(found => found.textContent === " + quote(text) + ")");
  }

  /** The texts of all elements that a selector finds. */
  List<String> texts(String selector) {
    JsonNode texts = evaluate(all(selector) + ".map(found => found.textContent)");
    return texts.valueStream().map(JsonNode::asString).toList();
  }

  /** Types into a field, in place of what was there. */
  void type(String selector, String text) {
    evaluate(one(selector) + ".focus()");
    evaluate(one(selector) + ".select()");
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses Enter where the cursor is. */
  void pressEnter() {
    for (String type : List.of("keyDown", "keyUp")) {
      var enter = Map.of("type", type, "key", "Enter", "text", "\r", "windowsVirtualKeyCode", 13);
      call("Input.dispatchKeyEvent", enter);
    }
  }

  /** Presses a button, or goes where a link leads. */
  void click(String selector) {
    evaluate(one(selector) + ".click()");
  }

  /** A picture of the window, as a PNG file. */
  byte[] screenshot() {
    JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png")).get("data");
    return Base64.getDecoder().decode(picture.asString());
  }

  /**
   * What went wrong in the page so far: uncaught exceptions, files that are missing or forbidden.
   */
  List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    devTools.call("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
  }

  private void resize(int width, int height, int scale, boolean phone) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", phone));
    call("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
    // The page learns of its new size with the next frame, and has drawn itself anew with the one
    // after.
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  private void hear(JsonNode event) {
    JsonNode parameters = event.get("params");
    switch (event.get("method").asString()) {
      case "Runtime.exceptionThrown" -> problems.add(parameters.get("exceptionDetails").toString());
      case "Log.entryAdded" -> {
        if (parameters.at("/entry/level").asString().equals("error")) {
          problems.add(parameters.get("entry").toString());
        }
      }
      default -> {}
    }
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    return devTools.call(session, method, parameters);
  }

  private static String one(String selector) {
    return "document.querySelector(" + quote(selector) + ")";
  }

  private static String all(String selector) {
    return "[...document.querySelectorAll(" + quote(selector) + ")]";
  }

  /** A text as JavaScript has it in a program. */
  static String quote(String text) {
    return JSON.writeValueAsString(text);
  }

  /** Presses a key, named by its place as in {@code KeyboardEvent.code}, and holds it. */
  void press(String code) {
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "code", code, "key", code));
  }

  /** Lets go of a key. */
  void release(String code) {
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "code", code, "key", code));
  }

  /** Puts a finger on the screen. */
  void touch(int x, int y) {
    touch("touchStart", List.of(Map.of("x", x, "y", y)));
  }

  /** Moves the finger. */
  void moveTouch(int x, int y) {
    touch("touchMove", List.of(Map.of("x", x, "y", y)));
  }

  /** Lifts the finger. */
  void endTouch() {
    touch("touchEnd", List.of());
  }

  private void touch(String type, List<Map<String, Integer>> points) {
    call("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
  }

  /** Opens one more tab of the same visitor, with the same storage; it is closed with this page. */
  Page openTab(String url) {
    return open(devTools, context, url);
  }

  /**
   * Presses a key with others held down.
   *
   * @param code the key's number, for letters that of the capital
   * @param modifiers such as {@link #CONTROL}
   */
  void press(String key, int code, int modifiers) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      var event =
          Map.of("type", type, "key", key, "windowsVirtualKeyCode", code, "modifiers", modifiers);
      call("Input.dispatchKeyEvent", event);
    }
  }

  /** Composes a word where the caret is, as an input method does, in place of the one before. */
  void compose(String word) {
    int end = word.length();
    var composition = Map.of("text", word, "selectionStart", end, "selectionEnd", end);
    call("Input.imeSetComposition", composition);
  }

  /** Inserts a text where the caret is, in place of a word that is being composed. */
  void insert(String text) {
    call("Input.insertText", Map.of("text", text));
  }
}
