/** What a scenario may ask: see the Go types in rules/scenario.go. */
export interface Scenario {
  /** The day of sending, as 2026-01-31. */
  on: string;
  message: { type: string; [field: string]: Json | undefined };
  audience: Array<{ recipients: number; [field: string]: Json | undefined }>;
  perRecipient?: number;
  sender?: { [field: string]: Json };
  assume?: { [reading: string]: string };
  pricing?: { [field: string]: Json };
}

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Says what is wrong with a scenario, and where. */
export interface Mistake {
  error: {
    /** Of the field, like audience[0].recipients; empty for the scenario as a whole. */
    path: string;
    code: "syntax" | "unknown-field" | "wrong-type" | "required" | "out-of-range" | "unknown-value" | "conflict" | "internal";
    /** English, for developers. */
    message: string;
  };
}

/** The answer to a scenario: see the Go types in rules/quote.go. Amounts are decimals in strings. */
export interface Quote {
  error?: undefined;
  on: string;
  message: string;
  verdict: "eligible" | "partial" | "depends" | "ineligible";
  priced: boolean;
  requested: number;
  deliverable: number;
  blocked: number;
  free: number;
  charged: number;
  segments: Array<{ [field: string]: Json }>;
  lines: Array<{ [field: string]: Json }>;
  totals?: Total[];
  converted?: Total;
  tariff?: string;
  schedule?: { perDay: number; days: number };
  notices: Array<{ code: string; sources: string[] }>;
}

/** A sum of money in a currency of ISO 4217. */
export interface Total {
  currency: string;
  net: string;
  tax: string;
  gross: string;
}

/** The rules, ready to answer. */
export interface Core {
  /**
   * Answers a scenario. A text in JSON is answered with a text in JSON, an
   * object with an object. It never throws: what is wrong comes back as a Mistake.
   */
  answer(scenario: string): string;
  answer(scenario: Scenario): Quote | Mistake;
  /** The day as of which the book was published. */
  readonly built: string;
  /** The version of the rules and the book. */
  readonly version: string;
}

/**
 * Fetches the rules and starts them: in a page, in a worker, or in Node.
 * `wasm` says where the program is if it is not beside postage.js.
 */
export function load(options?: { wasm?: string | URL | ArrayBuffer | ArrayBufferView | WebAssembly.Module }): Promise<Core>;
