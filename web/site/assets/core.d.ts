import type { Question, Quote, Scenario, ScenarioError, ScenarioErrorCode } from "../../embed/v1/types.js";

export type { Question, Quote, Scenario };

/** Says what is wrong with a scenario, and where. */
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
