/** The loaded end of one channel's history: messages in the order of their ids, without gaps. */
export class ChannelLog {
  messages = [];
  /** Whether the newest messages have arrived from the server at all. */
  loaded = false;
  /** Whether nothing older exists. */
  complete = false;
  /** Whether a request for history is under way. */
  asking = false;

  /** Adds a new message or replaces a changed one. */
  put(message) {
    // What changed beyond the loaded end would leave a gap; the history that covers it brings it later.
    const [oldest] = this.messages;
    if (!this.loaded || (!this.complete && oldest !== undefined && isOlder(message, oldest))) return;
    this.#requote((quote) => (quote.id === message.id ? message : quote));
    this.#merge([message]);
  }

  find(id) {
    return this.messages.find((message) => message.id === id);
  }

  addHistory(messages, complete) {
    this.loaded = true;
    this.asking = false;
    this.complete ||= complete || messages.length === 0;
    this.#merge(messages);
  }

  remove(ids) {
    this.#requote((quote) => (ids.includes(quote.id) ? null : quote));
    this.messages = this.messages.filter(({ id }) => !ids.includes(id));
  }

  /** Brings the quotes in answers up to date; only answers that quote something else become new objects. */
  #requote(change) {
    this.messages = this.messages.map((message) => {
      if (message.referenced_message == null) return message;
      const quote = change(message.referenced_message);
      return quote === message.referenced_message ? message : { ...message, referenced_message: quote };
    });
  }

  #merge(messages) {
    const byId = new Map(this.messages.map((message) => [message.id, message]));
    for (const message of messages) byId.set(message.id, message);
    this.messages = [...byId.values()].sort((a, b) => (isOlder(a, b) ? -1 : 1));
  }
}

// Ids are 64-bit numbers in text: neither a double nor a comparison of strings orders them.
function isOlder(a, b) {
  return BigInt(a.id) < BigInt(b.id);
}
