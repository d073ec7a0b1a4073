import { type InternalRequest, REST, type RESTOptions } from 'discord.js';

/**
 * Discord does not count answers to interactions against the bot's global limit, and wants the first one within three
 * seconds. Here they have a way of their own, so that in a rush they do not wait in one line with everything else.
 */
export class AnsweringRest extends REST {
  readonly #answers: REST;

  constructor(options: Partial<RESTOptions> = {}) {
    super(options);
    this.#answers = new REST({ ...options, globalRequestsPerSecond: Infinity });
  }

  override request(request: InternalRequest): Promise<unknown> {
    // They bear a token of their own, so this way needs none.
    const isAnswer = /^\/(interactions|webhooks)\//.test(request.fullRoute) && request.auth === false;
    return isAnswer ? this.#answers.request(request) : super.request(request);
  }

  override clearHashSweeper(): void {
    super.clearHashSweeper();
    this.#answers.clearHashSweeper();
  }

  override clearHandlerSweeper(): void {
    super.clearHandlerSweeper();
    this.#answers.clearHandlerSweeper();
  }
}
