// more than a topic keeps, so that nothing that is still there becomes unread again
const MOST = 200;

/** Which notifications a user has read: kept in this browser, and the same in all of its tabs. */
export class ReadMarks {
  #key;
  /** @type {Set<string>} */ #ids = new Set();

  /**
   * @param {string} user
   * @param {() => void} onChange another tab has changed them
   */
  constructor(user, onChange) {
    this.#key = `priz.notifications.read.${user}`;
    this.#load();
    addEventListener("storage", ({ key }) => {
      if (key !== this.#key && key !== null) return;
      this.#load();
      onChange();
    });
  }

  /** Whether it has been read. @param {string} id */
  has(id) {
    return this.#ids.has(id);
  }

  /** Marks some. @param {string[]} ids @param {boolean} read */
  mark(ids, read) {
    for (const id of ids) {
      this.#ids.delete(id);
      if (read) this.#ids.add(id);
    }
    this.#save();
  }

  #load() {
    try {
      this.#ids = new Set(JSON.parse(localStorage.getItem(this.#key) ?? "[]"));
    } catch {
      // storage is forbidden, or someone else wrote there: the marks live as long as the page
    }
  }

  #save() {
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#ids].slice(-MOST)));
    } catch {
      // as above
    }
  }
}
