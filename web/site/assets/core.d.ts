import type { Plan, PlanQuote, Question, Quote, Scenario, ScenarioError, ScenarioErrorCode } from "../../embed/v1/types.js";

export type { Plan, PlanQuote, Question, Quote, Scenario };

/** Says what is wrong with a scenario or a plan, and where. */
export interface Refusal {
  error: Omit<ScenarioError, "code"> & {
    /** "internal" is a mistake of the rules: please report it. */
    code: ScenarioErrorCode | "internal";
  };
}

/** What comes of a scenario: a quote, or where it has an `error`, a refusal. */
export type Answered = (Quote & { error?: undefined }) | Refusal;

/** What a scenario can still be asked, or where it has an `error`, a refusal. */
export type Asked = { questions: Question[]; error?: undefined } | Refusal;

/** What comes of a plan: its quote, or where it has an `error`, a refusal. */
export type Planned = (PlanQuote & { error?: undefined }) | Refusal;

/**
 * How many recipients a budget is enough for, with the quote of so many, or where it
 * has an `error`, a refusal. `note` says so where money is no limit.
 */
export type Turned = { most: number; note?: "money is no limit"; quote: Quote; error?: undefined } | Refusal;

/** A scenario of which any part may still be missing. */
export type Draft = { [Field in keyof Scenario]?: Scenario[Field] extends (infer Item)[] ? Partial<Item>[] : Partial<Scenario[Field]> };

/** The rules, ready to answer. */
export interface Core {
  /**
   * Answers a scenario: a text in JSON with a text in JSON, an object with an
   * object. It never throws: what is wrong with a scenario comes back as a Refusal.
   */
  answer(scenario: string): string;
  answer(scenario: Scenario): Answered;
  /**
   * Tells which fields can change the answer to a scenario, in the order in which to
   * ask for them: what a form of your own has to ask. The scenario may still lack
   * fields.
   */
  questions(scenario: string): string;
  questions(scenario: Draft): Asked;
  /** Answers a plan, several messages of a month whose counters run on, as `answer` does a scenario. */
  plan(plan: string): string;
  plan(plan: Plan): Planned;
  /**
   * Turns a scenario of one segment round: to how many recipients it may go for a
   * budget, a decimal such as "2000000" in the currency that the scenario converts to,
   * else in the one it is billed in.
   */
  most(scenario: string, budget: string): string;
  most(scenario: Scenario, budget: string): Turned;
  /** The day on which the rules and their book were published. */
  readonly built: string;
  /** Changes with every change of the rules or the book. */
  readonly version: string;
}

/**
 * Fetches the rules and starts them: in a page, in a worker, or in Node.
 * `wasm` says where the program is if it is not beside postage.js.
 */
export function load(options?: { wasm?: string | URL | ArrayBuffer | ArrayBufferView | (WebAssembly.Module & object) }): Promise<Core>;
