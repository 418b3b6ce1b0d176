// Types of <postage-calculator> and <postage-plan>, the elements that postage.js and plan.js define.
import type { ErrorCode, Mistake, Plan, PlanQuote, Quote, Scenario } from "./types.js";
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

/** What stands in the plan, and the answer to it. */
export interface PlanAnswer {
  plan: Plan;
  quote: PlanQuote;
}

/** What stands in the plan after a change: an answer, or what is missing or wrong. */
export type PlanChange =
  | (PlanAnswer & { mistakes?: undefined })
  | { mistakes: Mistake[]; plan?: undefined; quote?: undefined };

/** What was wrong with a call or an attribute. */
export interface Problem {
  code: ErrorCode | "not-loaded";
  message: string;
  /** The field of a scenario or a plan, or the name of an attribute. */
  path?: string;
}

export interface PostageEvents {
  /** The calculator runs; a change follows. */
  ready: CustomEvent<{ version: number; versions: number[]; lang: string }>;
  /** What set() and getQuote() are answered with. */
  quote: CustomEvent<Answer>;
  /** What stands there: once after ready and after each set() that was answered, and after every other change. */
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

export interface PostagePlanEvents {
  ready: PostageEvents["ready"];
  quote: CustomEvent<PlanAnswer>;
  change: CustomEvent<PlanChange>;
  lead: CustomEvent<PlanAnswer>;
  error: PostageEvents["error"];
}

export interface PostagePlanElement extends HTMLElement {
  /** Puts a plan into the frame. Rejects with a Problem. */
  set(plan: Plan): Promise<PlanAnswer>;
  /** What stands in the plan now. Rejects with a Problem. */
  getQuote(): Promise<PlanAnswer>;
  addEventListener<K extends keyof PostagePlanEvents>(
    type: K,
    listener: (this: PostagePlanElement, event: PostagePlanEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof PostagePlanEvents>(
    type: K,
    listener: (this: PostagePlanElement, event: PostagePlanEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "postage-plan": PostagePlanElement;
    "postage-calculator": PostageCalculatorElement;
  }
}
