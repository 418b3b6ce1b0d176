import type { Quote, Scenario, ScenarioError, ScenarioErrorCode } from "../../embed/v1/types.js";

export type { Quote, Scenario };

/** Says what is wrong with a scenario, and where. */
export interface Refusal {
  error: Omit<ScenarioError, "code"> & {
    /** "internal" is a mistake of the rules: please report it. */
    code: ScenarioErrorCode | "internal";
  };
}

/** What comes of a scenario: a quote, or where it has an `error`, a refusal. */
export type Answered = (Quote & { error?: undefined }) | Refusal;

/** The rules, ready to answer. */
export interface Core {
  /**
   * Answers a scenario: a text in JSON with a text in JSON, an object with an
   * object. It never throws: what is wrong with a scenario comes back as a Refusal.
   */
  answer(scenario: string): string;
  answer(scenario: Scenario): Answered;
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
