// Types of <postage-calculator>, the element that postage.js defines.
import type { ErrorCode, Mistake, Quote, Scenario } from "./types.js";
export * from "./types.js";

/** What stands in the calculator, and the answer to it. */
export interface Answer {
  scenario: Scenario;
  quote: Quote;
}

/** What stands there after a change: an answer, or what is missing or wrong. */
export type Change =
  | (Answer & { mistakes?: undefined })
  | { mistakes: Mistake[]; scenario?: undefined; quote?: undefined };

/** What was wrong with a call or an attribute. */
export interface Problem {
  code: ErrorCode | "not-loaded";
  message: string;
  /** The field of a scenario, or the name of an attribute. */
  path?: string;
}

export interface PostageEvents {
  ready: CustomEvent<{ version: number; versions: number[]; lang: string }>;
  quote: CustomEvent<Answer>;
  change: CustomEvent<Change>;
  lead: CustomEvent<Answer>;
  error: CustomEvent<Problem>;
}

export interface PostageCalculatorElement extends HTMLElement {
  /** Puts a scenario into the calculator. Rejects with a Problem. */
  set(scenario: Scenario): Promise<Answer>;
  /** What stands in the calculator now. Rejects with a Problem. */
  getQuote(): Promise<Answer>;
  addEventListener<K extends keyof PostageEvents>(
    type: K,
    listener: (this: PostageCalculatorElement, event: PostageEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof PostageEvents>(
    type: K,
    listener: (this: PostageCalculatorElement, event: PostageEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "postage-calculator": PostageCalculatorElement;
  }
}
